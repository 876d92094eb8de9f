"use client";

import Link from "next/link";
import { FilterBar } from "@/components/list/filter-bar";
import { FilterSelect, type Choice } from "@/components/list/filter-select";
import type {
  EscalationPage,
  EscalationRow,
  Facets,
  ListQuery,
  QueueSummary,
  Sort,
} from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { sayBreachesTab } from "./prepare-breach";
import { choicesOf, chosenFacets, cleared, facets, facetWords, seenFacets, type Facet } from "./queue-view";
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

/** Which items, by facets with their counts. */
export function QueueFilters({ list: { query, pending, go }, page, rows, summary }: Props) {
  const isOpen = query.state === "active";
  const counted = isOpen ? (page?.facets ?? null) : null;
  const known: Partial<Facets> = counted ?? (isOpen ? {} : seenFacets(rows));
  // Where nothing is counted, a facet without a choice would be an empty list.
  const offered = facets.filter((facet) => isOpen || known[facet]?.length || query[facet] !== undefined);
  const choose = (name: Facet | "sort") => (text: string | undefined) => {
    const value = text && (name === "priority" || name === "level") ? Number(text) : text;
    go({ ...query, [name]: value, after: undefined, before: undefined });
  };
  return (
    <FilterBar
      label="Filter the queue"
      pending={pending}
      chosen={chosenFacets(query).length}
      onClear={() => go(cleared(query))}
      total={page?.total}
      lists={
        <div className="mr-1 flex rounded border border-edge text-sm">
          <StateLink query={query} state="active" name="Open" />
          <StateLink query={query} state="closed" name="Closed" />
          <StateLink query={query} state="breaches" name={sayBreachesTab(summary)} />
        </div>
      }
    >
      {offered.map((facet, index) => (
        <FilterSelect
          key={facet}
          first={index === 0}
          name={facet}
          label={facetWords[facet].label}
          none={facetWords[facet].label}
          value={query[facet]?.toString()}
          choices={choicesOf(facet, known, counted !== null, query[facet])}
          onChoose={choose(facet)}
        />
      ))}
      {isOpen && (
        <FilterSelect
          name="sort"
          label="Order"
          value={query.sort}
          choices={withOrder(query.sort)}
          onChoose={choose("sort")}
          className="md:hidden"
        />
      )}
    </FilterBar>
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
