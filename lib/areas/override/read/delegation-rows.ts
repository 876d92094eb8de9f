import "server-only";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { Delegation } from "@/lib/model/delegation";

/** Delegations to or from these people that are not over. */
export async function listDelegations(tx: Tx | null, now: Date): Promise<Delegation[]> {
  return (tx ?? db()).delegation.findMany({
    where: { endedAt: null, until: { gt: now } },
    select: { id: true, fromId: true, toId: true, from: true, until: true, endedAt: true },
    orderBy: { from: "asc" },
  });
}

/** What lets this person decide in somebody's place – the delegations, who gave them and the roles of both – stays as it is until the transaction ends. */
export async function holdDelegationsTo(tx: Tx, personId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "Delegation" d JOIN "Person" p ON p."id" IN (d."fromId", d."toId") JOIN "RoleHolding" r ON r."personId" = p."id"
    WHERE d."toId" = ${personId}::uuid AND d."endedAt" IS NULL FOR SHARE`;
}
