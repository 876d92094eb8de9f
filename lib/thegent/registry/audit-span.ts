/** A stretch of a registry audited on its own, so that stretches can be audited at once; audit-file.ts puts them together in their order. */
import { isBlank, decodeUtf8 } from "@/lib/thegent/python/text";
import { dumps, parsePythonJson } from "@/lib/thegent/python/json";
import { atStart, auditLine, type AuditState, type LineAudit } from "./audit-line";
import { FastRecords } from "./fast-record";

export type Issue = { line: number; says: string };
/** A line whose verdict needs what came before the stretch. Lines count from 1 within it. */
type Deferred = { line: number; text: string };

export type SpanAudit = {
  lines: number;
  valid: number;
  corrupt: number;
  chainBroken: boolean;
  /** The first lines: until one tells what the next are held against. */
  deferred: Deferred[];
  issues: Issue[];
  /** Left to what comes next, as plain data; null: no line told. */
  after: PackedState | null;
  /** Where the first line begins that is no UTF-8: there the auditor raises. */
  raisesAt: number | null;
};

/** As plain data, which threads and tables can hold; the head as JSON. */
export type PackedState = { head: string; computed?: string };

export const packState = ({ head, computed }: AuditState): PackedState =>
  computed === undefined ? { head: dumps(head) } : { head: dumps(head), computed };
export const unpackState = ({ head, computed }: PackedState): AuditState => ({ head: parsePythonJson(head), computed });

const [LF, CR] = [0x0a, 0x0d];
const hex64 = /^[0-9a-f]{64}$/;

export class SpanAuditor {
  private readonly fast = new FastRecords();

  /** `useFast` false: every line with care, to hold the two against each other. */
  constructor(private readonly useFast = true) {}

  /**
   * Audits the lines from `from` to `to`, where one ends; `offset` is where the buffer begins in the file. The buffer has a 0 at `to` or
   * behind it. Of the file's first stretch everything before it is known.
   */
  audit(bytes: Buffer, from: number, to: number, { offset, first }: { offset: number; first: boolean }): SpanAudit {
    const state = atStart();
    const span: SpanAudit = {
      lines: 0,
      valid: 0,
      corrupt: 0,
      chainBroken: false,
      deferred: [],
      issues: [],
      after: null,
      raisesAt: null,
    };
    let known = first;
    let head = fastHead(state);
    let nextCR = crFrom(bytes, from, to);
    for (let at = from; at < to;) {
      span.lines += 1;
      if (known && this.useFast && head !== undefined) {
        const judged = this.fast.judge(bytes, at, head);
        const after = judged === null ? -1 : afterEnding(bytes, this.fast.end, to);
        if (judged !== null && after !== -1) {
          span.valid += 1;
          state.head = state.computed = head = judged;
          at = after;
          continue;
        }
      }
      if (nextCR < at) nextCR = crFrom(bytes, at, to);
      const lf = bytes.indexOf(LF, at);
      const end = Math.min(lf === -1 ? to : lf, nextCR, to);
      const line = bytes.subarray(at, end);
      const lineStart = at;
      at = end === nextCR && bytes[end + 1] === LF && end + 1 < to ? end + 2 : end + 1;
      if (isBlank(line)) continue;
      const decoded = decodeUtf8(line);
      if (decoded === null) {
        span.raisesAt = offset + lineStart;
        return span;
      }
      const text = end < to ? `${decoded}\n` : decoded;
      const audit = auditLine(text, state);
      if (known) add(span, audit, span.lines);
      else {
        span.deferred.push({ line: span.lines, text });
        known = audit.read && state.computed !== undefined;
      }
      head = fastHead(state);
    }
    if (known) span.after = packState(state);
    return span;
  }
}

/** Where the next line begins if this one ends here; -1: it does not. */
function afterEnding(bytes: Buffer, end: number, to: number): number {
  if (bytes[end] === LF || end === to) return end + 1;
  return bytes[end] === CR && bytes[end + 1] === LF && end + 1 < to ? end + 2 : -1;
}

/** Against what the fast way can hold a `prev_hash`; undefined: only care can. */
function fastHead({ head }: AuditState): string | null | undefined {
  return head === null || (typeof head === "string" && hex64.test(head)) ? head : undefined;
}

function crFrom(bytes: Buffer, at: number, to: number): number {
  const cr = bytes.indexOf(CR, at);
  return cr === -1 || cr >= to ? Infinity : cr;
}

/** Adds a line's verdict to its stretch. */
export function add(
  to: Pick<SpanAudit, "valid" | "corrupt" | "chainBroken" | "issues">,
  audit: LineAudit,
  line: number,
): void {
  to.valid += audit.valid;
  to.corrupt += audit.corrupt;
  to.chainBroken ||= audit.chainBroken;
  for (const says of audit.issues) to.issues.push({ line, says });
}
