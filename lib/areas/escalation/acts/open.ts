import "server-only";
import type { z } from "zod";
import type { openSchema } from "@/lib/areas/escalation/contract-acts";
import type { Opened } from "@/lib/areas/escalation/payloads";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { addEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import type { Grant } from "@/lib/model/decide";
import { slaMinutesOf } from "@/lib/model/settings";
import { openItems, type Opening } from "./open-items";

type ByPerson = Grant<"escalation.open" | "escalation.reopen">;

/** Opens an item by hand. A policy denial is written into thegent's queue file too, as thegent's own command would. */
export async function openEscalation(ctx: Context, input: z.output<typeof openSchema>): Promise<{ id: string }> {
  const { path, subject, reason, owner, lane } = input;
  const grant = await authorise(ctx, "escalation.open", { kind: "escalation", id: null }, path);
  const minutes = "slaMinutes" in input ? input.slaMinutes : null;
  const opening: Opening = {
    path,
    subject,
    reason,
    owner,
    lane,
    agent: null,
    priority: 0,
    recordCount: 0,
    previousId: null,
    severity: "severity" in input ? input.severity : null,
    startedAt: ctx.now,
    slaMinutes: minutes,
    ...(minutes !== null && { dueAt: new Date(ctx.now.getTime() + minutes * 60_000) }),
  };
  return inTransaction(async (tx) => ({ id: await openOne(tx, ctx, grant, opening, { path, subject, reason }) }));
}

/** Opens it, with what thegent must take up of it. */
export async function openOne(tx: Tx, ctx: Context, grant: ByPerson, opening: Opening, says: Opened): Promise<string> {
  const sourceId = await currentSourceId(tx);
  const [id] = await openItems(tx, grant, sourceId, [opening], ctx.now);
  if (!id)
    throw new CockpitError("CONFLICT", `There is an open item about “${opening.subject}” already.`, {
      subject: "There is an open item about this already.",
    });
  if (opening.path === "policy_denial") {
    const { subject: runId, reason, owner, lane, priority, startedAt } = opening;
    const payload = {
      runId,
      reason,
      owner,
      lane,
      priority,
      slaMinutes: opening.slaMinutes ?? slaMinutesOf(env().settings),
      blockedAt: startedAt.toISOString(),
    };
    await addEffects(tx, grant, [{ subjectId: id, kind: "thegent.add", payload }], ctx.now);
    await scheduleDelivery(tx, grant, sourceId);
  }
  await appendAudit(tx, doneEvent(grant, ctx, { kind: "escalation", id }, null, { opened: true, ...says }));
  return id;
}
