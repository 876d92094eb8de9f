/**
 * Glossary of the Merkle tree over the chain's events (RFC 6962, section 2.1)
 *   leaf       event `seq` is leaf `seq − 1`
 *   subtree    complete: the 2^height leaves from index × 2^height on; once it is full, its root never changes
 *   frontier   the roots of the few complete subtrees that a tree is made of, the largest first: all that an append needs
 *   tile       256 hashes of one level; a hash of level L is the root of 256^L leaves (C2SP tlog-tiles)
 */
import { emptyRoot, hashBytes, nodeHash } from "./hash";

export type Subtree = { height: number; index: bigint };
/** A hash as it is kept for tiles: the root of the 256^level leaves from index × 256^level on. */
export type TileHash = { level: number; index: bigint; hash: Buffer };

/** Heights of a tile: a tile's 256 hashes are 2^8. */
export const tileHeight = 8;

/** The complete subtrees that the leaves from `start` to before `end` are made of. `start` is a multiple of the largest power of two that fits in. */
export function subtreesOf(start: bigint, end: bigint): Subtree[] {
  const parts: Subtree[] = [];
  for (let at = start; at < end;) {
    const height = (end - at).toString(2).length - 1;
    parts.push({ height, index: at >> BigInt(height) });
    at += 1n << BigInt(height);
  }
  return parts;
}

/** One root for neighbours, the largest first, as `subtreesOf` lists them. */
export const joinRoots = (roots: readonly Uint8Array[]): Buffer =>
  roots.length ? Buffer.from(roots.reduceRight((right, left) => nodeHash(left, right))) : emptyRoot;

/** A tree that grows by its right edge alone. */
export class Frontier {
  private constructor(
    private leaves: bigint,
    private readonly roots: Buffer[],
  ) {}

  static empty = (): Frontier => new Frontier(0n, []);

  /** As `bytes` gave it. Throws when these are not as many hashes as a tree of that size has. */
  static read(size: bigint, bytes: Uint8Array): Frontier {
    const count = subtreesOf(0n, size).length;
    if (bytes.length !== count * hashBytes)
      throw new Error(`The frontier of ${size} events has ${count} hashes, and these are ${bytes.length} bytes.`);
    const roots = Array.from({ length: count }, (_, at) =>
      Buffer.from(bytes.subarray(at * hashBytes, (at + 1) * hashBytes)),
    );
    return new Frontier(size, roots);
  }

  get size(): bigint {
    return this.leaves;
  }

  /** Adds a leaf. Answers which hashes of tiles above the leaves became final by it: none, but for each 256th. */
  add(leaf: Buffer): TileHash[] {
    const final: TileHash[] = [];
    let hash = leaf;
    this.leaves++;
    for (let height = 1; (this.leaves & ((1n << BigInt(height)) - 1n)) === 0n; height++) {
      hash = nodeHash(this.roots.pop()!, hash);
      if (height % tileHeight === 0)
        final.push({ level: height / tileHeight, index: (this.leaves >> BigInt(height)) - 1n, hash });
    }
    this.roots.push(hash);
    return final;
  }

  root(): Buffer {
    return joinRoots(this.roots);
  }

  bytes(): Buffer {
    return Buffer.concat(this.roots);
  }
}
