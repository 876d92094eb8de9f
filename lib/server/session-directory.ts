/** thegent's session directory: the one that was named, or a living copy of the shipped sample. */
import fs from "node:fs";
import path from "node:path";
import { StartError } from "@/lib/kernel/errors";
import { isBelow } from "@/lib/thegent/files/open-inside";
import { makeClosed } from "./closed";

/** In a directory of its own, not beside what is the cockpit's. */
export const sampleDirectory = (dataDir: string): string => path.join(dataDir, "sample", "session");
/** Where an older version kept it. */
export const formerSampleDirectory = (dataDir: string): string => path.join(dataDir, "sample-session");

/**
 * The directory without links: one directory has one name. Refuses with a StartError one that cannot be read, and one whose writers would have
 * the cockpit's own secret, database or code within reach.
 */
export function checkSessionDirectory(directory: string, dataDir: string): string {
  const remedy = "Set THGENT_SESSION_DIR to thegent's session directory, or unset it to work on the shipped sample.";
  const stat = fs.statSync(directory, { throwIfNoEntry: false });
  if (!stat) throw new StartError(`THGENT_SESSION_DIR names ${directory}, which does not exist.`, remedy);
  if (!stat.isDirectory())
    throw new StartError(`THGENT_SESSION_DIR names ${directory}, which is not a directory.`, remedy);
  try {
    fs.accessSync(directory, fs.constants.R_OK | fs.constants.X_OK);
  } catch {
    throw new StartError(
      `THGENT_SESSION_DIR names ${directory}, which this account may not read.`,
      "Allow it to read and enter that directory, or start the cockpit as an account that may.",
    );
  }
  const real = fs.realpathSync(directory);
  refuseOverlap(directory, real, fs.realpathSync(dataDir));
  return real;
}

function refuseOverlap(named: string, real: string, data: string): void {
  const apart =
    "Whoever writes there would reach what is the cockpit's own. Set THGENT_SESSION_DIR or COCKPIT_DATA_DIR to a directory apart.";
  for (const own of [data, fs.realpathSync(process.cwd())]) {
    if (own === real || isBelow(real, own))
      throw new StartError(`THGENT_SESSION_DIR names ${named}, in which the cockpit's own ${own} lies.`, apart);
  }
  const isSample = real === sampleDirectory(data);
  if (isBelow(data, real) && !isSample)
    throw new StartError(`THGENT_SESSION_DIR names ${named}, which lies in the cockpit's own ${data}.`, apart);
}

/** The sample's copy, made if it is missing, its newest event at `now`; one that an older version made is moved here. */
export async function prepareSample(dataDir: string, now: Date): Promise<string> {
  const target = sampleDirectory(dataDir);
  const former = formerSampleDirectory(dataDir);
  makeClosed(path.dirname(target));
  if (!fs.existsSync(target)) fs.renameSync(fs.existsSync(former) ? former : await freshSample(dataDir, now), target);
  return fs.realpathSync(target);
}

/** Throws the sample's copy away and makes a new one; a running cockpit sees its files replaced. */
export async function resetSample(dataDir: string, now: Date): Promise<string> {
  const target = sampleDirectory(dataDir);
  makeClosed(path.dirname(target));
  const fresh = await freshSample(dataDir, now);
  const old = `${target}.old`;
  fs.rmSync(old, { recursive: true, force: true });
  if (fs.existsSync(target)) fs.renameSync(target, old);
  fs.renameSync(fresh, target);
  for (const past of [old, formerSampleDirectory(dataDir)]) fs.rmSync(past, { recursive: true, force: true });
  return target;
}

async function freshSample(dataDir: string, now: Date): Promise<string> {
  const draft = `${sampleDirectory(dataDir)}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  // Needed once in the life of a data directory.
  const { copyShifted } = await import("@/lib/thegent/files/shift-sample");
  await copyShifted(path.join(process.cwd(), "samples/session"), draft, now);
  return draft;
}
