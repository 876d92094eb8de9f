"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import ViewsMenu, { type ViewActions } from "@/components/list/views-menu";
import type { ListQuery } from "@/lib/areas/escalation/contract";
import { limits } from "@/lib/areas/escalation/limits";
import { escalationKeys, viewsQuery } from "@/lib/areas/escalation/queries/options";
import { builtInViews, viewQuery } from "./queue-view";

type Props = { query: ListQuery; actions: ViewActions; close: () => void };

/** The views of the queue, and the present one to be kept. */
export default function QueueViews({ query, actions, close }: Props) {
  const client = useQueryClient();
  return (
    <ViewsMenu
      path="/escalations"
      builtIn={builtInViews}
      kept={useQuery(viewsQuery)}
      onKept={(views) => client.setQueryData(escalationKeys.views, views)}
      here={viewQuery(query)}
      limit={limits.viewName}
      {...{ actions, close }}
    />
  );
}
