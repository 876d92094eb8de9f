/** Checkpoints (C2SP tlog-checkpoint): a signed note that says how long a log is, and its root. */
import { hashBytes } from "./hash";
import type { SignerKey, VerifierKey } from "./keys";
import { parseNote, signNote, verifyNote, type Note } from "./note";
import { fromBase64, fromDecimal, Malformed } from "./text";
import type { TreeHead } from "./verify-proofs";

export type Checkpoint = TreeHead & { origin: string; note: Note };

/** The text of ours: origin, size and root, nothing more. */
export const checkpointText = (origin: string, { size, root }: TreeHead): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`;

/** The log's key has the log's origin for its name. */
export const signCheckpoint = (head: TreeHead, signer: SignerKey): string =>
  signNote(checkpointText(signer.name, head), signer);

/** What a note says as a checkpoint; whether it is signed is another question. Lines behind the third are let be, unless empty. */
export function parseCheckpoint(bytes: Uint8Array): Checkpoint {
  const note = parseNote(bytes);
  const [origin = "", size = "", root = "", ...more] = note.text.slice(0, -1).split("\n");
  const [leaves, hash] = [fromDecimal(size), fromBase64(root)];
  if (!origin || leaves === null || hash?.length !== hashBytes || more.includes(""))
    throw new Malformed("Its text is not origin, size and root, each a line.");
  return { origin, size: leaves, root: hash, note };
}

/** A checkpoint of the log that these keys belong to, signed by one of them. Throws for any other. */
export function openCheckpoint(bytes: Uint8Array, keys: readonly VerifierKey[]): Checkpoint {
  const checkpoint = parseCheckpoint(bytes);
  const own = keys.filter(({ name }) => name === checkpoint.origin);
  if (!own.length) throw new Malformed(`It is of another log: ${checkpoint.origin}.`);
  verifyNote(checkpoint.note, own);
  return checkpoint;
}
