"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { withdrawOffer } from "@/components/shell/announcer";
import { ask, type AskFailure } from "@/components/shell/ask";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import type { AdviseInput, AssignInput, CancelInput, ClaimInput, CommentInput, ReopenInput, ReportInput, ResolveInput, SignOffInput } from "@/lib/areas/escalation/contract-acts";
import { mergeEscalation } from "@/lib/areas/escalation/queries/merge";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import type { RequestOverrideInput } from "@/lib/areas/override/port";
import type { ActionResult } from "@/lib/kernel/act/action-result";

type Answer = Promise<ActionResult<EscalationDetail>>;

/** The server actions of an item. A page hands them down, so that components know of no route. */
export type EscalationActions = {
  claim: (input: ClaimInput) => Answer;
  assign: (input: AssignInput) => Answer;
  release: (input: ClaimInput) => Answer;
  report: (input: ReportInput) => Answer;
  resolve: (input: ResolveInput) => Answer;
  cancel: (input: CancelInput) => Answer;
  retry: (input: ClaimInput) => Answer;
  addAgain: (input: ClaimInput) => Answer;
  comment: (input: CommentInput) => Answer;
  advise: (input: AdviseInput) => Answer;
  signOff: (input: SignOffInput) => Answer;
  /** Answers the new item's id. */
  reopen: (input: ReopenInput) => Promise<ActionResult<{ id: string }>>;
  /** Answers the request's id. */
  requestOverride: (input: RequestOverrideInput) => Promise<ActionResult<{ id: string }>>;
};


/**
 * Runs an action on an item and puts its answer where the item is shown; null when it was done, else what to say. Whatever went wrong,
 * the item is read again, since most refusals mean that somebody was first.
 */
export function useAct(): (id: string, run: () => Answer) => Promise<AskFailure | null> {
  const client = useQueryClient();
  return useCallback(
    async (id, run) => {
      withdrawOffer();
      const answer = await ask(run);
      if (answer.done) {
        await mergeEscalation(client, answer.data);
        return null;
      }
      void client.invalidateQueries({ queryKey: escalationKeys.detail(id) });
      void client.invalidateQueries({ queryKey: escalationKeys.lists });
      return answer.failure;
    },
    [client],
  );
}
