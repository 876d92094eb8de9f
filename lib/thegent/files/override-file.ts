import fs from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endings, missingOverride, type Patch } from "@/lib/thegent/records/override-lines";
import { isOverrideTime, overrideProblem, type NewOverride } from "@/lib/thegent/records/override-record";
import { appendMissing } from "./append-missing";
import { openInside } from "./open-inside";
import { draftPrefix } from "./own-names";
import { type MayWrite, QueueWriteError, refuse } from "./replace-file";
import { directoryOf, syncAs, targetOf } from "./target-file";
import { Turns } from "./turns";

type Options = {
  mayWrite?: MayWrite;
  /** After this long the file is looked at again: somebody may have put back what they read before. */
  lookAgainMs?: number;
};

/** "was over": by itself or ended before; thegent would not have honoured it at the end asked for. */
export type Ending = "ended" | "was over" | "not found";

const turns = new Turns();
const attempts = 20;

/**
 * Appends the override to thegent's override_registry.jsonl unless it is there, ended or not, so that repeating adds no second line.
 * It is on disk, and was still there a moment later, when this returns. A missing file is made as thegent would, in a directory that
 * must exist. Throws a QueueWriteError, a sentence for people. One process at a time may work on a file.
 */
export async function recordOverride(
  file: string,
  override: NewOverride,
  { mayWrite, lookAgainMs }: Options = {},
): Promise<void> {
  const problem = overrideProblem(override);
  if (problem !== null) throw new QueueWriteError(`${problem} ${path.basename(file)} was left as it is.`);
  await appendMissing(file, (content) => missingOverride(content, override), { turns, mayWrite, lookAgainMs });
}

/**
 * Makes thegent stop honouring an override, known by its key, at `end` or less than a second before. thegent has no record for that: the
 * digits of the expiry are overwritten where they stand, so that no line moves and none is lost that others append meanwhile. The change
 * is on disk, and still held a moment later, when this returns; repeating is harmless. Other overrides of the owner go on. Throws a
 * QueueWriteError, a sentence for people. One process at a time may work on a file.
 */
export async function endOverride(
  file: string,
  key: string,
  end: Date,
  { mayWrite = () => {}, lookAgainMs = 250 }: Options = {},
): Promise<Ending> {
  const name = path.basename(file);
  if (!isOverrideTime(end))
    throw new QueueWriteError(`The end does not lie in the years 2000 to 2199. ${name} was left as it is.`);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const look = await turns
      .exclusively(() => endOnce(file, key, end, mayWrite))
      .catch((error: unknown) => refuse(file, error));
    if (look !== "changing") return attempt > 0 ? "ended" : look;
    // The next look opens the file by its name, so that it also sees one that took the place of the one written to.
    await sleep(lookAgainMs);
  }
  throw new QueueWriteError(`${name} keeps being rewritten by others with the override unended.`);
}

/** Removes the drafts that a killed process left beside the override file of this session directory. Call it before the first write. */
export async function removeOverrideDrafts(directory: string): Promise<void> {
  const prefix = draftPrefix(path.join(directory, "override_registry.jsonl"));
  await turns.exclusively(async () => {
    // A directory that is not there yet, or may not be read, has no drafts; what cannot be written will say so itself.
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    // Ours are files; a directory of that name is somebody else's, and in nobody's way.
    const drafts = entries.filter((entry) => entry.name.startsWith(prefix) && !entry.isDirectory());
    for (const draft of drafts) await rm(path.join(directory, draft.name), { force: true });
  });
}

async function endOnce(
  file: string,
  key: string,
  end: Date,
  mayWrite: MayWrite,
): Promise<"changing" | "was over" | "not found"> {
  const target = await targetOf(file);
  if (target === null) {
    // Without its directory, as when a disk is not there, nothing can be said of the file.
    await directoryOf(file);
    return "not found";
  }
  const handle = await openInside(path.dirname(target), path.basename(target), fs.constants.O_RDWR);
  try {
    const { isThere, patches } = endings(await handle.readFile(), key, end);
    for (const patch of patches) overwrite(handle.fd, patch, mayWrite);
    // Also when there was nothing to write: whoever ended it before may have been killed right after.
    if (isThere) await syncAs("the new expiry", handle, target);
    if (patches.length) return "changing";
    return isThere ? "was over" : "not found";
  } finally {
    await handle.close();
  }
}

/**
 * Between the look and the write no other code of this process runs. What is not there any more is left to the next look at the file.
 * The first of the bytes is a digit that gets less: whoever reads, or is killed, between two bytes leaves a time before the old one, or none.
 */
function overwrite(fd: number, { offset, was, becomes }: Patch, mayWrite: MayWrite): void {
  const now = Buffer.alloc(was.length);
  if (fs.readSync(fd, now, 0, now.length, offset) !== now.length || !now.equals(was)) return;
  const from = was.findIndex((byte, at) => byte !== becomes[at]);
  const to = was.findLastIndex((byte, at) => byte !== becomes[at]) + 1;
  mayWrite();
  fs.writeSync(fd, becomes, from, to - from, offset + from);
}
