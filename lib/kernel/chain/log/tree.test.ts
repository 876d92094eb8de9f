import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSoak, rounds } from "@/lib/testing/rounds";
import { emptyRoot, leafHash, nodeHash } from "./hash";
import { proveConsistency, proveInclusion, rootAt, type HashReader } from "./prove";
import { Frontier, joinRoots, subtreesOf, type TileHash } from "./tree";
import { includes, isConsistent } from "./verify-proofs";

/** The inputs and roots that every implementation of RFC 6962 is held against. */
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const known = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const sha = (...parts: (string | Uint8Array)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** Section 2.1 word for word, over whole lists of leaves, with nothing of the code under test; each root once. */
class Definition {
  private readonly roots = new Map<string, Buffer>();
  constructor(private readonly entries: readonly Uint8Array[]) {}

  private static split(n: number): number {
    let k = 1;
    while (k * 2 < n) k *= 2;
    return k;
  }
  mth(from: number, to: number): Buffer {
    const key = `${from} ${to}`;
    const there = this.roots.get(key);
    if (there) return there;
    const n = to - from;
    const k = Definition.split(n);
    const root =
      n === 0
        ? sha("")
        : n === 1
          ? sha(Buffer.of(0), this.entries[from]!)
          : sha(Buffer.of(1), this.mth(from, from + k), this.mth(from + k, to));
    this.roots.set(key, root);
    return root;
  }
  path(m: number, from: number, to: number): Buffer[] {
    if (to - from === 1) return [];
    const k = Definition.split(to - from);
    return m < k
      ? [...this.path(m, from, from + k), this.mth(from + k, to)]
      : [...this.path(m - k, from + k, to), this.mth(from, from + k)];
  }
  subproof(m: number, from: number, to: number, b: boolean): Buffer[] {
    const n = to - from;
    if (m === n) return b ? [] : [this.mth(from, to)];
    const k = Definition.split(n);
    return m <= k
      ? [...this.subproof(m, from, from + k, b), this.mth(from + k, to)]
      : [...this.subproof(m - k, from + k, to, false), this.mth(from, from + k)];
  }
}

const most = 300;
const entries = Array.from({ length: most }, (_, n) => Buffer.from(`event ${n}`));
const definition = new Definition(entries);
const leaves = entries.map((entry) => leafHash(entry));

/** Complete subtrees out of what a growing tree gives to keep: leaves and hashes of tiles. */
function keeper() {
  const [frontier, kept] = [Frontier.empty(), new Map<string, Buffer>()];
  for (const [at, leaf] of leaves.entries()) {
    kept.set(`0 ${at}`, leaf);
    for (const { level, index, hash } of frontier.add(leaf)) kept.set(`${level} ${index}`, hash);
  }
  const joined = new Map<string, Buffer>();
  const rootOf = (height: number, index: bigint): Buffer => {
    const key = `${height} ${index}`;
    const root =
      (height % 8 === 0 ? kept.get(`${height / 8} ${index}`) : joined.get(key)) ??
      nodeHash(rootOf(height - 1, index * 2n), rootOf(height - 1, index * 2n + 1n));
    joined.set(key, root);
    return root;
  };
  const read: HashReader = async (subtrees) => subtrees.map(({ height, index }) => rootOf(height, index));
  return { frontier, kept, read };
}
const { kept, read } = keeper();
/** Every pair of the small trees, and of the larger ones some of each size; in the soak every one. */
const isTried = (at: number, size: number) => size <= 34 || (at + size * 7) % rounds(29, 1) === 0;
const head = (size: number) => ({ size: BigInt(size), root: definition.mth(0, size) });
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString("hex"));

describe("the tree over the events", () => {
  it.each(known.map((root, size) => [size, root] as const))("of %i known leaves has the RFC's root", (size, root) => {
    const frontier = Frontier.empty();
    for (const input of inputs.slice(0, size)) frontier.add(leafHash(Buffer.from(input, "hex")));
    expect(frontier.root().toString("hex")).toBe(root);
  });

  it("grows by its frontier alone, which is taken up again as it was kept, to the root of the definition at each size", () => {
    let frontier = Frontier.empty();
    expect(frontier.root()).toEqual(emptyRoot);
    const tiles: TileHash[] = [];
    for (const [at, leaf] of leaves.entries()) {
      tiles.push(...frontier.add(leaf));
      frontier = Frontier.read(frontier.size, frontier.bytes());
      expect(frontier.root().equals(definition.mth(0, at + 1))).toBe(true);
    }
    expect(tiles).toEqual([{ level: 1, index: 0n, hash: definition.mth(0, 256) }]);
    expect(kept.size).toBe(most + 1);
    expect(() => Frontier.read(7n, Buffer.alloc(64))).toThrow("3 hashes");
  });

  it("is made of complete subtrees, at a million leaves and at 2^62 too", () => {
    expect(subtreesOf(0n, 7n)).toEqual([
      { height: 2, index: 0n },
      { height: 1, index: 2n },
      { height: 0, index: 6n },
    ]);
    expect(subtreesOf(0n, 1_000_000n)).toHaveLength(7);
    expect(subtreesOf(0n, (1n << 62n) - 1n)).toHaveLength(62);
    expect(joinRoots([])).toEqual(emptyRoot);
  });
});

