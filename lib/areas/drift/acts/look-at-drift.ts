import "server-only";
import { regressionsOf } from "@/lib/areas/drift/domain/detect";
import { thegentBudgets } from "@/lib/areas/drift/domain/drift";
import type { DriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { findingsOf, nextEpisodes, type Finding } from "@/lib/areas/drift/domain/episodes";
import { budgetOf, driftRatesOf } from "@/lib/areas/drift/domain/figures";
import { sayEpisode } from "@/lib/areas/drift/domain/say-episode";
import { holdDrift, insertEpisode, listOpenEpisodes, noteFine } from "@/lib/areas/drift/store/episodes";
import { findDrift } from "@/lib/areas/drift/store/telemetry";
import { closeRecovered, openByTriggerWith } from "@/lib/areas/escalation/port";
import { inTransaction } from "@/lib/kernel/db/client";
import type { Passing } from "@/lib/kernel/subject/pass-time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

const following = grantSystem(operatingModel, "drift.follow", "The cockpit");
const recovering = grantSystem(operatingModel, "drift.recover", "The cockpit");

/** Drift that comes and goes within an hour is one episode. */
const quietMinutes = 60;

/**
 * Looks at the figures as they stand: opens an episode, an item of the queue, of each contract and provider of which drift is found and none
 * is open; closes those of which nothing was found for an hour, unless somebody remediates them. However often it is called, and by however many
 * workers, everything happens once. Nothing happens while the telemetry is not read to its end.
 */
export async function lookAtDrift({ sourceId, now: clock, requestId }: Passing): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await holdDrift(tx, following, sourceId))) return;
    const now = clock();
    const { window } = (await findDrift(tx, sourceId))!;
    const episodes = await listOpenEpisodes(tx, sourceId);
    const { open, changed } = nextEpisodes(episodes, findingsIn(window), { now, quietMinutes });
    await noteFine(tx, following, changed);
    const recovered = changed.filter(({ status }) => status === "recovered").map(({ id }) => id);
    if (recovered.length) await closeRecovered(tx, recovering, recovered, { now, requestId }, { quietMinutes });
    const budget = budgetOf(window);
    for (const { contract, provider, findings } of open) {
      const about = sayEpisode({ contract, provider, findings });
      const facts = { sourceId, path: "contract_drift" as const, severity: null, now, requestId };
      const id = await openByTriggerWith(tx, { ...facts, ...about });
      // Null: somebody opened an item about the same by hand, and works on it.
      if (id) await insertEpisode(tx, following, sourceId, { id, contract, provider, findings, figures: budget }, now);
    }
  });
}

/** Null: thegent's own figures fail on this telemetry. */
function findingsIn(window: DriftWindow): Finding[] | null {
  const [regressions, rates] = [regressionsOf(window), driftRatesOf(window)];
  return regressions.ok && rates.ok ? findingsOf(regressions.value, rates.value, thegentBudgets) : null;
}
