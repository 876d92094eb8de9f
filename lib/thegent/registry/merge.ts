import { atStart, auditLine } from "./audit-line";
import { add, unpackState, type Issue, type SpanAudit } from "./audit-span";
import type { RegistryVerdict } from "./verdict";

/** Puts stretches together in their order: what one left open is judged by what came before it. */
export class MergedAudit {
  private state = atStart();
  private readonly sum = { valid: 0, corrupt: 0, chainBroken: false, issues: [] as Issue[] };
  lines = 0;

  add(span: SpanAudit): void {
    for (const { line, text } of span.deferred) add(this.sum, auditLine(text, this.state), this.lines + line);
    this.sum.valid += span.valid;
    this.sum.corrupt += span.corrupt;
    this.sum.chainBroken ||= span.chainBroken;
    for (const { line, says } of span.issues) this.sum.issues.push({ line: this.lines + line, says });
    if (span.after) this.state = unpackState(span.after);
    this.lines += span.lines;
  }

  verdict(): RegistryVerdict {
    const { valid, corrupt, chainBroken, issues } = this.sum;
    return {
      status: corrupt === 0 && !chainBroken ? "passed" : "failed",
      valid_count: valid,
      corrupt_count: corrupt,
      chain_broken: chainBroken,
      issues: issues.map(({ line, says }) => `Line ${line}: ${says}`),
    };
  }
}
