import type { Ref } from "react";
import { Icon } from "@/components/ui/icon";
import { saySubject } from "@/lib/kernel/words/subjects";
import type { Told } from "./prepare-selection";

/** How an act on many ended, item by item; those it was not done to first. */
export function BulkOutcomes({ told, ref }: { told: readonly Told[]; ref: Ref<HTMLDivElement> }) {
  const done = told.filter(({ ok }) => ok).length;
  const left = told.length - done;
  return (
    <div ref={ref} tabIndex={-1} role="group" aria-label="Outcome" className="space-y-1 outline-none">
      <p role="status" className="font-medium">
        {done} done{left > 0 && `, ${left} not`}
      </p>
      <ul
        className="max-h-40 overflow-y-auto text-sm"
        tabIndex={told.length > 6 ? 0 : undefined}
        aria-label="Outcome of each item"
      >
        {[...told]
          .sort((a, b) => Number(a.ok) - Number(b.ok))
          .map(({ id, subject, ok, says }) => (
            <li key={id} className="flex min-h-7 items-baseline gap-2">
              <Icon name={ok ? "check" : "alert"} className={`translate-y-0.5 ${ok ? "text-green" : "text-red"}`} />
              <a href={`/escalations/${id}`} className="inline-block min-h-6 shrink-0 font-medium underline">
                <bdi>{saySubject(subject)}</bdi>
              </a>
              <span className="min-w-0">{says}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
