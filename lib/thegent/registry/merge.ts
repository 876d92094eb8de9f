import { atStart, auditLine } from "./audit-line";
import { add, packState, unpackState, type Issue, type SpanAudit } from "./audit-span";
import type { Checkpoint } from "./checkpoint";
import type { RegistryVerdict } from "./verdict";

/** Puts stretches together in their order: what one left open is judged by what came before it. */
export class MergedAudit {
  private state = atStart();
  private readonly sum = { valid: 0, corrupt: 0, chainBroken: false, issues: [] as Issue[] };
  lines = 0;

  constructor(from: Checkpoint | null = null) {
    if (!from) return;
    this.state = unpackState(from.state);
    this.lines = from.lines;
    this.sum.valid = from.valid;
  }

  /** What a checkpoint keeps; null unless all is well so far. */
  soFar(): Pick<Checkpoint, "lines" | "valid" | "state"> | null {
    const { valid, corrupt, chainBroken } = this.sum;
    return corrupt || chainBroken ? null : { lines: this.lines, valid, state: packState(this.state) };
  }

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
