import "server-only";
import type { EpisodeDetail } from "@/lib/areas/drift/contract";
import { findEpisodeFacts } from "@/lib/areas/drift/read/episode";
import { prepareTimeline, wordsOfActs } from "@/lib/areas/escalation/port";
import { viewActs } from "@/lib/kernel/act/offer";
import type { Grant } from "@/lib/model/decide";
import { episodeActs, wordsOfEpisodeActs } from "./episode-acts";

/** Everything about one episode, its story (its item's, too), and what the reader may do with it. Null: there is no such one. */
export async function findEpisodeDetail(
  grant: Grant<"drift.view">,
  id: string,
  now: Date,
): Promise<EpisodeDetail | null> {
  const found = await findEpisodeFacts(grant, id, now);
  if (!found) return null;
  const { shown, story } = found;
  const { actor } = grant;
  const acts = viewActs(Object.values(episodeActs), { shown, meId: actor.id }, actor.kind === "person" ? actor : null);
  const item = {
    path: "contract_drift" as const,
    openedByHand: false,
    blockedAt: story.openedAt,
    openedAt: story.openedAt,
    closedAt: null,
    closedIn: null,
    thegentWord: null,
  };
  const timeline = prepareTimeline({ item, events: story.events }, { ...wordsOfActs, ...wordsOfEpisodeActs });
  return { ...shown, acts, timeline };
}
