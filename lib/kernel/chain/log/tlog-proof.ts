/** The proof of one event as a file of its own (C2SP tlog-proof): its place, the path to the root, and a signed checkpoint with that root. */
import { openCheckpoint, type Checkpoint } from "./checkpoint";
import { cosignaturesOf, type Cosignature } from "./cosignature";
import { hashBytes, leafHash } from "./hash";
import type { VerifierKey } from "./keys";
import { noteLimits } from "./note";
import { fromBase64, fromDecimal, Malformed, readText } from "./text";
import { includes } from "./verify-proofs";

const header = "c2sp.org/tlog-proof@v1";
/** As many as a tree of 2^63 leaves needs. */
const mostHashes = 63;

export type TlogProof = { index: bigint; extra: Buffer | null; path: Buffer[]; checkpoint: string };

export const writeTlogProof = ({ index, extra, path, checkpoint }: TlogProof): string =>
  [
    header,
    ...(extra ? [`extra ${extra.toString("base64")}`] : []),
    `index ${index}`,
    ...path.map((hash) => hash.toString("base64")),
    "",
    checkpoint,
  ].join("\n");

export function parseTlogProof(bytes: Uint8Array): TlogProof {
  const text = readText(bytes, noteLimits.bytes);
  const end = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split("\n");
  if (first !== header) throw new Malformed(`It does not begin with ${header} and what belongs to it.`);
  const said = lines[0]?.startsWith("extra ") ? lines.shift()!.slice("extra ".length) : null;
  const extra = said === null ? null : fromBase64(said);
  if (said !== null && extra === null) throw new Malformed("Its extra data is not base64.");
  const place = lines.shift() ?? "";
  const index = place.startsWith("index ") ? fromDecimal(place.slice("index ".length)) : null;
  if (index === null) throw new Malformed("It does not say which event it is about.");
  return { index, extra, path: parseHashes(lines), checkpoint: text.slice(end + 2) };
}

/** Hashes of a proof, each a line of base64. */
function parseHashes(lines: readonly string[]): Buffer[] {
  if (lines.length > mostHashes) throw new Malformed(`A proof has at most ${mostHashes} hashes.`);
  return lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== hashBytes) throw new Malformed("A hash of the proof is not 32 bytes in base64.");
    return hash;
  });
}

export type Proven = { index: bigint; checkpoint: Checkpoint; cosignatures: Cosignature[] };

/** That these bytes are an event of the log of one of these keys. Throws with why it is not proven. Which of the witnesses agreed is the caller's to judge. */
export function verifyTlogProof(
  proof: Uint8Array,
  body: string | Uint8Array,
  keys: readonly VerifierKey[],
  witnesses: readonly VerifierKey[] = [],
): Proven {
  const { index, path, checkpoint: note } = parseTlogProof(proof);
  const checkpoint = openCheckpoint(Buffer.from(note), keys);
  if (!includes(checkpoint, index, leafHash(body), path))
    throw new Malformed(`These bytes are not event ${index + 1n} of that log.`);
  return { index, checkpoint, cosignatures: cosignaturesOf(checkpoint.note, witnesses) };
}
