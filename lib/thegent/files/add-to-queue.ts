import path from "node:path";
import { additionProblem, missingLines, type FormerRecord, type NewRecord } from "@/lib/thegent/records/new-record";
import { appendMissing } from "./append-missing";
import type { Drainer } from "./drainer";
import { QueueWriteError } from "./replace-file";

export type AddOptions = {
  /** The one that `resolveInQueueFile` is given for this file. */
  drainer: Drainer;
  /** After this long the file is looked at again: thegent's resolve writes back what it read, and what came in between is gone. */
  lookAgainMs?: number;
};

/**
 * Appends to thegent's escalation_queue.jsonl the records that it does not have, resolved or not, so that repeating adds no second
 * line. They are on disk, and were still there a moment later, when this returns. A missing file is made as thegent would, in a
 * directory that must exist. Throws a QueueWriteError, a sentence for people. One process at a time may work on a file.
 */
export async function addToQueueFile(
  file: string,
  records: readonly (NewRecord | FormerRecord)[],
  { drainer, lookAgainMs }: AddOptions,
): Promise<void> {
  const problem = records.map(additionProblem).find((found) => found !== null);
  if (problem) throw new QueueWriteError(`${problem} ${path.basename(file)} was left as it is.`);
  if (!records.length) return;
  await appendMissing(file, (content) => missingLines(content, records), {
    turns: drainer,
    mayWrite: drainer.mayWrite,
    lookAgainMs,
  });
}
