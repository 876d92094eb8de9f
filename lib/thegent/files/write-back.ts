import fs from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { resolveLines, type Closed, type Resolution } from "@/lib/thegent/records/queue-lines";
import { Drainer } from "./drainer";
import { isRefused } from "./open-inside";
import { draftPrefix, heldPrefix } from "./own-names";
import { identityOf, QueueWriteError, replaceFile } from "./replace-file";
import { targetOf } from "./target-file";

const sharedDrainer = new Drainer();

/**
 * Closes the runs' pending records in thegent's escalation_queue.jsonl, in one rewrite that is on disk when this returns, and says by run which
 * records it has closed, now or before it was killed (the file is untouched when nothing pending matched). Loses no line that thegent appends
 * meanwhile. Throws a QueueWriteError, a sentence for people, with the file as it was. One process at a time may work on a file.
 */
export async function resolveInQueueFile(
  file: string,
  resolutions: readonly Resolution[],
  { drainer = sharedDrainer }: { drainer?: Drainer } = {},
): Promise<Closed> {
  const bad = resolutions.find(({ word }) => word === "" || word === "pending");
  if (bad)
    throw new QueueWriteError(`"${bad.word}" does not close a record; ${path.basename(file)} was left as it is.`);
  return drainer.exclusively(async () => {
    let closed: Closed = new Map();
    const held = await replaceFile(
      file,
      (content) => {
        const result = resolveLines(content, resolutions);
        closed = result.closed;
        return result.content;
      },
      drainer.mayWrite,
    );
    if (held) await drainer.take(held);
    return closed;
  });
}

/**
 * Takes up what a killed process left beside the queue of this session directory: drafts are removed, lines that came late into a
 * replaced file are added, never twice. What bears such a name and is no file of ours stays where it is. Call it before the first resolution.
 * Gives the number of files found.
 */
export async function recoverDrains(
  directory: string,
  { drainer = sharedDrainer }: { drainer?: Drainer } = {},
): Promise<number> {
  const target = await targetOf(path.join(directory, "escalation_queue.jsonl")).catch(() => null);
  if (target === null) return 0;
  return drainer.exclusively(async () => {
    const names = (await readdir(path.dirname(target))).filter(
      (name) => name.startsWith(draftPrefix(target)) || name.startsWith(heldPrefix(target)),
    );
    // A held file is read into the queue, where everybody sees it: it must not lead elsewhere.
    const ours = names.filter((name) => !isRefused(path.dirname(target), name));
    const found = ours.map((name) => path.join(path.dirname(target), name)).filter((file) => !drainer.has(file));
    for (const file of found) {
      drainer.mayWrite();
      const isHeld = path.basename(file).startsWith(heldPrefix(target));
      if (isHeld && !isSameFile(file, target))
        await drainer.take({ path: file, target, copied: null, carried: new Set() });
      else fs.rmSync(file, { force: true });
    }
    return found.length;
  });
}

/** Killed between holding the file and replacing it: nothing happened yet. */
function isSameFile(a: string, b: string): boolean {
  const [one, other] = [fs.lstatSync(a, { bigint: true }), fs.lstatSync(b, { bigint: true })];
  return identityOf(one) === identityOf(other);
}
