"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ask, type AskFailure } from "@/components/shell/ask";
import type { AdviseOverrideInput, ApproveOverrideInput, DenyOverrideInput, OverrideDetail, RevokeOverrideInput, WithdrawOverrideInput } from "@/lib/areas/override/contract";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { putAnswer } from "@/lib/kernel/query/put-answer";
import type { RequestOverride } from "./request-form";

type Answer = Promise<ActionResult<OverrideDetail>>;

/** The server actions of an override. A page hands them down, so that components know of no route. */
export type OverrideActions = {
  approve: (input: ApproveOverrideInput) => Answer;
  deny: (input: DenyOverrideInput) => Answer;
  advise: (input: AdviseOverrideInput) => Answer;
  withdraw: (input: WithdrawOverrideInput) => Answer;
  revoke: (input: RevokeOverrideInput) => Answer;
  request: RequestOverride;
};

/**
 * Runs an act on an override and puts its answer where it is shown; null when it was done, else what to say. Whatever went wrong, the
 * override is read again: most refusals mean that somebody was first, or that what it lets pass has changed.
 */
export function useOverrideAct(): (id: string, run: () => Answer) => Promise<AskFailure | null> {
  const client = useQueryClient();
  return useCallback(
    async (id, run) => {
      const answer = await ask(run);
      if (!answer.done) {
        void client.invalidateQueries({ queryKey: overrideKeys.override(id) });
        return answer.failure;
      }
      await putAnswer(client, [overrideKeys.override(id)], () => client.setQueryData(overrideKeys.override(id), answer.data));
      for (const queryKey of [overrideKeys.overrideLists, overrideKeys.overrideCounts]) void client.invalidateQueries({ queryKey });
      return null;
    },
    [client],
  );
}
