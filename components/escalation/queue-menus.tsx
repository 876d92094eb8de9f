"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import type { ViewActions } from "@/components/list/views-menu";
import { Menu } from "@/components/ui/menu";
import { viewsQuery } from "@/lib/areas/escalation/queries/options";
import { chosenIn, queueChoices } from "./queue-columns";
import { viewName } from "./queue-view";
import type { ListState } from "./use-list-query";

// What the first look does not need comes when it is first asked for.
const ColumnsMenu = lazy(() => import("@/components/table/columns-menu"));
const QueueViews = lazy(() => import("./queue-views"));

/** Views and columns of the queue. */
export function QueueMenus({ list: { query, replace }, actions }: { list: ListState; actions: ViewActions }) {
  const builtIn = viewName(query);
  // Only an address that is no view of everybody's may be one that somebody kept.
  const { data: kept } = useQuery({ ...viewsQuery, enabled: builtIn === null });
  return (
    <>
      <Menu name="Views of the queue" label={builtIn ?? viewName(query, kept) ?? "Views"}>
        {(close) => <QueueViews {...{ query, actions, close }} />}
      </Menu>
      <span className="max-md:hidden">
        <Menu name="Columns of the queue" label="Columns">
          {() => (
            <ColumnsMenu
              columns={queueChoices}
              chosen={query.columns}
              onChoose={(names) => replace({ ...query, columns: names && chosenIn(names) })}
              always="Due and subject are always shown."
            />
          )}
        </Menu>
      </span>
    </>
  );
}
