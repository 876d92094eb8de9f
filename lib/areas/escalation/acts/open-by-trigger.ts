import "server-only";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import type { Severity } from "@/lib/model/severities";
import { openItems, type Opening } from "./open-items";

type Trigger = {
  sourceId: string;
  path: "incident" | "integrity" | "contract_drift";
  subject: string;
  reason: string;
  severity: Severity | null;
  now: Date;
  requestId: string;
};

/** Opens an item that no person declared; once per episode: null while one about the same is open. */
export const openByTrigger = (trigger: Trigger): Promise<string | null> =>
  inTransaction((tx) => openByTriggerWith(tx, trigger));

/** The same, with what it is opened for or not at all. Last in its transaction, because it records itself. */
export async function openByTriggerWith(
  tx: Tx,
  { sourceId, now, requestId, ...facts }: Trigger,
): Promise<string | null> {
  const grant = grantSystem(operatingModel, "escalation.trigger", "The cockpit");
  const opening: Opening = {
    ...facts,
    owner: null,
    lane: "standard",
    agent: null,
    priority: 0,
    recordCount: 0,
    slaMinutes: null,
    previousId: null,
    startedAt: now,
  };
  const [id] = await openItems(tx, grant, sourceId, [opening], now);
  if (!id) return null;
  await appendAudit(
    tx,
    doneEvent(grant, { now, requestId }, { kind: "escalation", id }, null, { opened: true, ...facts }),
  );
  return id;
}
