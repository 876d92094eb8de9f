"use client";

import { EmptyList } from "@/components/list/empty-list";
import { ListTable } from "@/components/list/list-table";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { overridesAddress } from "@/lib/areas/override/queries/address";
import { overrideList } from "@/lib/areas/override/queries/options";
import { overrideTables, type ListedTab } from "./override-columns";
import { filtersOf } from "./prepare";

/** The rows of a tab, as far as the reader went. */
export const OverrideList = ({ query, tab }: { query: OverrideQuery; tab: ListedTab }) => (
  <ListTable
    read={overrideList(query)}
    reading="Reading the overrides"
    {...overrideTables[tab]}
    empty={<Empty query={query} tab={tab} />}
  />
);

const says: Readonly<Record<ListedTab, string>> = {
  awaiting:
    "No request waits for a decision. New ones appear here by themselves; they are asked for from an open policy denial, or for an owner directly.",
  active: "No override decided here is in force. What was made in thegent itself is under Findings.",
  history: "No override has ended yet.",
};

const Empty = ({ query, tab }: { query: OverrideQuery; tab: ListedTab }) =>
  filtersOf(query) > 0 ? (
    <EmptyList
      says="No override matches these filters."
      way={{ href: overridesAddress({ tab }), name: "Clear filters" }}
    />
  ) : (
    <EmptyList says={says[tab]} />
  );
