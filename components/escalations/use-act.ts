"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ActionResult } from "@/lib/contracts/action-result";
import type { AdviseInput, AssignInput, CancelInput, ClaimInput, CommentInput, EscalationDetail, ReopenInput, ReportInput, ResolveInput, SignOffInput } from "@/lib/contracts/escalations";
import { keys } from "@/lib/queries/options";
import { mergeEscalation } from "@/lib/queries/merge-escalation";

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
  comment: (input: CommentInput) => Answer;
  advise: (input: AdviseInput) => Answer;
  signOff: (input: SignOffInput) => Answer;
  /** Answers the new item's id. */
  reopen: (input: ReopenInput) => Promise<ActionResult<{ id: string }>>;
};

export type ActFailure = { message: string; requestId: string | null; fields?: Record<string, string> };

/** What is said when an action got no answer: it may or may not have been done, so the item is read again. */
export function withoutAnswer(error: unknown): ActFailure {
  const old = error instanceof Error && /Server Action/i.test(error.message);
  return {
    message: old
      ? "This page is older than the server. Copy what you typed, then reload the page."
      : "No answer came from the server, so it is not known whether this was done. What the item shows is read again; what you typed is kept.",
    requestId: null,
  };
}

/**
 * Runs an action on an item and puts its answer where the item is shown; null when it was done, else what to say. Whatever went wrong,
 * the item is read again, since most refusals mean that somebody was first.
 */
export function useAct(): (id: string, run: () => Answer) => Promise<ActFailure | null> {
  const client = useQueryClient();
  return useCallback(
    async (id, run) => {
      const answer = await run().catch(withoutAnswer);
      if ("ok" in answer && answer.ok) {
        await mergeEscalation(client, answer.data);
        return null;
      }
      void client.invalidateQueries({ queryKey: keys.detail(id) });
      void client.invalidateQueries({ queryKey: keys.lists });
      return "ok" in answer ? answer.error : answer;
    },
    [client],
  );
}
