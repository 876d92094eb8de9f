"use server";

import { actOnEpisode as act } from "@/lib/areas/drift/acts/act-on-episode";
import type { EpisodeActInput, EpisodeDetail } from "@/lib/areas/drift/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";

/** Any act on one episode of drift. */
export async function actOnEpisode(page: PageOf, input: EpisodeActInput): Promise<ActionResult<EpisodeDetail>> {
  return act(page, input);
}
