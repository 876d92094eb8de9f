"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { WhenRead } from "@/components/list/when-read";
import { PlainTable, type PlainColumn } from "@/components/table/plain-table";
import { Section } from "@/components/ui/section";
import { Exact } from "@/components/ui/time";
import type { AffectedRun, BeforeAfter, ReviewView } from "@/lib/areas/drift/contract-views";
import type { Pair, Side } from "@/lib/areas/drift/domain/compare";
import { reviewQuery } from "@/lib/areas/drift/queries/views";
import { sayShare } from "@/lib/areas/drift/words";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { Messages } from "./messages";
import { measures, sayBoth } from "./prepare-shows";
import { PickLine } from "./pick-line";

/** What there is to see of an episode: what came before and since, what is wrong with outputs, and whose runs it is. */
export function Shows({ id }: { id: string }) {
  const review = useQuery(reviewQuery(id));
  return (
    <WhenRead of={review} reading="Reading what shows it" rows={8} asOf={({ now }) => now}>
      {(view) => (
        <>
          <BeforeAndSince view={view} />
          <Counted counted={view.counted} provider={view.provider} />
          <Messages messages={view.messages} />
          <Runs runs={view.runs} />
        </>
      )}
    </WhenRead>
  );
}

const right = "text-right whitespace-nowrap";
const sides = (head: string): readonly PlainColumn<BeforeAfter>[] => [
  { id: "name", head, isRowHead: true, cell: ({ name }) => <bdi>{name}</bdi> },
  ...measures.map(({ id, head: what, say }) => ({
    id,
    head: what,
    className: right,
    cell: (row: BeforeAfter) => sayBoth(row, say),
  })),
];

function BeforeAndSince({ view }: { view: ReviewView }) {
  const tables = [
    { of: "Of all", rows: [{ ...view.whole, name: "all lines" }] },
    { of: "Provider", rows: view.providers },
    { of: view.provider === null ? "Contract" : `Contract, of ${view.provider}`, rows: view.contracts },
  ];
  return (
    <Section title="Before and since">
      <p className="text-sm text-muted">
        {view.beganAt === null
          ? "The lines do not tell when it began, so it is since it was opened: "
          : "Since it began: "}
        <Exact at={view.from} /> to <Exact at={view.at} />, against from then to <Exact at={view.until} />; whole hours
        by the lines’ own time, a week each at most. Shares of drift are of lines, the others of outputs.
      </p>
      {tables.map(({ of, rows }) => (
        <PlainTable
          key={of}
          name={`Before and since, by ${of.toLowerCase()}`}
          columns={sides(of)}
          rows={rows}
          keyOf={({ name }) => name}
          tableClassName="min-w-[52rem]"
        />
      ))}
    </Section>
  );
}

const saySide = (side: Side | null, say: (side: Side) => string) => (side?.lines ? say(side) : "–");
const worse = { fallback: "more plain text", confidence: "less confidence" } as const;
const pairs = (head: string): readonly PlainColumn<Pair>[] => [
  { id: "name", head, isRowHead: true, cell: ({ name }) => <bdi>{name}</bdi> },
  {
    id: "lines",
    head: "Lines",
    className: right,
    cell: ({ before, now }) => `${sayCount(before?.lines ?? 0)} → ${sayCount(now.lines)}`,
  },
  {
    id: "fallback",
    head: "Plain text",
    className: right,
    cell: ({ before, now }) =>
      `${saySide(before, (one) => sayShare(one.fallback))} → ${saySide(now, (one) => sayShare(one.fallback))}`,
  },
  {
    id: "confidence",
    head: "Confidence",
    className: right,
    cell: ({ before, now }) =>
      `${saySide(before, (one) => one.confidence.toFixed(2))} → ${saySide(now, (one) => one.confidence.toFixed(2))}`,
  },
  {
    id: "says",
    head: "thegent says",
    cell: ({ compared, worse: found }) =>
      found.length ? found.map((what) => worse[what]).join(", ") : compared ? "no worse" : "not compared",
  },
];

function Counted({ counted, provider }: Pick<ReviewView, "counted" | "provider">) {
  if (!counted.ok)
    return (
      <Section title="As thegent counts">
        <p className="text-sm">thegent’s own comparison fails on this telemetry: {counted.because}.</p>
      </Section>
    );
  const { window, all, providers, contracts } = counted.value;
  return (
    <Section title="As thegent counts" aside={`the last ${window} lines`}>
      <p className="text-sm text-muted">
        All lines against the {2 * window} before them; a provider against every earlier line of its own, from 5 lines
        now and 10 before. thegent compares no contracts: theirs are of the same lines, for reading.
      </p>
      <PlainTable
        name="The last lines by provider, as thegent counts"
        columns={pairs("Provider")}
        rows={[all, ...providers]}
        keyOf={({ name }) => name}
        lookOf={({ name }) => (name === provider ? "font-medium" : undefined)}
        tableClassName="min-w-[36rem]"
      />
      <PlainTable
        name="The last lines by contract"
        columns={pairs("Contract").slice(0, -1)}
        rows={contracts}
        keyOf={({ name }) => name}
        tableClassName="min-w-[30rem]"
      />
    </Section>
  );
}

const runColumns: readonly PlainColumn<AffectedRun>[] = [
  {
    id: "run",
    head: "Run",
    isRowHead: true,
    cell: ({ runId, itemId }) =>
      itemId ? (
        <Link href={`/escalations/${itemId}`} prefetch={false} className="font-mono text-accent underline">
          <bdi>{runId}</bdi>
        </Link>
      ) : (
        <bdi className="font-mono">{runId}</bdi>
      ),
  },
  { id: "lines", head: "Lines", className: right, cell: ({ lines }) => sayCount(lines) },
  {
    id: "what",
    head: "What",
    cell: ({ drift, fallback }) => [...drift, fallback && "plain text"].filter(Boolean).join(", ") || "not fine",
  },
  { id: "provider", head: "Provider", cell: ({ provider }) => <bdi>{provider}</bdi> },
  { id: "lane", head: "Lane", cell: ({ run }) => <bdi>{run?.lane ?? "–"}</bdi> },
  { id: "status", head: "Status", cell: ({ run }) => <bdi>{run ? (run.status ?? "–") : "not in the registry"}</bdi> },
  { id: "owner", head: "Owner", cell: ({ run }) => <bdi>{run?.owner ?? "–"}</bdi> },
  {
    id: "line",
    head: "Newest line",
    className: "whitespace-nowrap",
    cell: ({ lastLine }) => <PickLine line={lastLine} />,
  },
];

function Runs({ runs: { rows, capped } }: { runs: ReviewView["runs"] }) {
  return (
    <Section
      title="Runs affected"
      aside={capped ? `at least ${sayMany(rows.length, "run")}` : sayMany(rows.length, "run")}
    >
      {rows.length === 0 ? (
        <p className="text-sm text-muted">No line since it began names a run of it.</p>
      ) : (
        <PlainTable
          name="Runs affected"
          columns={runColumns}
          rows={rows}
          keyOf={({ runId }) => runId}
          className="max-h-96 overflow-auto"
          tableClassName="min-w-[52rem]"
        />
      )}
      {capped && (
        <p className="text-sm text-muted">
          Of the newest 500 lines of each kind the newest 50 runs; there may be more.
        </p>
      )}
    </Section>
  );
}
