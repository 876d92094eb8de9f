"use client";

import Link from "next/link";
import { useState, type ChangeEvent } from "react";
import { Button } from "@/components/ui/button";
import type {
  EscalationPage,
  EscalationRow,
  Facets,
  ListQuery,
  QueueSummary,
  Sort,
} from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { sayCount } from "@/lib/kernel/words/quantities";
import { sayBreachesTab } from "./prepare-breach";
import {
  choicesOf,
  chosenFacets,
  cleared,
  facets,
  facetWords,
  isNarrowed,
  seenFacets,
  type Choice,
  type Facet,
} from "./queue-view";
import type { ListState } from "./use-list-query";

/** On a wide screen the heads of the columns say it. */
const orders: readonly Choice[] = [
  { value: "due", label: "Due first" },
  { value: "priority", label: "By priority" },
  { value: "newest", label: "Newest first" },
  { value: "-level", label: "Highest level first" },
];

type Props = {
  list: ListState;
  page: EscalationPage | undefined;
  rows: readonly EscalationRow[];
  summary: QueueSummary | undefined;
};

/** Which items, by facets with their counts; all of it in the address. */
export function QueueFilters({ list: { query, pending, go }, page, rows, summary }: Props) {
  const [unfolded, setUnfolded] = useState(false);
  const chosen = chosenFacets(query);
  const counted = query.state === "active" ? (page?.facets ?? null) : null;
  const known: Partial<Facets> = counted ?? (query.state === "active" ? {} : seenFacets(rows));
  // Where nothing is counted, a facet without a choice would be an empty list.
  const offered = facets.filter(
    (facet) => query.state === "active" || known[facet]?.length || query[facet] !== undefined,
  );
  const choose = (name: Facet | "sort") => (event: ChangeEvent<HTMLSelectElement>) => {
    const text = event.target.value;
    const value = text === "" ? undefined : name === "priority" || name === "level" ? Number(text) : text;
    go({ ...query, [name]: value, after: undefined, before: undefined });
  };
  return (
    <div
      role="search"
      aria-label="Filter the queue"
      aria-busy={pending}
      className="flex flex-wrap items-center gap-x-1.5 gap-y-2 px-4 pb-2"
    >
      <div className="mr-1 flex rounded border border-edge text-sm">
        <StateLink query={query} state="active" name="Open" />
        <StateLink query={query} state="closed" name="Closed" />
        <StateLink query={query} state="breaches" name={sayBreachesTab(summary)} />
      </div>
      <Button
        size="small"
        className="md:hidden"
        aria-expanded={unfolded}
        aria-controls="filters"
        data-first-filter
        onClick={() => setUnfolded(!unfolded)}
      >
        Filters{chosen.length > 0 && ` (${chosen.length})`}
      </Button>
      <div
        id="filters"
        className={
          unfolded
            ? "max-md:grid max-md:w-full max-md:grid-cols-2 max-md:gap-2 md:contents"
            : "max-md:hidden md:contents"
        }
      >
        {offered.map((facet, index) => (
          <Select
            key={facet}
            first={index === 0}
            name={facet}
            label={facetWords[facet].label}
            none={facetWords[facet].label}
            value={query[facet]?.toString()}
            choices={choicesOf(facet, known, counted !== null, query[facet])}
            onChange={choose(facet)}
          />
        ))}
        {query.state === "active" && (
          <Select
            name="sort"
            label="Order"
            value={query.sort}
            choices={withOrder(query.sort)}
            onChange={choose("sort")}
            className="md:hidden"
          />
        )}
      </div>
      {isNarrowed(query) && (
        <Button look="quiet" size="small" onClick={() => go(cleared(query))}>
          Clear filters ({chosen.length})
        </Button>
      )}
      <span role="status" className="text-sm text-muted">
        {pending ? "Reading…" : isNarrowed(query) && page?.total != null ? `${sayCount(page.total)} match` : ""}
      </span>
    </div>
  );
}

/** An order that only a column's head can ask for stands among the choices while it is in force. */
const withOrder = (sort: Sort): readonly Choice[] =>
  orders.some(({ value }) => value === sort)
    ? orders
    : [...orders, { value: sort, label: `By ${sort.replace("-", "")}${sort.startsWith("-") ? ", turned round" : ""}` }];

function StateLink({
  query: { sort, columns, path, priority, lane, owner, level, state: current },
  state,
  name,
}: {
  query: ListQuery;
  state: ListQuery["state"];
  name: string;
}) {
  return (
    <Link
      href={listAddress({ state, sort, columns, path, priority, lane, owner, level })}
      prefetch={false}
      aria-current={current === state ? "true" : undefined}
      className="px-2.5 py-1 whitespace-nowrap text-muted first:rounded-l last:rounded-r aria-[current]:bg-accent-wash aria-[current]:font-medium aria-[current]:text-ink"
    >
      {name}
    </Link>
  );
}

type SelectProps = {
  name: string;
  label: string;
  /** What stands for no choice; none where there always is one. */
  none?: string;
  value: string | undefined;
  choices: readonly Choice[];
  first?: boolean;
  onChange: (event: ChangeEvent<HTMLSelectElement>) => void;
  className?: string;
};

function Select({ name, label, none, value, choices, first, onChange, className = "" }: SelectProps) {
  const set = none !== undefined && value !== undefined;
  return (
    <select
      name={name}
      aria-label={label}
      data-first-filter={first || undefined}
      value={value ?? ""}
      onChange={onChange}
      className={`field-sizing-content h-[30px] max-w-40 min-w-0 truncate rounded border bg-raised px-1.5 text-sm max-md:max-w-none ${set ? "border-accent bg-accent-wash font-medium" : "border-edge text-muted"} ${className}`}
    >
      {none !== undefined && <option value="">{none}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
