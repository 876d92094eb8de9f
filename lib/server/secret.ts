/** The secret that signs sessions: made once, readable for this account only, and changed at a word, which ends every session. */
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@/lib/kernel/errors";
import { replaceClosed } from "./closed";

const fileOf = (dataDir: string) => path.join(dataDir, "secret");
/** A secret that a running cockpit is asked to take up. It is removed when no process answers to the old one any more. */
const nextOf = (dataDir: string) => path.join(dataDir, "secret.next");
/** A change that is not in the audit chain yet. */
const noteOf = (dataDir: string) => path.join(dataDir, "secret.changed");
const askedEveryMs = 250;
const patienceMs = 60_000;

export function readOrMakeSecret(dataDir: string): string {
  const kept = read(fileOf(dataDir));
  if (kept) return kept;
  const made = newSecret();
  replaceClosed(fileOf(dataDir), `${made}\n`);
  return made;
}

/** A change of the secret, as the chain is told of it. */
export type Rotation = { requestId: string; changedAt: string };
/** `former`: a digest of the secret before. */
type Note = Rotation & { former: string };

/** Notes that the secret is about to be changed, before it is. */
export function noteRotation(dataDir: string, rotation: Rotation): void {
  replaceClosed(noteOf(dataDir), JSON.stringify([...readNotes(dataDir), { ...rotation, former: digestOf(dataDir) }]));
}

/** The changes that were noted and not forgotten, oldest first. One that was never carried out, because it was refused or killed, is none. */
export function notedRotations(dataDir: string): Rotation[] {
  const notes = readNotes(dataDir);
  return notes.flatMap(({ former, ...rotation }, at) =>
    former === (notes[at + 1]?.former ?? digestOf(dataDir)) ? [] : [rotation],
  );
}

export const forgetRotations = (dataDir: string): void => fs.rmSync(noteOf(dataDir), { force: true });

const readNotes = (dataDir: string): Note[] =>
  fs.existsSync(noteOf(dataDir)) ? (JSON.parse(fs.readFileSync(noteOf(dataDir), "utf8")) as Note[]) : [];
const digestOf = (dataDir: string): string =>
  createHash("sha256")
    .update(read(fileOf(dataDir)) ?? "")
    .digest("hex");

/** Makes a new secret. Comes back when it is in force, and all sessions have ended; refuses with a StartError when a running cockpit does not take it up. */
export async function rotateSecret(dataDir: string, isRunning: () => boolean, waitMs = patienceMs): Promise<void> {
  if (!isRunning()) return replaceClosed(fileOf(dataDir), `${newSecret()}\n`);
  const next = nextOf(dataDir);
  replaceClosed(next, `${newSecret()}\n`);
  for (const until = performance.now() + waitMs; performance.now() < until; await sleep(askedEveryMs)) {
    if (!fs.existsSync(next)) return;
    if (!isRunning()) return fs.renameSync(next, fileOf(dataDir));
  }
  fs.rmSync(next, { force: true });
  throw new StartError(
    "The running cockpit did not take up a new secret.",
    "If it was started with COCKPIT_SECRET, change it there and start it again. Otherwise end it, run this command, and start it again.",
  );
}

/** Looks out for a secret to take up: it is kept, `takeUp` puts it in force, then the asker hears. Answers how to stop. */
export function watchForRotation(dataDir: string, takeUp: () => Promise<void>): () => void {
  let taking = false;
  const look = async () => {
    const next = read(nextOf(dataDir));
    if (!next || taking) return;
    taking = true;
    try {
      replaceClosed(fileOf(dataDir), `${next}\n`);
      await takeUp();
      fs.rmSync(nextOf(dataDir), { force: true });
    } catch {
      // As with a full disk: tried again, and the asker, who hears nothing, says so in the end.
    } finally {
      taking = false;
    }
  };
  const timer = setInterval(() => void look(), askedEveryMs);
  return () => clearInterval(timer);
}

const newSecret = (): string => randomBytes(32).toString("base64url");

/** Null when there is none, or not a whole one. */
function read(file: string): string | null {
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : "";
  return text.length >= 32 ? text : null;
}
