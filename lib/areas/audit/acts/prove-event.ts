import "server-only";
import { leafHash } from "@/lib/kernel/chain/log/hash";
import { openCheckpoint, signCheckpoint, type Checkpoint } from "@/lib/kernel/chain/log/checkpoint";
import type { SignerKey, VerifierKey } from "@/lib/kernel/chain/log/keys";
import { proveConsistency, proveInclusion, rootAt } from "@/lib/kernel/chain/log/prove";
import { Malformed } from "@/lib/kernel/chain/log/text";
import { writeTlogProof } from "@/lib/kernel/chain/log/tlog-proof";
import { includes, isConsistent } from "@/lib/kernel/chain/log/verify-proofs";
import { NotProven, readEventBody, readHashes, readTreeHead } from "@/lib/kernel/chain/read-log";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";

const inSnapshot = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(work, { isolationLevel: "RepeatableRead" });

/** The exact text of an event; null when there is none of that place. */
export const eventBody = (seq: bigint): Promise<string | null> => inSnapshot((tx) => readEventBody(tx, seq));

/** That event `seq` is in the tree of that checkpoint, as a `.tlog-proof`, which was verified. Throws a NotProven. */
export const proveEvent = (seq: bigint, checkpoint: Uint8Array, keys: readonly VerifierKey[]): Promise<string> =>
  inSnapshot(async (tx) => {
    const head = openSigned(checkpoint, keys);
    if (seq < 1n || seq > head.size)
      throw new NotProven(`The newest checkpoint is of ${head.size} events: event ${seq} is not in it.`);
    const body = await readEventBody(tx, seq);
    if (body === null) throw new NotProven(`Event ${seq} is missing.`);
    const path = await proveInclusion(readHashes(tx), seq - 1n, head.size);
    if (!includes(head, seq - 1n, leafHash(body), path))
      throw new NotProven(`Event ${seq} is not the one that the log signed.`);
    return writeTlogProof({ index: seq - 1n, extra: null, path, checkpoint: Buffer.from(checkpoint).toString("utf8") });
  });

/** That the first `size` events begin with the first `old`: the hashes of the proof, which was verified. Throws a NotProven. */
export const proveAppended = (old: bigint, size: bigint): Promise<Buffer[]> =>
  inSnapshot(async (tx) => {
    const head = await readTreeHead(tx);
    if (old < 0n || old > size || size > head.size)
      throw new NotProven(`The log has ${head.size} events: from ${old} to ${size} there is nothing to prove.`);
    const read = readHashes(tx);
    const path = await proveConsistency(read, old, size);
    const [first, second] = [await rootAt(read, old), await rootAt(read, size)];
    if (!isConsistent({ size: old, root: first }, { size, root: second }, path))
      throw new NotProven("What is kept of the tree is not whole; `verify chain` says where.");
    return path;
  });

/**
 * The checkpoint to sign next, or null when nothing is new since the last one. It is signed only if its tree begins with the one signed last;
 * otherwise throws a NotProven. `last` is kept outside the database.
 */
export const nextCheckpoint = (signer: SignerKey, last: Uint8Array | null): Promise<string | null> =>
  inSnapshot(async (tx) => {
    const head = await readTreeHead(tx);
    if (!last) return head.size === 0n ? null : signCheckpoint(head, signer);
    const signed = openSigned(last, [signer.verifier]);
    if (head.size < signed.size)
      throw new NotProven(`The log signed ${signed.size} events, but there are ${head.size}: the end was cut off.`);
    const path = await proveConsistency(readHashes(tx), signed.size, head.size);
    if (!isConsistent(signed, head, path))
      throw new NotProven(
        `The first ${signed.size} events are not those that the log signed: the chain was rewritten.`,
      );
    return head.size === signed.size ? null : signCheckpoint(head, signer);
  });

/** A checkpoint that was kept, by the log's own keys. Throws a NotProven. */
export function openSigned(checkpoint: Uint8Array, keys: readonly VerifierKey[]): Checkpoint {
  try {
    return openCheckpoint(checkpoint, keys);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new NotProven(`The checkpoint that was signed last is not the log's: ${error.message}`);
  }
}
