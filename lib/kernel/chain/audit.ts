import "server-only";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { toAuditEvent, type DoneEvent, type RefusedEvent } from "./act-event";
import { genesisHash, sealEvent } from "./audit-event";
import { leafHash } from "./log/hash";
import { Frontier, type TileHash } from "./log/tree";
import type { KeptTree } from "./verify-tree";
import type { StoredEvent, Head } from "./verify-chain";

/** Adds one event to the cockpit's chain; see appendAuditAll. */
export async function appendAudit(tx: Tx, event: DoneEvent | RefusedEvent): Promise<void> {
  await appendAuditAll(tx, [event]);
}

/**
 * Adds events to the cockpit's chain and to the Merkle tree over it, inside the transaction of the acts they record, in two statements however
 * many and however long the chain. Each brings the grant that did what it tells, or the refusal. Locks the head until that transaction ends, so appenders queue up and the chain cannot fork: append as the last thing before the commit.
 */
export async function appendAuditAll(tx: Tx, events: readonly (DoneEvent | RefusedEvent)[]): Promise<void> {
  if (!events.length) return;
  const [head] = await tx.$queryRaw<
    (Head & { frontier: Uint8Array })[]
  >`SELECT "seq", "hash", "frontier" FROM "AuditHead" WHERE "id" = 1 FOR UPDATE`;
  let { seq, hash } = head ?? { seq: 0n, hash: genesisHash };
  const tree = head ? Frontier.read(seq, head.frontier) : Frontier.empty();
  const tiles: { level: number; index: string; hash: string }[] = [];
  const rows = events.map((event) => {
    const sealed = sealEvent(toAuditEvent(event), ++seq, hash);
    hash = sealed.hash;
    for (const final of tree.add(leafHash(sealed.body)))
      tiles.push({ level: final.level, index: final.index.toString(), hash: final.hash.toString("hex") });
    return { seq: seq.toString(), ...sealed };
  });
  await tx.$executeRaw`
    WITH "event" AS (
      INSERT INTO "AuditEvent" ("seq", "body", "hash")
      SELECT e."seq", e."body", e."hash" FROM json_to_recordset(${JSON.stringify(rows)}::json) AS e("seq" bigint, "body" text, "hash" text)),
    "tile" AS (
      INSERT INTO "AuditTileHash" ("level", "index", "hash")
      SELECT t."level", t."index", decode(t."hash", 'hex') FROM json_to_recordset(${JSON.stringify(tiles)}::json) AS t("level" smallint, "index" bigint, "hash" text))
    UPDATE "AuditHead" SET "seq" = ${seq}, "hash" = ${hash}, "frontier" = ${tree.bytes()} WHERE "id" = 1`;
}

/** Adds an event, unless the chain has one of the same action and request already: for what is told after it was done. */
export async function appendAuditOnce(tx: Tx, event: DoneEvent): Promise<void> {
  // Whoever tells the same waits here, and then finds it.
  await tx.$queryRaw`SELECT 1 FROM "AuditHead" WHERE "id" = 1 FOR UPDATE`;
  const said = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM "AuditEvent" WHERE "action" = ${event.grant.action} AND "requestId" = ${event.requestId} LIMIT 1`;
  if (!said.length) await appendAudit(tx, event);
}

/** The whole chain in order, a thousand events at a time, then the head, and what is to be held against it; all from one snapshot. */
export async function readChain<Beside>(
  each: (event: StoredEvent) => void,
  beside: (tx: Tx) => Promise<Beside>,
): Promise<{ head: Head; tree: KeptTree; beside: Beside }> {
  return inTransaction(
    async (tx) => {
      for (let after = 0n; ;) {
        const events = await tx.$queryRaw<StoredEvent[]>`
          SELECT "seq", "body", "hash" FROM "AuditEvent" WHERE "seq" > ${after} ORDER BY "seq" LIMIT 1000`;
        if (!events.length) break;
        events.forEach(each);
        after = events.at(-1)!.seq;
      }
      const [head] = await tx.$queryRaw<
        (Head & { frontier: Uint8Array })[]
      >`SELECT "seq", "hash", "frontier" FROM "AuditHead" WHERE "id" = 1`;
      const tiles = await tx.$queryRaw<
        TileHash[]
      >`SELECT "level", "index", "hash" FROM "AuditTileHash" ORDER BY "level", "index"`;
      const tree = { frontier: head?.frontier ?? new Uint8Array(), tiles };
      return { head: head ?? { seq: 0n, hash: genesisHash }, tree, beside: await beside(tx) };
    },
    { isolationLevel: "RepeatableRead", timeoutMs: 3_600_000 },
  );
}
