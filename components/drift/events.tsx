"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ShowMore } from "@/components/list/show-more";
import { WhenRead } from "@/components/list/when-read";
import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import type { EventKinds, EventRow } from "@/lib/areas/drift/contract-views";
import { eventsQuery } from "@/lib/areas/drift/queries/views";
import { sayExact } from "@/lib/kernel/words/instants";
import { sayCount } from "@/lib/kernel/words/quantities";
import { sayKind } from "./prepare-views";

const kinds: Readonly<Record<EventKinds, string>> = {
  all: "All lines",
  structural: "Structural drift",
  semantic: "Semantic drift",
};

const columns: readonly PlainColumn<EventRow>[] = [
  { id: "line", head: "Line", className: "text-right", cell: ({ line }) => sayCount(line) },
  { id: "at", head: "Time", className: "whitespace-nowrap", cell: ({ at }) => (at ? sayExact(at, "UTC") : "–") },
  { id: "kind", head: "Kind", cell: sayKind },
  { id: "provider", head: "Provider", cell: ({ provider }) => <bdi>{provider}</bdi> },
  { id: "contract", head: "Contract", cell: ({ contract }) => <bdi className="font-mono">{contract}</bdi> },
  { id: "run", head: "Run", cell: ({ runId }) => <bdi className="font-mono">{runId ?? "–"}</bdi> },
  {
    id: "confidence",
    head: "Confidence",
    className: "text-right",
    cell: ({ confidence }) => confidence?.toFixed(2) ?? "–",
  },
  {
    id: "details",
    head: "Details",
    cell: ({ messages }) => (
      <ul>
        {messages.map((message, index) => (
          <li key={index}>
            <bdi>{message}</bdi>
          </li>
        ))}
      </ul>
    ),
  },
];

/** The lines of telemetry behind a point of the chart. */
export function Events({ from, until }: { from: string; until: string }) {
  const [kind, setKind] = useState<EventKinds>("all");
  const events = useInfiniteQuery(eventsQuery({ from, until, kind }));
  return (
    <div className="space-y-2 text-sm">
      <label className="flex items-center gap-2">
        Show
        <select
          value={kind}
          onChange={(event) => setKind(event.target.value as EventKinds)}
          className="h-8 rounded border border-edge bg-raised px-2"
        >
          {Object.entries(kinds).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <WhenRead of={events} reading="Reading the lines" rows={4}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return rows.length === 0 ? (
            <p className="text-muted">No such line is from then.</p>
          ) : (
            <PlainTable
              name="Lines of telemetry"
              columns={columns}
              rows={rows}
              keyOf={({ line }) => String(line)}
              className="max-h-96 overflow-auto"
              tableClassName="min-w-[60rem]"
            />
          );
        }}
      </WhenRead>
      <ShowMore of={events} words="Show further lines" />
    </div>
  );
}
