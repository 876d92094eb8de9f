import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { db, type Tx } from "./client";

/** What "thegent.resolve" needs: whose records, the word, and the instant of the decision. */
export type ResolvePayload = { runId: string; word: string; at: string };
/** What "thegent.add" needs: the record, its instant as ISO 8601. */
export type AddPayload = { runId: string; reason: string; owner: string | null; lane: string; priority: number; slaMinutes: number; blockedAt: string };

/** What "thegent.override" needs: the record, instants as ISO 8601. */
export type OverridePayload = { owner: string; reason: string; at: string; expiresAt: string };
/** What "thegent.end-override" needs: which record, and from when it is honoured no more. */
export type EndOverridePayload = OverridePayload & { endAt: string };

export type NewEffect =
  | { escalationId: string; kind: "thegent.resolve"; payload: ResolvePayload }
  | { escalationId: string; kind: "thegent.add"; payload: AddPayload }
  | { overrideId: string; kind: "thegent.override"; payload: OverridePayload }
  | { overrideId: string; kind: "thegent.end-override"; payload: EndOverridePayload };

/** `closed`: identity keys of the records it closed when it was applied before, and thegent wrote over them. */
export type PendingEffect = { id: string; closed: string[] } & NewEffect;

/** Notes, in the acts' own transaction, that thegent must still take them up. */
export async function addEffects(tx: Tx, _grant: Grant<"escalation.resolve" | "escalation.cancel" | "escalation.open" | "escalation.reopen" | "override.decide" | "override.revoke">, effects: readonly NewEffect[], now: Date): Promise<void> {
  await tx.effect.createMany({ data: effects.map((effect, seq) => ({ ...effect, id: uuidv7({ msecs: now.getTime(), seq }), createdAt: now })) });
}

/** A failed effect becomes pending again. False: it was not failed. */
export async function retryEffect(tx: Tx, _grant: Grant<"escalation.retry">, escalationId: string): Promise<boolean> {
  const { count } = await tx.effect.updateMany({ where: { escalationId, status: "failed" }, data: { status: "pending" } });
  return count > 0;
}

/** What a source's thegent must still take up, oldest first. Failed ones are tried again too. */
export async function listUnapplied(_grant: Grant<"escalation.take-up">, sourceId: string, most: number): Promise<PendingEffect[]> {
  const effects = await db().effect.findMany({
    where: { status: { not: "applied" }, OR: [{ escalation: { sourceId } }, { override: { sourceId } }] },
    orderBy: { createdAt: "asc" },
    take: most,
    select: { id: true, escalationId: true, overrideId: true, kind: true, payload: true, result: true },
  });
  return effects.map(({ result, ...effect }) => ({ ...(effect as unknown as { id: string } & NewEffect), closed: (result as { closed?: string[] } | null)?.closed ?? [] }));
}

/** False: another worker was faster. `closed` are the identity keys of all records it has closed in the file so far. */
export async function markApplied(tx: Tx, _grant: Grant<"escalation.take-up">, id: string, closed: string[], now: Date): Promise<boolean> {
  const { count } = await tx.effect.updateMany({
    where: { id, status: { not: "applied" } },
    data: { status: "applied", appliedAt: now, lastTriedAt: now, lastError: null, attempts: { increment: 1 }, result: { closed } },
  });
  return count === 1;
}

/** The first `patience` failures stay "pending": they are retried within seconds. After that people are shown the reason. */
export async function markFailed(_grant: Grant<"escalation.take-up">, ids: string[], reason: string, now: Date, patience: number): Promise<void> {
  const where = { id: { in: ids }, status: { not: "applied" as const } };
  await db().$transaction([
    db().effect.updateMany({ where, data: { attempts: { increment: 1 }, lastError: reason.slice(0, 500), lastTriedAt: now } }),
    db().effect.updateMany({ where: { ...where, attempts: { gte: patience } }, data: { status: "failed" } }),
  ]);
}
