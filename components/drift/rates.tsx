"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { Section } from "@/components/ui/section";
import type { DriftView } from "@/lib/areas/drift/contract";
import { spans, type Span } from "@/lib/areas/drift/domain/spans";
import { sayPercent } from "@/lib/areas/drift/words";
import { sayExact } from "@/lib/kernel/words/instants";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { Point } from "./point";
import { prepareRates, type Rate } from "./prepare";
import { useAddress } from "./use-address";
import { useSeen } from "./use-seen";

/** The charts' library is loaded once somebody looks. */
const RatesChart = dynamic(() => import("./rates-chart").then(({ RatesChart: chart }) => chart), { ssr: false });

const names: Readonly<Record<Span, string>> = { "1": "Day", "7": "7 days", "30": "30 days" };
const grains: Readonly<Record<Span, string>> = { "1": "an hour", "7": "three hours", "30": "a day" };

/** How drift moved, against its budgets; as a chart, and as a table of the same numbers. */
export function Rates({ view }: { view: DriftView }) {
  const rates = prepareRates(view);
  const [ref, seen] = useSeen();
  const address = useAddress();
  const at = Number(address.get("at") ?? NaN);
  const choose = (to: number | null) => address.set({ at: to === null ? null : String(to) });
  const lines = rates.reduce((sum, rate) => sum + rate.lines, 0);
  return (
    <Section title="Over time" aside={<Spans chosen={view.span} />}>
      <p className="text-sm text-muted">
        Per cent of the lines of {grains[view.span]}, by the lines’ own time (UTC); {sayMany(lines, "line")} in all.
        Where no line was, there is a gap.
        {view.undated > 0 && ` ${sayMany(view.undated, "line")} tell no time and are not in it.`}
      </p>
      <div ref={ref} className="h-64">
        {seen && <RatesChart rates={rates} budget={view.budget} grainMs={view.grainMs} onPoint={choose} />}
      </div>
      <Point rates={rates} grainMs={view.grainMs} chosen={at} choose={choose} />
      <RatesTable rates={rates} />
    </Section>
  );
}

function Spans({ chosen }: { chosen: Span }) {
  return (
    <nav aria-label="How far back" className="flex gap-3">
      {spans.map((span) => (
        <Link
          key={span}
          href={`/drift?days=${span}`}
          prefetch={false}
          scroll={false}
          aria-current={span === chosen ? "page" : undefined}
          className="aria-[current]:font-medium aria-[current]:text-ink aria-[current]:underline"
        >
          {names[span]}
        </Link>
      ))}
    </nav>
  );
}

const columns: readonly PlainColumn<Rate>[] = [
  { id: "from", head: "From", className: "whitespace-nowrap", cell: ({ at }) => sayInUtc(at) },
  { id: "lines", head: "Lines", cell: ({ lines }) => sayCount(lines) },
  { id: "structural", head: "Structural", cell: ({ structural }) => sayPercent(structural) },
  { id: "semantic", head: "Semantic", cell: ({ semantic }) => sayPercent(semantic) },
  { id: "plain", head: "Plain text", cell: ({ fallback }) => sayPercent(fallback) },
];

function RatesTable({ rates }: { rates: readonly Rate[] }) {
  const rows = rates.filter(({ lines }) => lines > 0).reverse();
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted">
        The same numbers as a table ({sayMany(rows.length, "row")})
      </summary>
      <PlainTable
        name="Drift over time"
        columns={columns}
        rows={rows}
        keyOf={({ at }) => String(at)}
        className="mt-2 max-h-80 overflow-auto"
        tableClassName="min-w-96"
      />
    </details>
  );
}

/** The grains begin at whole hours and days of UTC, so this is what is said. */
const sayInUtc = (at: number): string => sayExact(new Date(at).toISOString(), "UTC");
