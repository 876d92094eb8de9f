/**
 * What the transparency log over the audit chain keeps beside the data: its key, made once, and the checkpoint that it signed last. Whoever has
 * the database's password has neither.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { keyTypes, makeSignerKey, parseSignerKey, type SignerKey } from "@/lib/kernel/chain/log/keys";
import { Malformed } from "@/lib/kernel/chain/log/text";
import { StartError } from "@/lib/kernel/errors";
import { replaceClosed } from "./closed";
import type { KeptLog } from "./jobs/sign-checkpoint";

const keyFile = (dataDir: string) => path.join(dataDir, "log.key");
const checkpointFile = (dataDir: string) => path.join(dataDir, "log.checkpoint");

/**
 * The log's key; its name is the log's origin. One that is lost or damaged is never replaced by another in silence, because to those who know
 * the log that looks like a forgery: refused with a StartError.
 */
export function readOrMakeLogKey(dataDir: string, url: string): SignerKey {
  const kept = readLogKey(dataDir);
  if (kept) return kept;
  if (fs.existsSync(checkpointFile(dataDir)))
    throw new StartError(
      `The audit log has signed ${checkpointFile(dataDir)}, but its key ${keyFile(dataDir)} is gone.`,
      "Put the key back from where you keep it. If it is lost, move that checkpoint away: then a new log begins, which no witness knows yet.",
    );
  const made = makeSignerKey(originOf(url), keyTypes.note);
  replaceClosed(keyFile(dataDir), `${made.text}\n`);
  return made;
}

/** Null where no cockpit was started yet. */
export function readLogKey(dataDir: string): SignerKey | null {
  const text = readIfThere(keyFile(dataDir))?.toString("utf8").trimEnd();
  if (text === undefined) return null;
  try {
    return parseSignerKey(text);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new StartError(
      `The key of the audit log, ${keyFile(dataDir)}, is damaged: ${error.message}`,
      "Put it back from where you keep it.",
    );
  }
}

/** The checkpoint that was signed last, as it was written; null before the first one. */
export const readSignedCheckpoint = (dataDir: string): Buffer | null => readIfThere(checkpointFile(dataDir));

/** The log in a data directory, as the worker signs for it. What is written is signed; before that nobody has seen it. */
export const keptLog = (dataDir: string): KeptLog => ({
  key: () => readLogKey(dataDir),
  last: () => readSignedCheckpoint(dataDir),
  keep: (checkpoint, mayStill) => replaceClosed(checkpointFile(dataDir), checkpoint, mayStill),
});

/** Two logs never share a name, not even two that begin at one address: a witness would take the second for a fork of the first. */
const originOf = (url: string): string => `${new URL(url).host}/audit/${randomBytes(4).toString("hex")}`;

function readIfThere(file: string): Buffer | null {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
