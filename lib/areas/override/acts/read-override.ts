import "server-only";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import { prepareOverrideTimeline } from "@/lib/areas/override/domain/timeline";
import { findOverrideFacts } from "@/lib/areas/override/read/detail";
import { viewActs } from "@/lib/kernel/act/offer";
import type { Grant } from "@/lib/model/decide";
import { overrideOffers, wordsOfOverrideActs } from "./override-acts";

/** Everything about one override, its story, and what the reader may do with it. Null: there is no such one. */
export async function findOverrideDetail(
  grant: Grant<"override.view">,
  id: string,
  now: Date,
): Promise<OverrideDetail | null> {
  const found = await findOverrideFacts(grant, id, now);
  if (!found) return null;
  const { shown, rights, story } = found;
  const { actor } = grant;
  const acts = viewActs(overrideOffers, { shown, rights, meId: actor.id }, actor.kind === "person" ? actor : null);
  return { ...shown, acts, timeline: prepareOverrideTimeline(story, wordsOfOverrideActs) };
}
