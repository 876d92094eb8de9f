/** Makes proofs as RFC 6962 defines them, from the hashes of complete subtrees. How they are verified shares no code with this. */
import { joinRoots, subtreesOf, type Subtree } from "./tree";

/** Answers the roots of complete subtrees, in their order. */
export type HashReader = (subtrees: readonly Subtree[]) => Promise<readonly Uint8Array[]>;

/** Leaves from `start` to before `end`. */
type Range = readonly [start: bigint, end: bigint];

/** The root of the first `size` leaves. */
export const rootAt = async (read: HashReader, size: bigint): Promise<Buffer> =>
  (await rootsOf(read, [[0n, size]]))[0]!;

/** That leaf `index` is in the tree of `size` leaves (section 2.1.1): siblings, the leaf's own first. */
export function proveInclusion(read: HashReader, index: bigint, size: bigint): Promise<Buffer[]> {
  if (index < 0n || index >= size) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
  return rootsOf(read, pathTo(index, 0n, size));
}

/** That the tree of `size` leaves begins with that of `old` leaves (section 2.1.2). */
export function proveConsistency(read: HashReader, old: bigint, size: bigint): Promise<Buffer[]> {
  if (old < 0n || old > size) throw new RangeError(`A tree of ${size} leaves does not begin with one of ${old}.`);
  return rootsOf(read, old === 0n || old === size ? [] : consistent(old, 0n, size, true));
}

/** PATH(m, D[n]) */
function pathTo(index: bigint, start: bigint, end: bigint): Range[] {
  if (end - start === 1n) return [];
  const middle = start + splitOf(end - start);
  return index < middle
    ? [...pathTo(index, start, middle), [middle, end]]
    : [...pathTo(index, middle, end), [start, middle]];
}

/** SUBPROOF(m, D[n], b); `known`: whether the verifier has the root of the leaves from `start` to `old`. */
function consistent(old: bigint, start: bigint, end: bigint, known: boolean): Range[] {
  if (old === end) return known ? [] : [[start, end]];
  const middle = start + splitOf(end - start);
  return old <= middle
    ? [...consistent(old, start, middle, known), [middle, end]]
    : [...consistent(old, middle, end, false), [start, middle]];
}

/** The largest power of two smaller than n. */
const splitOf = (n: bigint): bigint => 1n << BigInt((n - 1n).toString(2).length - 1);

/** All in one question. */
async function rootsOf(read: HashReader, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map(([start, end]) => subtreesOf(start, end));
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map((subtrees) => joinRoots(hashes.slice(at, (at += subtrees.length))));
}
