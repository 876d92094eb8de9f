"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useOptimistic, useTransition, type ChangeEvent } from "react";
import type { ListQuery, QueueSummary } from "@/lib/contracts/escalations";
import { listAddress } from "@/lib/queries/list-parameters";
import { sayBreachesTab } from "./prepare-breach";

type Choice = { value: string; label: string };

/** A facet stays selectable when nothing of it is open: an empty view is how one reads that all is well there. */
function withCounts(known: QueueSummary["lanes"] | undefined, chosen: string | undefined): Choice[] {
  const choices = (known ?? []).map(({ value, count }) => ({ value, label: `${value} (${count})` }));
  return !chosen || choices.some(({ value }) => value === chosen) ? choices : [{ value: chosen, label: `${chosen} (0)` }, ...choices];
}

const slaChoices: Choice[] = [{ value: "past", label: "Past SLA" }, { value: "within", label: "Within SLA" }];
const claimChoices: Choice[] = [{ value: "mine", label: "Mine" }, { value: "none", label: "Unclaimed" }, { value: "others", label: "Colleagues’" }];
const sortChoices: Choice[] = [{ value: "priority", label: "By priority" }, { value: "newest", label: "Newest first" }];

/** Filters and order, all of them in the address. What was chosen shows at once, while the view is on its way. */
export function QueueFilters({ query: current, summary }: { query: ListQuery; summary: QueueSummary | undefined }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useOptimistic(current);
  const open = query.state === "active";
  const choose = (name: keyof ListQuery) => (event: ChangeEvent<HTMLSelectElement>) => {
    const value = event.target.value || undefined;
    const change: Partial<ListQuery> = { [name]: name === "sort" ? (value ?? "due") : value };
    startTransition(() => {
      setQuery({ ...query, ...change });
      router.push(listAddress(query, change));
    });
  };
  return (
    <div role="search" aria-label="Filter the queue" aria-busy={pending} className="flex flex-wrap items-center gap-2 px-4 pb-2">
      <div className="flex rounded border border-edge text-sm">
        <StateLink query={query} state="active" name="Open" />
        <StateLink query={query} state="closed" name="Closed" />
        <StateLink query={query} state="breaches" name={sayBreachesTab(summary)} />
      </div>
      {open && <Select first name="sla" label="SLA" all="Any SLA state" value={query.sla} choices={slaChoices} onChange={choose("sla")} />}
      <Select first={!open} name="lane" label="Lane" all="All lanes" value={query.lane} choices={withCounts(summary?.lanes, query.lane)} onChange={choose("lane")} />
      <Select name="owner" label="Owner" all="All owners" value={query.owner} choices={withCounts(summary?.owners, query.owner)} onChange={choose("owner")} />
      {open && <Select name="claim" label="Claim" all="Claimed or not" value={query.claim} choices={claimChoices} onChange={choose("claim")} />}
      {open && <Select name="sort" label="Order" all="Due first" value={query.sort === "due" ? undefined : query.sort} choices={sortChoices} onChange={choose("sort")} />}
      {pending && (
        <span role="status" className="text-sm text-muted">
          Reading…
        </span>
      )}
    </div>
  );
}

function StateLink({ query, state, name }: { query: ListQuery; state: ListQuery["state"]; name: string }) {
  return (
    <Link
      href={listAddress({ state, sort: query.sort, lane: query.lane, owner: query.owner })}
      prefetch={false}
      aria-current={query.state === state ? "true" : undefined}
      className="px-3 py-1 whitespace-nowrap text-muted first:rounded-l last:rounded-r aria-[current]:bg-accent-wash aria-[current]:font-medium aria-[current]:text-ink"
    >
      {name}
    </Link>
  );
}

type SelectProps = { name: string; label: string; all: string; value: string | undefined; choices: readonly Choice[]; first?: boolean; onChange: (event: ChangeEvent<HTMLSelectElement>) => void };

function Select({ name, label, all, value, choices, first, onChange }: SelectProps) {
  return (
    <select
      name={name}
      aria-label={label}
      data-first-filter={first || undefined}
      value={value ?? ""}
      onChange={onChange}
      className={`h-[30px] max-w-44 truncate min-w-0 max-sm:max-w-none max-sm:flex-1 max-sm:basis-28 rounded border bg-raised px-2 text-sm ${value ? "border-accent font-medium" : "border-edge text-muted"}`}
    >
      <option value="">{all}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
