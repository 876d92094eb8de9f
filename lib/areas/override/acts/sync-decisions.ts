import "server-only";
import { randomUUID } from "node:crypto";
import { decideUnborne, type Unborne } from "@/lib/areas/override/domain/borne";
import type { Evidence, OverrideLine } from "@/lib/areas/override/domain/findings";
import { applyFindings, listTaken } from "@/lib/areas/override/store/findings";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import type { Tx } from "@/lib/kernel/db/client";
import { reopenEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import type { FindingSource } from "./sync-findings";

/**
 * What was decided here of overrides, and thegent's file says no more, is carried out again, with a finding for who is accountable; in the
 * transaction that records the lines. `whole`: these are all lines that the file holds.
 */
export async function syncDecisions(
  tx: Tx,
  fileId: string,
  { sourceId, onDisk }: FindingSource,
  evidence: readonly Evidence[],
  whole: boolean,
  now: Date,
): Promise<void> {
  if (!onDisk) return;
  const lines = evidence.filter((one): one is OverrideLine => one.of === "override");
  const honoured = lines.flatMap(({ owner, expiresAt }) => (expiresAt > now ? [owner] : []));
  if (!whole && !honoured.length) return;
  const taken = await listTaken(tx, sourceId, [...new Set(honoured)], now);
  const suspected = decideUnborne(taken, lines, whole, now);
  const unborne = suspected.length
    ? await stillSo(suspected, (current) => decideUnborne(taken, current, true, now), onDisk)
    : [];
  if (!unborne.length) return;
  const grant = grantSystem(operatingModel, "override.sync", "The cockpit");
  const again = new Set(
    await reopenEffects(
      tx,
      grant,
      unborne.flatMap((one) => (one.do === "tell" ? [] : [one.effectId])),
    ),
  );
  const told = unborne.filter((one) => one.do === "tell" || again.has(one.overrideId));
  const found = await applyFindings(
    tx,
    grant,
    sourceId,
    told.map(({ finding }) => finding),
    false,
    now,
  );
  if (again.size) await scheduleDelivery(tx, grant, sourceId);
  if (!found.length) return;
  const what = { found: { count: found.length, ids: found }, ended: idsOf(told, "end"), written: idsOf(told, "write") };
  await appendAudit(tx, doneEvent(grant, { now, requestId: randomUUID() }, { kind: "file", id: fileId }, null, what));
}

/**
 * What the file says at this moment, now that the decisions were read: an end is written in place, so that a reading from before it cannot
 * be told from one after it. A file that is gone says nothing.
 */
async function stillSo(
  suspected: readonly Unborne[],
  decide: (lines: readonly OverrideLine[]) => Unborne[],
  onDisk: () => Promise<Evidence[] | null>,
): Promise<Unborne[]> {
  const current = await onDisk();
  const now = current ? decide(current.filter((one): one is OverrideLine => one.of === "override")) : [];
  return suspected.filter((one) => now.some((other) => other.overrideId === one.overrideId && other.do === one.do));
}

const idsOf = (told: readonly Unborne[], what: Unborne["do"]): string[] =>
  told.flatMap((one) => (one.do === what ? [one.overrideId] : []));
