"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ask, type AskFailure } from "@/components/shell/ask";
import type { EpisodeActInput, EpisodeDetail } from "@/lib/areas/drift/contract";
import { driftKeys } from "@/lib/areas/drift/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { putAnswer } from "@/lib/kernel/query/put-answer";

/** The server actions of an episode. A page hands them down, so that components know of no route. */
export type EpisodeActions = { act: (input: EpisodeActInput) => Promise<ActionResult<EpisodeDetail>> };

/**
 * Does an act on an episode and puts its answer where it is shown; null when it was done, else what to say. Whatever went wrong, the episode is
 * read again: most refusals mean that somebody was first, or that what is known of the drift has changed.
 */
export function useEpisodeAct(act: EpisodeActions["act"]): (input: EpisodeActInput) => Promise<AskFailure | null> {
  const client = useQueryClient();
  return useCallback(
    async (input) => {
      const key = driftKeys.episode(input.id);
      const answer = await ask(() => act(input));
      if (!answer.done) {
        void client.invalidateQueries({ queryKey: key });
        return answer.failure;
      }
      await putAnswer(client, [key], () => client.setQueryData(key, answer.data));
      return null;
    },
    [client, act],
  );
}
