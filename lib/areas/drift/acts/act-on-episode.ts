import "server-only";
import { z } from "zod";
import { episodeActNames, type EpisodeActInput, type EpisodeDetail } from "@/lib/areas/drift/contract";
import type { ActionResult, PageOf } from "@/lib/kernel/act/action-result";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { runAction } from "@/lib/kernel/act/run-action";
import { CockpitError } from "@/lib/kernel/errors";
import { episodeActs } from "./episode-acts";
import { findEpisodeDetail } from "./read-episode";

const named = z.object({ act: z.enum(episodeActNames) });

/** An act on one episode, by its name; answers the episode as it is afterwards, so that the page need not ask again. */
export function actOnEpisode(page: PageOf, input: EpisodeActInput): Promise<ActionResult<EpisodeDetail>> {
  // As on an item: what names no act goes by the first, and is refused there.
  const act = episodeActs[named.safeParse(input).data?.act ?? "investigate"];
  return runAction(act.action, named.and(act.schema), { page, input }, async (ctx, { act: _, ...asked }) => {
    await act(ctx, asked as never);
    const detail = await findEpisodeDetail(authoriseRead(ctx, "drift.view"), asked.id, ctx.now);
    if (!detail) throw new CockpitError("NOT_FOUND", "There is no such episode of drift.");
    return detail;
  });
}
