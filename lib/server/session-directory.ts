/** thegent's session directory: the one that was named, or a living copy of the shipped sample. */
import fs from "node:fs";
import path from "node:path";
import { StartError } from "@/lib/errors";

export const sampleDirectory = (dataDir: string): string => path.join(dataDir, "sample-session");

/** Refuses with a StartError a directory that cannot be read. */
export function checkSessionDirectory(directory: string): void {
  const remedy = "Set THGENT_SESSION_DIR to thegent's session directory, or unset it to work on the shipped sample.";
  const stat = fs.statSync(directory, { throwIfNoEntry: false });
  if (!stat) throw new StartError(`THGENT_SESSION_DIR names ${directory}, which does not exist.`, remedy);
  if (!stat.isDirectory()) throw new StartError(`THGENT_SESSION_DIR names ${directory}, which is not a directory.`, remedy);
  try {
    fs.accessSync(directory, fs.constants.R_OK | fs.constants.X_OK);
  } catch {
    throw new StartError(`THGENT_SESSION_DIR names ${directory}, which this account may not read.`, "Allow it to read and enter that directory, or start the cockpit as an account that may.");
  }
}

/** The sample's copy, made if it is missing, its newest event at `now`. */
export async function prepareSample(dataDir: string, now: Date): Promise<string> {
  const target = sampleDirectory(dataDir);
  if (!fs.existsSync(target)) fs.renameSync(await freshSample(dataDir, now), target);
  return target;
}

/** Throws the sample's copy away and makes a new one; a running cockpit sees its files replaced. */
export async function resetSample(dataDir: string, now: Date): Promise<string> {
  const target = sampleDirectory(dataDir);
  const fresh = await freshSample(dataDir, now);
  const old = `${target}.old`;
  fs.rmSync(old, { recursive: true, force: true });
  if (fs.existsSync(target)) fs.renameSync(target, old);
  fs.renameSync(fresh, target);
  fs.rmSync(old, { recursive: true, force: true });
  return target;
}

async function freshSample(dataDir: string, now: Date): Promise<string> {
  const draft = `${sampleDirectory(dataDir)}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  // Needed once in the life of a data directory.
  const { copyShifted } = await import("@/lib/thegent/shift-sample");
  await copyShifted(path.join(process.cwd(), "samples/session"), draft, now);
  return draft;
}
