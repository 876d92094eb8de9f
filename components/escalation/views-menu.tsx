"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Failure } from "@/components/act/failure";
import { ask, type AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import type { ListQuery } from "@/lib/areas/escalation/contract";
import type { KeepViewInput, SavedView } from "@/lib/areas/escalation/contract-views";
import { escalationKeys, viewsQuery } from "@/lib/areas/escalation/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { builtInViews, viewName, viewQuery, type NamedView } from "./queue-view";
import { KeepView } from "./views-keep";

type Answer = Promise<ActionResult<SavedView[]>>;
export type ViewActions = { keepView: (input: KeepViewInput) => Answer; dropView: (input: { id: string }) => Answer };

type Props = { query: ListQuery; actions: ViewActions; close: () => void };

/** Views of the queue under a name: everybody's, one's own and those colleagues share; and the present one to be kept. */
export default function ViewsMenu({ query, actions, close }: Props) {
  const { data: kept, error } = useQuery(viewsQuery);
  const client = useQueryClient();
  const [failure, setFailure] = useState<AskFailure | null>(null);

  const act = async (run: () => Answer): Promise<AskFailure | null> => {
    const answer = await ask(run);
    if (answer.done) client.setQueryData(escalationKeys.views, answer.data);
    const failed = answer.done ? null : answer.failure;
    setFailure(failed);
    return failed;
  };
  const here = viewQuery(query);
  return (
    <div className="max-h-[70vh] space-y-2 overflow-y-auto text-sm">
      <ul>
        {builtInViews.map((view) => (
          <li key={view.name}>
            <ViewLink view={view} here={here} close={close} />
          </li>
        ))}
      </ul>
      {kept && kept.length > 0 && (
        <ul aria-label="Saved views" className="border-t border-line pt-2">
          {kept.map((view) => (
            <li key={view.id} className="flex items-center gap-2">
              <ViewLink view={view} here={here} close={close} />
              <span className="ml-auto shrink-0 text-xs text-muted">
                {view.mine ? (view.shared ? "yours, shared" : "yours") : `by ${view.by}`}
              </span>
              {view.mine && (
                <Button
                  look="quiet"
                  size="small"
                  aria-label={`Delete view ${view.name}`}
                  onClick={() => void act(() => actions.dropView({ id: view.id }))}
                >
                  Drop
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {error && !kept && <p className="text-red">{error.message}</p>}
      {failure && <Failure failure={failure} />}
      {viewName(query, kept) === null && (
        <KeepView keep={(input) => act(() => actions.keepView({ ...input, query: here }))} />
      )}
    </div>
  );
}

function ViewLink({ view, here, close }: { view: NamedView; here: string; close: () => void }) {
  return (
    <Link
      href={view.query ? `/escalations?${view.query}` : "/escalations"}
      prefetch={false}
      onClick={close}
      aria-current={view.query === here ? "true" : undefined}
      className="block min-w-0 truncate rounded px-2 py-1 hover:bg-surface aria-[current]:bg-accent-wash aria-[current]:font-medium"
    >
      <bdi>{view.name}</bdi>
    </Link>
  );
}
