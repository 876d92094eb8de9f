"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ask, type AskFailure } from "@/components/shell/ask";
import type { OverrideActInput, OverrideDetail } from "@/lib/areas/override/contract";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { putAnswer } from "@/lib/kernel/query/put-answer";
import type { RequestOverride } from "./request-form";

/** The server actions of an override. A page hands them down, so that components know of no route. */
export type OverrideActions = {
  act: (input: OverrideActInput) => Promise<ActionResult<OverrideDetail>>;
  request: RequestOverride;
};

export type DoAct = (input: OverrideActInput) => Promise<AskFailure | null>;

/**
 * Does an act on an override and puts its answer where it is shown; null when it was done, else what to say. Whatever went wrong, the
 * override is read again: most refusals mean that somebody was first, or that what it lets pass has changed.
 */
export function useOverrideAct(act: OverrideActions["act"]): DoAct {
  const client = useQueryClient();
  return useCallback(
    async (input) => {
      const key = overrideKeys.override(input.id);
      const answer = await ask(() => act(input));
      if (!answer.done) {
        void client.invalidateQueries({ queryKey: key });
        return answer.failure;
      }
      await putAnswer(client, [key], () => client.setQueryData(key, answer.data));
      for (const queryKey of [overrideKeys.overrideLists, overrideKeys.overrideCounts])
        void client.invalidateQueries({ queryKey });
      return null;
    },
    [client, act],
  );
}