describe("proofs for (m, n) up to 300 are those of the RFC's definition, and verify", () => {
  it("of an event's place", async () => {
    for (let size = 1; size <= most; size++)
      for (let index = 0; index < size; index++) {
        if (!isTried(index, size)) continue;
        const proof = await proveInclusion(read, BigInt(index), BigInt(size));
        const defined = definition.path(index, 0, size);
        if (
          !Buffer.concat(proof).equals(Buffer.concat(defined)) ||
          !includes(head(size), BigInt(index), leaves[index]!, proof)
        )
          expect.fail(`leaf ${index} of ${size}: ${hex(proof).join()}`);
      }
  });

  it("of what was appended", async () => {
    for (let size = 0; size <= most; size++)
      for (let old = 0; old <= size; old++) {
        if (!isTried(old, size)) continue;
        const proof = await proveConsistency(read, BigInt(old), BigInt(size));
        const defined = old === 0 || old === size ? [] : definition.subproof(old, 0, size, true);
        if (!Buffer.concat(proof).equals(Buffer.concat(defined)) || !isConsistent(head(old), head(size), proof))
          expect.fail(`${old} to ${size}: ${hex(proof).join()}`);
      }
  });

  it("of the root at any size", async () => {
    for (let size = 0; size <= most; size++)
      expect((await rootAt(read, BigInt(size))).equals(definition.mth(0, size))).toBe(true);
  });
});

describe("a proof that is not of this is refused", () => {
  const sizes = isSoak ? [1, 2, 3, 5, 8, 64, 100, 255, 256, 257, 300] : [1, 2, 3, 5, 8, 100, 257];

  it("with any hash of it changed, left out, doubled, or in another order; for another leaf, place, size or root", async () => {
    for (const size of sizes)
      for (const index of new Set([0, 1, size >> 1, size - 2, size - 1].filter((at) => at >= 0 && at < size))) {
        const proof = await proveInclusion(read, BigInt(index), BigInt(size));
        const [tree, leaf] = [head(size), leaves[index]!];
        const bad = damaged(proof).filter((one) => includes(tree, BigInt(index), leaf, one));
        expect(bad).toEqual([]);
        const other = (index + 1) % size;
        if (size > 1) expect(includes(tree, BigInt(other), leaf, proof)).toBe(false);
        expect(includes(tree, BigInt(index), leafHash("another"), proof)).toBe(false);
        expect(includes(tree, BigInt(index + size), leaf, proof)).toBe(false);
        expect(includes(tree, -1n, leaf, proof)).toBe(false);
        expect(includes({ ...tree, root: flip(tree.root, 5) }, BigInt(index), leaf, proof)).toBe(false);
      }
  });

  it("between any two sizes", async () => {
    for (const size of sizes)
      for (const old of sizes.filter((one) => one < size)) {
        const proof = await proveConsistency(read, BigInt(old), BigInt(size));
        const bad = damaged(proof).filter((one) => isConsistent(head(old), head(size), one));
        expect(bad).toEqual([]);
        expect(isConsistent(head(size), head(old), proof)).toBe(false);
        expect(isConsistent({ ...head(old), root: flip(head(old).root, 0) }, head(size), proof)).toBe(false);
        expect(isConsistent(head(old), { ...head(size), root: flip(head(size).root, 31) }, proof)).toBe(false);
      }
    expect(isConsistent({ size: 0n, root: leaves[0]! }, head(5), [])).toBe(false);
    expect(isConsistent(head(5), { size: 5n, root: leaves[0]! }, [])).toBe(false);
    expect(isConsistent({ size: -1n, root: emptyRoot }, head(5), [])).toBe(false);
  });

  it("and none is made for what is not there", () => {
    expect(() => proveInclusion(read, 5n, 5n)).toThrow("no leaf 5");
    expect(() => proveInclusion(read, -1n, 5n)).toThrow("no leaf");
    expect(() => proveConsistency(read, 6n, 5n)).toThrow("does not begin");
  });
});

const flip = (hash: Uint8Array, at: number): Buffer => {
  const other = Buffer.from(hash);
  other[at]! ^= 1;
  return other;
};

/** Every way in which a proof can be a little other than it is. */
function damaged(proof: readonly Buffer[]): Buffer[][] {
  const but = (at: number, ...instead: Buffer[]) => [...proof.slice(0, at), ...instead, ...proof.slice(at + 1)];
  return [
    ...proof.flatMap((hash, at) => [
      but(at, flip(hash, at % 32)),
      but(at),
      but(at, hash, hash),
      but(at, hash.subarray(1)),
    ]),
    ...proof.slice(1).map((hash, at) => [...proof.slice(0, at), hash, proof[at]!, ...proof.slice(at + 2)]),
    [...proof, leaves[0]!],
    [leaves[0]!, ...proof],
  ];
}
