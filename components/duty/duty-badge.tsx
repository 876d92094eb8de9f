"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import { useHydrated } from "@/components/shell/use-hydrated";
import { Icon } from "@/components/ui/icon";
import type { DutyInput, DutyView } from "@/lib/areas/duty/contract";
import { dutyQuery } from "@/lib/areas/duty/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { sayBadge } from "./prepare";

export type DutyActions = Record<"take" | "leave", (input: DutyInput) => Promise<ActionResult<DutyView>>>;

/** Fetched when it is first asked for: few pages of many need it. */
const DutyDialog = lazy(() => import("./duty-dialog"));

/** Whether this person is on duty, and as what; opens who else is. Nothing while it is not known. */
export function DutyBadge({ meId, actions }: { meId: string; actions: DutyActions }) {
  const { data } = useQuery(dutyQuery);
  const hydrated = useHydrated();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!hydrated || !data) return null;
  const says = sayBadge(data, meId);
  const on = says !== "Off duty";
  return (
    <>
      <button
        ref={button}
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        title={`${says}. See who is on duty.`}
        className={`no-print inline-flex h-8 shrink-0 items-center gap-1.5 rounded border px-2 text-sm whitespace-nowrap hover:bg-surface ${on ? "border-edge text-ink" : "border-dashed border-edge text-muted"}`}
      >
        <Icon name={on ? "check" : "moon"} />
        <span className="max-w-48 truncate max-sm:sr-only">{says}</span>
        <span aria-hidden="true" className="sm:hidden">
          {on ? "On duty" : "Off duty"}
        </span>
      </button>
      {open && (
        <Suspense>
          <DutyDialog
            duties={data}
            meId={meId}
            actions={actions}
            onClose={() => {
              setOpen(false);
              button.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
