import "server-only";
import { genesisHash, sealEvent, type AuditEvent } from "@/lib/domain/chain/audit-event";
import type { StoredEvent, Head } from "@/lib/domain/chain/verify-chain";
import { db, type Tx } from "./client";

/**
 * Adds one event to the cockpit's chain, inside the transaction of the act it records. Locks the head until that transaction
 * ends, so appenders queue up and the chain cannot fork: append as the last thing before the commit.
 */
export async function appendAudit(tx: Tx, event: AuditEvent): Promise<{ seq: bigint; hash: string }> {
  const [head] = await tx.$queryRaw<Head[]>`SELECT "seq", "hash" FROM "AuditHead" WHERE "id" = 1 FOR UPDATE`;
  const seq = (head?.seq ?? 0n) + 1n;
  const { body, hash } = sealEvent(event, seq, head?.hash ?? genesisHash);
  await tx.$executeRaw`
    WITH "event" AS (INSERT INTO "AuditEvent" ("seq", "body", "hash") VALUES (${seq}, ${body}, ${hash}))
    UPDATE "AuditHead" SET "seq" = ${seq}, "hash" = ${hash} WHERE "id" = 1`;
  return { seq, hash };
}

/** The whole chain in order, a thousand events at a time, then the head; both from one snapshot. */
export async function readChain(each: (event: StoredEvent) => void): Promise<Head> {
  return db().$transaction(
    async (tx) => {
      for (let after = 0n; ; ) {
        const events = await tx.$queryRaw<StoredEvent[]>`
          SELECT "seq", "body", "hash" FROM "AuditEvent" WHERE "seq" > ${after} ORDER BY "seq" LIMIT 1000`;
        if (!events.length) break;
        events.forEach(each);
        after = events.at(-1)!.seq;
      }
      const [head] = await tx.$queryRaw<Head[]>`SELECT "seq", "hash" FROM "AuditHead" WHERE "id" = 1`;
      return head ?? { seq: 0n, hash: genesisHash };
    },
    { isolationLevel: "RepeatableRead", timeout: 3_600_000, maxWait: 10_000 },
  );
}
