"use client";

import { useState, type ChangeEvent } from "react";
import { FilterBar } from "@/components/list/filter-bar";
import { FilterSelect } from "@/components/list/filter-select";
import { useAddressQuery } from "@/components/list/use-address-query";
import { SubmitButton } from "@/components/ui/submit-button";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { finalStatuses } from "@/lib/areas/override/domain/override";
import { limits } from "@/lib/areas/override/limits";
import { exportAddress, overridesAddress } from "@/lib/areas/override/queries/address";
import { filtersOf, sayStatus } from "./prepare";

type Typed = { q: string; status: string; owner: string; from: string; to: string };

const typedOf = ({ q, status, owner, from, to }: OverrideQuery): Typed => ({
  q: q ?? "",
  status: status ?? "",
  owner: owner ?? "",
  from: from ?? "",
  to: to ?? "",
});

/** As the address is to say it; what is empty is left out. */
function queryOf({ q, status, owner, from, to }: Typed): OverrideQuery {
  return {
    tab: "history",
    q: q.trim() || undefined,
    status: finalStatuses.find((one) => one === status),
    owner: owner || undefined,
    from: from || undefined,
    to: to || undefined,
  };
}

const outcomes = finalStatuses.map((value) => ({ value, label: sayStatus[value].says }));

const box = "h-[30px] rounded border border-edge bg-raised px-2 text-sm text-ink";

/** Narrows the history by words, outcome, owner and days; and gives what is left as a file. */
export function HistoryFilters({ query: asked }: { query: OverrideQuery }) {
  const { query, pending, go } = useAddressQuery(asked, overridesAddress);
  const [typed, setTyped] = useState(typedOf(asked));
  const type = (name: keyof Typed) => (event: ChangeEvent<HTMLInputElement>) =>
    setTyped({ ...typed, [name]: event.target.value });
  /** Choices rule at once, words when they are complete. */
  const choose = (part: Partial<Typed>) => {
    setTyped({ ...typed, ...part });
    go(queryOf({ ...typed, ...part }));
  };
  return (
    <FilterBar
      label="The history"
      pending={pending}
      chosen={filtersOf(query)}
      onClear={() => choose(typedOf({ tab: "history" }))}
      onSubmit={() => go(queryOf(typed))}
      end={<Exports query={asked} />}
    >
      <input
        data-first-filter
        aria-label="Search owner, reason and ticket"
        placeholder="Owner, reason, ticket"
        value={typed.q}
        maxLength={limits.words.most}
        onChange={type("q")}
        className={`${box} md:w-48`}
      />
      <input
        aria-label="Owner, exactly"
        placeholder="Owner, exactly"
        value={typed.owner}
        maxLength={limits.owned.most}
        onChange={type("owner")}
        className={`${box} md:w-32`}
      />
      <FilterSelect
        name="status"
        label="Outcome"
        none="Any outcome"
        value={typed.status || undefined}
        choices={outcomes}
        onChoose={(status = "") => choose({ status })}
      />
      <Day
        label="From"
        title="Asked for on or after this day in UTC"
        value={typed.from}
        onChoose={(from) => choose({ from })}
      />
      <Day label="before" title="Asked for before this day in UTC" value={typed.to} onChoose={(to) => choose({ to })} />
      <SubmitButton size="small">Search</SubmitButton>
    </FilterBar>
  );
}

type DayProps = { label: string; title: string; value: string; onChoose: (day: string) => void };

function Day({ label, title, value, onChoose }: DayProps) {
  return (
    <label className="flex items-center gap-1.5 text-sm">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        title={title}
        className={`${box} min-w-0`}
      />
    </label>
  );
}

function Exports({ query }: { query: OverrideQuery }) {
  return (
    <span className="ml-auto flex gap-3 text-sm">
      Export
      {(["csv", "json"] as const).map((format) => (
        <a key={format} href={exportAddress(query, format)} download className="text-accent underline">
          <span className="sr-only">Export as </span>
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
