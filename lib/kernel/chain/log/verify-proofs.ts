/**
 * Verifies proofs, as RFC 9162 says it (sections 2.1.3.2 and 2.1.4.2): from the leaf upwards, by the bits of the place. It shares nothing with
 * what makes them (prove.ts) but the two hashes, and believes nothing of what it is given.
 */
import { emptyRoot, hashBytes, nodeHash } from "./hash";

export type TreeHead = { size: bigint; root: Uint8Array };

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const whole = (hashes: readonly Uint8Array[]): boolean => hashes.every(({ length }) => length === hashBytes);

/** Whether the leaf stands at `index` of that tree. */
export function includes(head: TreeHead, index: bigint, leaf: Uint8Array, proof: readonly Uint8Array[]): boolean {
  if (index < 0n || index >= head.size || !whole([leaf, head.root, ...proof])) return false;
  let [node, last, hash] = [index, head.size - 1n, leaf];
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node & 1n || node === last) {
      hash = nodeHash(sibling, hash);
      // An edge without a right neighbour goes up by itself.
      while (!(node & 1n) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && same(hash, head.root);
}

/** Whether the second tree begins with the first, leaf by leaf. */
export function isConsistent(first: TreeHead, second: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (first.size < 0n || first.size > second.size || !whole([first.root, second.root, ...proof])) return false;
  if (first.size === 0n) return proof.length === 0 && same(first.root, emptyRoot);
  if (first.size === second.size) return proof.length === 0 && same(first.root, second.root);
  let [node, last] = [first.size - 1n, second.size - 1n];
  while (node & 1n) [node, last] = [node >> 1n, last >> 1n];
  // A first tree that is complete is itself the first hash.
  const [start, ...rest] = node === 0n ? [first.root, ...proof] : proof;
  if (!start) return false;
  let [before, after] = [start, start];
  for (const hash of rest) {
    if (last === 0n) return false;
    if (node & 1n || node === last) {
      [before, after] = [nodeHash(hash, before), nodeHash(hash, after)];
      while (!(node & 1n) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else after = nodeHash(after, hash);
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && same(before, first.root) && same(after, second.root);
}
