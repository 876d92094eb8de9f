"use client";

import Link from "next/link";
import { useState } from "react";
import { Failure } from "@/components/act/failure";
import { ask, type AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import type { Limit } from "@/lib/kernel/limits";
import { KeepView, type NewView } from "./views-keep";

/** A list under a name; `query`: as the address says it behind its question mark. */
export type NamedView = { name: string; query: string };
type KeptView = NamedView & { id: string; shared: boolean; mine: boolean; by: string };

type Answer = Promise<ActionResult<KeptView[]>>;
export type ViewActions = {
  keepView: (input: NewView & { query: string }) => Answer;
  dropView: (input: { id: string }) => Answer;
};

type Props = {
  /** Of the list. */
  path: string;
  /** What everybody has. */
  builtIn: readonly NamedView[];
  kept: { data: readonly KeptView[] | undefined; error: Error | null };
  /** Views changed. */
  onKept: (views: KeptView[]) => void;
  /** The query that is shown. */
  here: string;
  actions: ViewActions;
  /** Of a view's name. */
  limit: Limit;
  close: () => void;
};

/** Lists under a name: everybody's, one's own and those colleagues share; and the present one to be kept. */
export default function ViewsMenu(props: Props) {
  const { builtIn, onKept, here, actions, limit } = props;
  const { data: kept = [], error } = props.kept;
  const [failure, setFailure] = useState<AskFailure | null>(null);

  const act = async (run: () => Answer): Promise<AskFailure | null> => {
    const answer = await ask(run);
    if (answer.done) onKept(answer.data);
    const failed = answer.done ? null : answer.failure;
    setFailure(failed);
    return failed;
  };
  return (
    <div className="max-h-[70vh] space-y-2 overflow-y-auto text-sm">
      <ul>
        {builtIn.map((view) => (
          <li key={view.name}>
            <ViewLink view={view} {...props} />
          </li>
        ))}
      </ul>
      {kept.length > 0 && (
        <ul aria-label="Saved views" className="border-t border-line pt-2">
          {kept.map((view) => (
            <li key={view.id} className="flex items-center gap-2">
              <ViewLink view={view} {...props} />
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
      {error && !props.kept.data && <p className="text-red">{error.message}</p>}
      {failure && <Failure failure={failure} />}
      {[...builtIn, ...kept].every(({ query }) => query !== here) && (
        <KeepView limit={limit} keep={(input) => act(() => actions.keepView({ ...input, query: here }))} />
      )}
    </div>
  );
}

function ViewLink({ view, path, here, close }: { view: NamedView } & Pick<Props, "path" | "here" | "close">) {
  return (
    <Link
      href={view.query ? `${path}?${view.query}` : path}
      prefetch={false}
      onClick={close}
      aria-current={view.query === here ? "true" : undefined}
      className="block min-w-0 truncate rounded px-2 py-1 hover:bg-surface aria-[current]:bg-accent-wash aria-[current]:font-medium"
    >
      <bdi>{view.name}</bdi>
    </Link>
  );
}
