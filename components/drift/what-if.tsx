"use client";

import { useQuery } from "@tanstack/react-query";
import { WhenRead } from "@/components/list/when-read";
import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { Sign } from "@/components/ui/sign";
import type { WhatIfView } from "@/lib/areas/drift/contract-views";
import { thegentBudgets } from "@/lib/areas/drift/domain/drift";
import { whatIf, type RatedRun } from "@/lib/areas/drift/domain/what-if";
import { judgedRunsQuery } from "@/lib/areas/drift/queries/views";
import { sayPercent } from "@/lib/areas/drift/words";
import { sayExact } from "@/lib/kernel/words/instants";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { budgetIn } from "./prepare-views";
import { useAddress } from "./use-address";

type Changed = RatedRun & { becomes: "blocked" | "passed" };

const columns: readonly PlainColumn<Changed>[] = [
  { id: "run", head: "Run", isRowHead: true, cell: ({ runId }) => <bdi className="font-mono">{runId}</bdi> },
  {
    id: "at",
    head: "Started",
    className: "whitespace-nowrap",
    cell: ({ at }) => sayExact(new Date(at).toISOString(), "UTC"),
  },
  {
    id: "structural",
    head: "Structural then",
    className: "text-right",
    cell: ({ structural }) => sayPercent(structural),
  },
  { id: "semantic", head: "Semantic then", className: "text-right", cell: ({ semantic }) => sayPercent(semantic) },
  {
    id: "becomes",
    head: "Would have",
    cell: ({ becomes }) =>
      becomes === "blocked" ? (
        <Sign tone="red" icon="cross">
          been blocked; it passed
        </Sign>
      ) : (
        <Sign tone="green" icon="check">
          passed; it was blocked
        </Sign>
      ),
  },
];

const kinds = ["structural", "semantic"] as const;
/** No more rows than a person reads. */
const listed = 200;

/** What other budgets would have made of the runs of the critical lane. Looking changes nothing. */
export function WhatIf() {
  const runs = useQuery(judgedRunsQuery);
  return (
    <WhenRead of={runs} reading="Reading the runs" rows={4}>
      {(view) => <Judged view={view} />}
    </WhenRead>
  );
}

function Judged({ view }: { view: WhatIfView }) {
  const address = useAddress();
  const budgets = {
    structural: budgetIn(address.get("structural"), thegentBudgets.structural),
    semantic: budgetIn(address.get("semantic"), thegentBudgets.semantic),
  };
  const runs = view.runs.map((run) => ({ ...run, at: Date.parse(run.at) }));
  const found = whatIf(runs, budgets);
  const changed: Changed[] = [
    ...found.newlyBlocked.map((run) => ({ ...run, becomes: "blocked" as const })),
    ...found.newlyPassed.map((run) => ({ ...run, becomes: "passed" as const })),
  ].sort((a, b) => b.at - a.at);
  return (
    <div className="space-y-3 text-sm">
      <div className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {kinds.map((kind) => (
          <BudgetSlider
            key={kind}
            kind={kind}
            value={budgets[kind]}
            change={(value) => address.set({ [kind]: value })}
          />
        ))}
      </div>
      <p role="status">
        {runs.length === 0
          ? `thegent’s rule about drift judged no run of the last ${view.days} days.`
          : `Of ${sayMany(runs.length, "run")} of the critical lane that the rule judged in the last ${view.days} days, ${sayCount(found.blocked)} would have been blocked: ${sayCount(found.newlyBlocked.length)} that passed, and ${sayCount(found.newlyPassed.length)} that were blocked would have passed it.`}
        {view.capped && " Only the newest 1,000 runs of the lane are looked at."}
        {changed.length > listed && ` The newest ${sayCount(listed)} are listed.`}
      </p>
      {changed.length > 0 && (
        <PlainTable
          name="Runs that other budgets would have judged otherwise"
          columns={columns}
          rows={changed.slice(0, listed)}
          keyOf={({ runId, at }) => `${runId} ${at}`}
          className="max-h-80 overflow-auto"
          tableClassName="min-w-[40rem]"
        />
      )}
    </div>
  );
}

type SliderProps = { kind: (typeof kinds)[number]; value: number; change: (value: string | null) => void };

function BudgetSlider({ kind, value, change }: SliderProps) {
  const set = (text: string) => change(Number(text) === thegentBudgets[kind] || text === "" ? null : text);
  const name = `${kind === "structural" ? "Structural" : "Semantic"} budget`;
  return (
    <div className="space-y-1">
      <label htmlFor={`what-if-${kind}`} className="block font-medium">
        {name}, per cent (thegent’s is {thegentBudgets[kind]} %)
      </label>
      <div className="flex items-center gap-3">
        <input
          id={`what-if-${kind}`}
          type="range"
          min={0}
          max={30}
          step={0.5}
          value={Math.min(value, 30)}
          onChange={(event) => set(event.target.value)}
          className="min-w-0 grow"
        />
        <input
          type="number"
          aria-label={`${name}, typed`}
          min={0}
          max={100}
          step="any"
          value={value}
          onChange={(event) => set(event.target.value)}
          className="h-8 w-20 rounded border border-edge bg-raised px-2"
        />
      </div>
    </div>
  );
}
