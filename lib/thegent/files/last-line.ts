/**
 * The one rule for a last line without its newline, for everybody who reads or writes thegent's files. thegent's readers take such a line as
 * any other; its writer ends each line in the same write. So a whole JSON record that stood still for a moment is a record, and half of one
 * never is: its rest may be on its way. What stands behind a record that was read so ends it, or made another line of it.
 */
import { cutLines, type LinesStart } from "@/lib/thegent/python/lines";
import { isBlank } from "@/lib/thegent/python/text";
import { readObject } from "@/lib/thegent/records/reading";

/** How long a last line must have stood as it stands. */
export const stillMs = 250;

/** "ended": there is none, or nothing but blanks. */
export type LastLine = { is: "ended" } | { is: "record" | "half"; bytes: Buffer };

/** Of bytes that begin with a line. Only an object can be a record: more of it would be no JSON any more, while 12 may be half of 123. */
export function lastLine(content: Buffer, start?: LinesStart): LastLine {
  const { restOffset } = cutLines(content, start);
  const bytes = content.subarray(restOffset - (start?.byteOffset ?? 0));
  if (isBlank(bytes)) return { is: "ended" };
  return { is: readObject(bytes).ok ? "record" : "half", bytes };
}

/** A look at a last line: what the disk said of the file, and when this process first saw it so. */
export type Seen = { size: number; changeStamp: string; at: number };

/** Whether a file stood still for a moment: by its own time, or by ours where the two clocks differ. */
export const stoodStill = (
  { size, changeStamp, mtimeMs }: { size: number; changeStamp: string; mtimeMs: number },
  seen: Seen | undefined,
  now: number,
): boolean =>
  now - mtimeMs >= stillMs ||
  (seen !== undefined && seen.size === size && seen.changeStamp === changeStamp && now - seen.at >= stillMs);

const [LF, CR] = [0x0a, 0x0d];

/**
 * What became of a line that was read without an ending, by the bytes before and behind where reading stopped (undefined: none): "ended" now,
 * "as it was", or "grown" to another line; "not open" when it was read with its ending.
 */
export function sinceRead(
  before: number | undefined,
  behind: number | undefined,
): "not open" | "as it was" | "ended" | "grown" {
  if (before === undefined || before === LF || before === CR) return "not open";
  if (behind === undefined) return "as it was";
  return behind === LF || behind === CR ? "ended" : "grown";
}
