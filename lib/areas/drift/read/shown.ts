import "server-only";
import { regressionsOf } from "@/lib/areas/drift/domain/detect";
import { emptyDriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { budgetOf } from "@/lib/areas/drift/domain/figures";
import { foundIn } from "@/lib/areas/drift/domain/found";
import { followed } from "@/lib/areas/drift/domain/rule";
import { shownOf, type Shown } from "@/lib/areas/drift/domain/shown";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { StoredEpisode } from "./reviewed";
import { findDrift } from "./stored";

/** As many as make a difference to anybody. */
const mostDenied = 1_000;

type Subject = Pick<StoredEpisode, "sourceId" | "contract" | "provider" | "openedAt">;

/** What a decision on the episode is bound to, as it is now. */
export async function readShown(tx: Tx | null, episode: Subject): Promise<Shown> {
  const stored = await findDrift(tx, episode.sourceId);
  const denied = await countDenied(tx, episode);
  const window = stored?.window ?? emptyDriftWindow(followed, false);
  return shownOf(episode, {
    findings: foundIn(window),
    budget: budgetOf(window),
    regressions: regressionsOf(window),
    denied,
  });
}

/** thegent denies runs of the critical lane for the budget alone, which is about all lines (FORMATS §5, rule 2b). Closed items are found by when they closed. */
async function countDenied(tx: Tx | null, { sourceId, contract, provider, openedAt }: Subject): Promise<number> {
  if (contract !== null || provider !== null) return 0;
  const [row] = await (tx ?? db()).$queryRaw<{ runs: number }[]>`
    SELECT count(*)::int AS "runs" FROM (
      SELECT DISTINCT e."runId" FROM "Escalation" e
      WHERE e."sourceId" = ${sourceId}::uuid AND e."path" = 'policy_denial' AND (e."status" IN ('open', 'claimed') OR (e."status" NOT IN ('open', 'claimed') AND e."closedAt" >= ${openedAt}))
        AND e."blockedAt" >= ${openedAt} AND e."reason" LIKE 'Critical lane blocked: contract drift exceeds budget%' LIMIT ${mostDenied}) r`;
  return row!.runs;
}
