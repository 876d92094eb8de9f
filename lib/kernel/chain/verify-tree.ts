import { leafHash } from "./log/hash";
import { Frontier, type TileHash } from "./log/tree";
import type { TreeHead } from "./log/verify-proofs";
import type { Finding, StoredEvent } from "./verify-chain";

/** What is kept of the Merkle tree beside the events. */
export type KeptTree = { frontier: Uint8Array; tiles: readonly TileHash[] };

const placeOf = ({ level, index }: Pick<TileHash, "level" | "index">): string => `${level} ${index}`;
const span = (level: number): bigint => 1n << BigInt(8 * level);

/**
 * Feeds on events in ascending order of place, one at a time, and grows their tree anew; then answers where what is kept is another. `signed` is
 * what the log's last checkpoint says: the tree must have begun with that.
 */
export class TreeVerifier {
  private readonly tree = Frontier.empty();
  private readonly tiles: TileHash[] = [];
  private rootThen: Uint8Array | null = null;

  constructor(private readonly signed?: TreeHead) {
    this.look();
  }

  add({ body }: Pick<StoredEvent, "body">): void {
    this.tiles.push(...this.tree.add(leafHash(body)));
    this.look();
  }

  private look(): void {
    if (this.signed?.size === this.tree.size) this.rootThen = this.tree.root();
  }

  compare(kept: KeptTree): Finding[] {
    return [...this.compareSigned(), ...this.compareKept(kept)];
  }

  private compareSigned(): Finding[] {
    if (!this.signed) return [];
    const { size, root } = this.signed;
    const find = (kind: Finding["kind"], says: string): Finding[] => [{ kind, seq: size.toString(), says }];
    if (!this.rootThen)
      return find("cut", `The log signed ${size} events, but there are ${this.tree.size}: the end was cut off.`);
    if (Buffer.compare(this.rootThen, root) === 0) return [];
    return find("rewritten", `The first ${size} events are not those that the log signed: the chain was rewritten.`);
  }

  private compareKept({ frontier, tiles }: KeptTree): Finding[] {
    const kept = new Map(tiles.map((one) => [placeOf(one), one.hash]));
    const made = new Set(this.tiles.map(placeOf));
    const find = (level: number, index: bigint, says: string): Finding => ({
      kind: "tree",
      seq: (index * span(level) + 1n).toString(),
      says,
    });
    const range = ({ level, index }: TileHash) => `events ${index * span(level) + 1n} to ${(index + 1n) * span(level)}`;
    return [
      ...this.tiles.flatMap((one) => {
        const hash = kept.get(placeOf(one));
        if (hash && Buffer.compare(hash, one.hash) === 0) return [];
        const what = hash ? "is not theirs" : "is missing";
        return [find(one.level, one.index, `The hash kept of the tree over ${range(one)} ${what}.`)];
      }),
      ...tiles
        .filter((one) => !made.has(placeOf(one)))
        .map((one) =>
          find(one.level, one.index, `A hash is kept of the tree over ${range(one)}, which are not there.`),
        ),
      ...(Buffer.compare(frontier, this.tree.bytes()) === 0
        ? []
        : [find(0, this.tree.size - 1n, "The tree's edge, from which it grows on, is not that of the stored events.")]),
    ];
  }
}
