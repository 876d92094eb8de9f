"use client";

import { useRouter } from "next/navigation";
import { useState, type SyntheticEvent } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { finalStatuses } from "@/lib/areas/override/domain/override";
import { limits } from "@/lib/areas/override/limits";
import { exportAddress, overridesAddress } from "@/lib/areas/override/queries/address";
import { sayStatus } from "./prepare";

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

const box = "h-[30px] rounded border border-edge bg-raised px-2 text-sm text-ink";

/** Narrows the history by words, outcome, owner and days, in the address; and gives what is left as a file. */
export function HistoryFilters({ query }: { query: OverrideQuery }) {
  const router = useRouter();
  const [typed, setTyped] = useState(typedOf(query));
  const go = (next: Typed) => router.push(overridesAddress(queryOf(next)));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    go(typed);
  };
  /** Choices rule at once, words when they are complete. */
  const choose = (part: Partial<Typed>) => {
    setTyped({ ...typed, ...part });
    go({ ...typed, ...part });
  };
  return (
    <form
      role="search"
      aria-label="The history"
      onSubmit={submit}
      className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-1.5 text-sm"
    >
      <input
        data-first-filter
        aria-label="Search owner, reason and ticket"
        placeholder="Owner, reason, ticket"
        value={typed.q}
        maxLength={limits.words.most}
        onChange={(event) => setTyped({ ...typed, q: event.target.value })}
        className={`${box} w-48`}
      />
      <input
        aria-label="Owner, exactly"
        placeholder="Owner, exactly"
        value={typed.owner}
        maxLength={limits.owned.most}
        onChange={(event) => setTyped({ ...typed, owner: event.target.value })}
        className={`${box} w-32`}
      />
      <select
        aria-label="Outcome"
        value={typed.status}
        onChange={(event) => choose({ status: event.target.value })}
        className={box}
      >
        <option value="">Any outcome</option>
        {finalStatuses.map((status) => (
          <option key={status} value={status}>
            {sayStatus[status].says}
          </option>
        ))}
      </select>
      <label className="flex items-center gap-1.5">
        From
        <input
          type="date"
          value={typed.from}
          onChange={(event) => choose({ from: event.target.value })}
          title="Asked for on or after this day in UTC"
          className={box}
        />
      </label>
      <label className="flex items-center gap-1.5">
        before
        <input
          type="date"
          value={typed.to}
          onChange={(event) => choose({ to: event.target.value })}
          title="Asked for before this day in UTC"
          className={box}
        />
      </label>
      <SubmitButton size="small">Search</SubmitButton>
      <span className="ml-auto flex gap-3">
        Export
        {(["csv", "json"] as const).map((format) => (
          <a key={format} href={exportAddress(query, format)} download className="text-accent underline">
            <span className="sr-only">Export as </span>
            {format.toUpperCase()}
          </a>
        ))}
      </span>
    </form>
  );
}
