"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { withdrawOffer } from "@/components/shell/announcer";
import { ask, type AskFailure } from "@/components/shell/ask";
import type { ItemActed, ItemActInput } from "@/lib/areas/escalation/contract";
import { mergeEscalation } from "@/lib/areas/escalation/queries/merge";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import type { RequestOverrideInput } from "@/lib/areas/override/port";
import type { ActionResult } from "@/lib/kernel/act/action-result";

/** The server actions of an item. A page hands them down, so that components know of no route. */
export type EscalationActions = {
  act: (input: ItemActInput) => Promise<ActionResult<ItemActed>>;
  /** Answers the request's id. */
  requestOverride: (input: RequestOverrideInput) => Promise<ActionResult<{ id: string }>>;
};

export type DoAct = (input: ItemActInput) => Promise<AskFailure | null>;

/**
 * Does an act on an item and puts its answer where the item is shown, or goes to the item that it opened; null when it was done, else what to
 * say. Whatever went wrong, the item is read again, since most refusals mean that somebody was first.
 */
export function useAct(act: EscalationActions["act"]): DoAct {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(
    async (input) => {
      withdrawOffer();
      const answer = await ask(() => act(input));
      if (answer.done) {
        await mergeEscalation(client, answer.data.detail);
        if (answer.data.opened) router.push(`/escalations/${answer.data.opened}`);
        return null;
      }
      void client.invalidateQueries({ queryKey: escalationKeys.detail(input.id) });
      void client.invalidateQueries({ queryKey: escalationKeys.lists });
      return answer.failure;
    },
    [client, router, act],
  );
}
