/** Cosignatures (C2SP tlog-cosignature, v1 with Ed25519): a witness saw this checkpoint, and nothing inconsistent with it, at that time. */
import { keyTypes, signBytes, verifyBytes, type SignerKey, type VerifierKey } from "./keys";
import { signatureLine, type Note, type NoteSignature } from "./note";

export type Cosignature = { witness: VerifierKey; at: Date; line: string };

const message = (text: string, seconds: bigint): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
/** The last instant that a Date can hold. */
const latestSeconds = 8_640_000_000_000n;

/** The line that a witness adds to a checkpoint with this text. */
export function cosign(text: string, signer: SignerKey, at: Date): string {
  const seconds = BigInt(Math.floor(at.getTime() / 1000));
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(seconds);
  return signatureLine(signer.verifier, Buffer.concat([stamp, signBytes(signer, message(text, seconds))]));
}

/** What a line says, when it is a cosignature of one of these witnesses; null when it is none, or does not verify. */
function readCosignature(
  text: string,
  signature: NoteSignature,
  witnesses: readonly VerifierKey[],
): Cosignature | null {
  const witness = witnesses.find(
    ({ type, name, id }) => type === keyTypes.cosignature && name === signature.name && id === signature.id,
  );
  if (!witness || signature.bytes.length !== 72) return null;
  const seconds = signature.bytes.readBigUInt64BE(0);
  if (seconds > latestSeconds || !verifyBytes(witness, message(text, seconds), signature.bytes.subarray(8)))
    return null;
  return { witness, at: new Date(Number(seconds) * 1000), line: signature.line };
}

/** The witnesses among these that have cosigned the note. */
export function cosignaturesOf(note: Note, witnesses: readonly VerifierKey[]): Cosignature[] {
  const found = note.signatures.flatMap((one) => readCosignature(note.text, one, witnesses) ?? []);
  return found.filter(({ witness }, at) => found.findIndex((other) => other.witness === witness) === at);
}
