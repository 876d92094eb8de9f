import "server-only";
import type { Occurrences } from "@/lib/areas/source/domain/occurrences";
import { quarantinedBytes, type KnownLine, type NewQuarantine, type NewRecord } from "@/lib/areas/source/store/records";
import type { Dialect } from "@/lib/thegent/records/dialect";

/** A line as it was cut from the file. `sha256` is base64; `says` is only asked of lines that are not recorded yet. */
export type ReadLine = { number: number; byteOffset: number; bytes: Uint8Array; sha256: string; says: () => Said };
type Said =
  | {
      ok: true;
      kind: string;
      runId: string | null;
      recordedAt: Date | null;
      identityKey: string | null;
      dialect: Dialect | null;
      parsed: string;
    }
  | { ok: false; reason: string; mayWait?: boolean; length: number };

/** What tells a line of a file from its equals. */
export const keyOf = (sha256: string, occurrence: number): string => `${sha256}${occurrence}`;

export type Place = Pick<NewQuarantine, "line" | "byteOffset" | "sha256">;
type Sorted = { records: NewRecord[]; quarantined: NewQuarantine[]; moved: KnownLine[] };

/** What is to be done with each line. A line found among `known` is taken out of it; only a line that is not is asked what it says. */
export function sortOut(lines: readonly ReadLine[], occurrences: Occurrences, known?: Map<string, KnownLine>): Sorted {
  const sorted: Sorted = { records: [], quarantined: [], moved: [] };
  for (const { number, byteOffset, bytes, sha256, says } of lines) {
    const occurrence = occurrences.next(sha256);
    const row = known?.get(keyOf(sha256, occurrence));
    if (row) {
      known!.delete(keyOf(sha256, occurrence));
      if (row.gone || row.line !== number || row.byteOffset !== byteOffset)
        sorted.moved.push({ ...row, line: number, byteOffset });
      continue;
    }
    const place = { line: number, byteOffset, sha256 };
    const said = says();
    if (said.ok)
      sorted.records.push({
        ...place,
        occurrence,
        bytes: isText(bytes, said.parsed) ? null : base64(bytes),
        ...recordOf(said),
      });
    else
      sorted.quarantined.push({
        ...asideOf(place, bytes, said.reason),
        length: said.length,
        mayWait: said.mayWait ?? true,
      });
  }
  return sorted;
}

export const asideOf = ({ line, byteOffset, sha256 }: Place, bytes: Uint8Array, reason: string): NewQuarantine => ({
  line,
  byteOffset,
  sha256,
  bytes: base64(bytes.subarray(0, quarantinedBytes)),
  length: bytes.length,
  reason,
  mayWait: true,
});

const recordOf = ({ kind, runId, recordedAt, identityKey, dialect, parsed }: Extract<Said, { ok: true }>) => ({
  kind,
  runId,
  recordedAt,
  identityKey,
  dialect,
  parsed,
});
const isText = (bytes: Uint8Array, text: string): boolean =>
  Buffer.byteLength(text) === bytes.length && Buffer.compare(Buffer.from(text), bytes) === 0;
const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
