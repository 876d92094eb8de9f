import type { SpanAudit, SpanAuditor } from "./audit-span";
import type { Range, RangeReader } from "./range";

export function auditRange(reader: RangeReader, auditor: SpanAuditor, range: Range): SpanAudit {
  const { bytes, from, to, offset } = reader.read(range);
  return auditor.audit(bytes, from, to, { offset, first: range.from === 0 });
}
