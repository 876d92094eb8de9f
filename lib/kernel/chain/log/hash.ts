/** The hashes of RFC 6962, section 2.1: a leaf and a node can never be taken for each other. */
import { createHash, hash } from "node:crypto";

export const hashBytes = 32;

/** The tree without events. */
export const emptyRoot: Buffer = createHash("sha256").digest();

const leafMark = Buffer.of(0);

/** The leaf of an event: of the exact bytes of its body. */
export const leafHash = (body: string | Uint8Array): Buffer =>
  createHash("sha256").update(leafMark).update(body).digest();

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const node = new Uint8Array(1 + left.length + right.length);
  node[0] = 1;
  node.set(left, 1);
  node.set(right, 1 + left.length);
  return hash("sha256", node, "buffer");
}
