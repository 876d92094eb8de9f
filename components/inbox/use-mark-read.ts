"use client";

import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useCallback } from "react";
import { announce } from "@/components/shell/announcer";
import { ask } from "@/components/shell/ask";
import type { InboxCounts, InboxPage, MarkReadInput } from "@/lib/areas/inbox/contract";
import { inboxKeys } from "@/lib/areas/inbox/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { withRead } from "./prepare";

export type MarkRead = (input: MarkReadInput) => Promise<ActionResult<InboxCounts>>;

/** Marks an entry, or all (null), at once on the screen; what the server then says rules. */
export function useMarkRead(markRead: MarkRead): (id: string | null, read: boolean) => void {
  const client = useQueryClient();
  return useCallback(
    (id, read) => {
      client.setQueriesData<InfiniteData<InboxPage>>({ queryKey: inboxKeys.inboxes }, (known) =>
        withRead(known, id, read),
      );
      void ask(() => markRead({ id, read })).then((answer) => {
        if (answer.done) return client.setQueryData(inboxKeys.inboxCounts, answer.data);
        announce(answer.failure.message, "red");
        void client.invalidateQueries({ queryKey: inboxKeys.inboxes });
      });
    },
    [client, markRead],
  );
}
