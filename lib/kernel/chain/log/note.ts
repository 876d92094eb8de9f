/** Signed notes (C2SP signed-note): a text, an empty line, and signatures, each a line. */
import { keyTypes, isKeyName, signBytes, verifyBytes, type SignerKey, type VerifierKey } from "./keys";
import { fromBase64, Malformed, readText } from "./text";

/** `text` ends with its newline, and is exactly what is signed. */
export type Note = { text: string; signatures: readonly NoteSignature[] };
export type NoteSignature = { name: string; id: number; bytes: Buffer; line: string };

/** Far above what a checkpoint with all its cosignatures has, far below what would hold anybody up. */
export const noteLimits = { bytes: 1_000_000, signatures: 100 };

export function parseNote(bytes: Uint8Array): Note {
  const whole = readText(bytes, noteLimits.bytes);
  const end = whole.lastIndexOf("\n\n");
  if (end < 0) throw new Malformed("It has no empty line before its signatures.");
  const lines = whole.slice(end + 2).split("\n");
  if (lines.pop() !== "" || !lines.length) throw new Malformed("It has no signature, or no newline at its end.");
  if (lines.length > noteLimits.signatures)
    throw new Malformed(`It has more than ${noteLimits.signatures} signatures.`);
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** One line of a note's signatures, without its newline. */
export function parseSignature(line: string): NoteSignature {
  const [, name = "", coded = ""] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = fromBase64(coded);
  if (!isKeyName(name) || !bytes || bytes.length <= 4)
    throw new Malformed("A signature is not “— NAME BASE64” as notes have it.");
  return { name, id: bytes.readUInt32BE(0), bytes: bytes.subarray(4), line };
}

export const signatureLine = ({ name, id }: VerifierKey, signature: Uint8Array): string => {
  const keyId = Buffer.alloc(4);
  keyId.writeUInt32BE(id);
  return `— ${name} ${Buffer.concat([keyId, signature]).toString("base64")}`;
};

export const writeNote = (text: string, lines: readonly string[]): string =>
  `${text}\n${lines.map((line) => `${line}\n`).join("")}`;

/** The text, signed by this key. */
export function signNote(text: string, signer: SignerKey): string {
  if (!text.endsWith("\n")) throw new Malformed("A note's text ends with a newline.");
  return writeNote(text, [signatureLine(signer.verifier, signBytes(signer, Buffer.from(text)))]);
}

/**
 * Which of these keys signed the note. Signatures of other keys are nothing to go by; one by a known key that does not verify is a reason
 * to believe none of it. Throws unless one verifies.
 */
export function verifyNote(note: Note, keys: readonly VerifierKey[]): VerifierKey[] {
  const signed = new Set<VerifierKey>();
  for (const { name, id, bytes } of note.signatures) {
    const key = keys.find((one) => one.type === keyTypes.note && one.name === name && one.id === id);
    if (!key) continue;
    if (bytes.length !== 64 || !verifyBytes(key, Buffer.from(note.text), bytes))
      throw new Malformed(`The signature of ${name} does not fit its text.`);
    signed.add(key);
  }
  if (!signed.size) throw new Malformed("No known key has signed it.");
  return [...signed];
}
