import "server-only";
import type { Tx } from "@/lib/kernel/db/client";
import { nodeHash } from "./log/hash";
import type { HashReader } from "./log/prove";
import { Frontier, tileHeight, type Subtree } from "./log/tree";
import type { TreeHead } from "./log/verify-proofs";

/** The log is not what it must be, and why: nothing of it is proven, and nothing signed. */
export class NotProven extends Error {}

/** The tree as the last append left it. */
export async function readTreeHead(tx: Tx): Promise<TreeHead> {
  const [head] = await tx.$queryRaw<
    { seq: bigint; frontier: Uint8Array }[]
  >`SELECT "seq", "frontier" FROM "AuditHead" WHERE "id" = 1`;
  const tree = head ? readFrontier(head.seq, head.frontier) : Frontier.empty();
  return { size: tree.size, root: tree.root() };
}

function readFrontier(size: bigint, bytes: Uint8Array): Frontier {
  try {
    return Frontier.read(size, bytes);
  } catch (error) {
    throw new NotProven((error as Error).message);
  }
}

/** The exact text of an event; null when there is none of that place. */
export async function readEventBody(tx: Tx, seq: bigint): Promise<string | null> {
  const [event] = await tx.$queryRaw<{ body: string }[]>`SELECT "body" FROM "AuditEvent" WHERE "seq" = ${seq}`;
  return event?.body ?? null;
}

/** The hashes next below a subtree that are kept: at most 128 of one level, leaves of events or hashes of tiles. */
function partsOf({ height, index }: Subtree): { level: number; from: bigint; count: bigint } {
  const level = Math.floor(height / tileHeight);
  const above = BigInt(height - level * tileHeight);
  return { level, from: index << above, count: 1n << above };
}

/**
 * Roots of complete subtrees, in one statement that reads at most 128 rows for each, however long the chain. Throws a NotProven when one is missing. Nothing
 * of it is believed: whoever asks verifies the proof that is made of it.
 */
export const readHashes =
  (tx: Tx): HashReader =>
  async (subtrees) => {
    const parts = subtrees.map(partsOf);
    const asked = parts.map(({ level, from, count }, at) => ({
      at,
      level,
      from: from.toString(),
      end: (from + count).toString(),
    }));
    const rows = await tx.$queryRaw<{ at: number; hash: Uint8Array }[]>`
      SELECT r."at", h."hash"
      FROM json_to_recordset(${JSON.stringify(asked)}::json) AS r("at" int, "level" smallint, "from" bigint, "end" bigint)
      CROSS JOIN LATERAL (
        SELECT e."seq" - 1 AS "index", e."leaf" AS "hash" FROM "AuditEvent" e
        WHERE r."level" = 0 AND e."seq" > r."from" AND e."seq" <= r."end"
        UNION ALL
        SELECT t."index", t."hash" FROM "AuditTileHash" t
        WHERE t."level" = r."level" AND t."index" >= r."from" AND t."index" < r."end") h
      ORDER BY r."at", h."index"`;
    const found = parts.map((): Uint8Array[] => []);
    for (const { at, hash } of rows) found[at]!.push(hash);
    return parts.map(({ level, from, count }, at) => {
      const hashes = found[at]!;
      if (BigInt(hashes.length) !== count)
        throw new NotProven(
          `The tree over the chain lacks hashes of level ${level} from ${from} on; \`verify chain\` says more.`,
        );
      return completeRoot(hashes);
    });
  };

/** Of a power of two of neighbours. */
function completeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1)
    level = Array.from({ length: level.length / 2 }, (_, at) => nodeHash(level[2 * at]!, level[2 * at + 1]!));
  return level[0]!;
}
