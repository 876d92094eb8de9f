import "server-only";
import { beganWith } from "@/lib/areas/drift/domain/beginning";
import { nextEpisodes, type Episode } from "@/lib/areas/drift/domain/episodes";
import { budgetOf } from "@/lib/areas/drift/domain/figures";
import { foundIn } from "@/lib/areas/drift/domain/found";
import { sayEpisode } from "@/lib/areas/drift/domain/say-episode";
import {
  endWaiver,
  holdDrift,
  holdOpenItems,
  insertEpisode,
  listEpisodes,
  noteFine,
} from "@/lib/areas/drift/store/episodes";
import { findDrift } from "@/lib/areas/drift/read/stored";
import { closeRecovered, openByTriggerWith } from "@/lib/areas/escalation/port";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import type { Passing } from "@/lib/kernel/subject/pass-time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

const following = grantSystem(operatingModel, "drift.follow", "The cockpit");
const recovering = grantSystem(operatingModel, "drift.recover", "The cockpit");
const ending = grantSystem(operatingModel, "drift.end-waiver", "The clock");

/** Drift that comes and goes within an hour is one episode. */
const quietMinutes = 60;

/**
 * Looks at the figures as they stand: opens an episode, an item of the queue, of each contract and provider of which drift is found and none
 * is open nor a decision holds; closes those of which nothing was found for an hour, unless somebody remediates them; ends waivers, and opens what was
 * accepted again where it is still found. However often it is called, and by however many workers, everything happens once. Nothing happens while the
 * telemetry is not read to its end.
 */
export async function lookAtDrift({ sourceId, now: clock, requestId }: Passing): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await holdDrift(tx, following, sourceId))) return;
    await holdOpenItems(tx, following, sourceId);
    const by = { now: clock(), requestId };
    const { window } = (await findDrift(tx, sourceId))!;
    const episodes = await listEpisodes(tx, sourceId);
    const { open, changed, lapsed } = nextEpisodes(episodes, foundIn(window), { now: by.now, quietMinutes });
    await noteFine(tx, following, changed);
    const recovered = changed.filter(({ status }) => status === "recovered").map(({ id }) => id);
    if (recovered.length) await closeRecovered(tx, recovering, recovered, by, { quietMinutes });
    const waivers = new Map(episodes.flatMap((one) => (one.status === "accepted" ? [[one.id, one] as const] : [])));
    for (const id of lapsed) await hearEnd(tx, waivers.get(id)!, null, by);
    const figures = budgetOf(window);
    for (const { contract, provider, findings, previousId } of open) {
      const about = sayEpisode({ contract, provider, findings });
      const facts = { sourceId, path: "contract_drift" as const, severity: null, ...by };
      const id = await openByTriggerWith(tx, { ...facts, ...about });
      // Null: somebody opened an item about the same by hand, and works on it.
      if (!id) continue;
      const episode = { id, contract, provider, findings, previousId, figures, beganWith: beganWith(findings, window) };
      await insertEpisode(tx, following, sourceId, episode, by.now);
      const waiver = previousId && waivers.get(previousId);
      if (waiver) await hearEnd(tx, waiver, id, by);
    }
  });
}

/** The end of a waiver, which the story of what was accepted tells; `returnedAs`: the episode that it is again, null where it had gone. */
async function hearEnd(
  tx: Tx,
  { id, acceptedUntil }: Episode,
  returnedAs: string | null,
  by: { now: Date; requestId: string },
): Promise<void> {
  await endWaiver(tx, ending, id, by.now);
  const before = { status: "accepted" as const, until: acceptedUntil!.toISOString() };
  await appendAudit(tx, doneEvent(ending, by, { kind: "escalation", id }, before, { returnedAs }));
}
