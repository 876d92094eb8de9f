import "server-only";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { prepareTimeline } from "@/lib/areas/escalation/domain/timeline";
import { findEscalationFacts } from "@/lib/areas/escalation/read/detail";
import { viewActs } from "@/lib/kernel/act/offer";
import type { Grant } from "@/lib/model/decide";
import { itemOffers, wordsOfActs } from "./escalation-acts";

/** Everything about one item, its story, and what the reader may do with it. Null: there is no such item. */
export async function findEscalationDetail(
  grant: Grant<"escalation.view">,
  id: string,
  now: Date,
): Promise<EscalationDetail | null> {
  const found = await findEscalationFacts(grant, id, now);
  if (!found) return null;
  const { item, shown, colleagues, story } = found;
  const { actor } = grant;
  const acts = viewActs(
    itemOffers,
    { item, shown, colleagues, me: { personId: actor.id, now } },
    actor.kind === "person" ? actor : null,
  );
  return { ...shown, acts, timeline: prepareTimeline(story, wordsOfActs) };
}
