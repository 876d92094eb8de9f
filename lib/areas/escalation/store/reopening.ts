import "server-only";
import type { Tx } from "@/lib/kernel/db/client";

/** The lane and priority of an item, which what reopens it takes over. */
export async function findPlace(tx: Tx, id: string): Promise<{ lane: string; priority: number }> {
  return tx.escalation.findUniqueOrThrow({ where: { id }, select: { lane: true, priority: true } });
}
