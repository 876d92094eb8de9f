import type { Choice } from "@/components/list/filter-select";
import type { NamedView } from "@/components/list/views-menu";
import type { EscalationRow, Facets, FacetValue, ListQuery } from "@/lib/areas/escalation/contract";
import { listParameters } from "@/lib/areas/escalation/queries/list-parameters";
import { sayCount } from "@/lib/kernel/words/quantities";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { escalationPaths } from "@/lib/model/paths";
import { pathWords } from "./path-words";

export type Facet = keyof Facets;

/** Facets in the order of the bar, and what each of their values is called. */
export const facetWords: {
  readonly [F in Facet]: { label: string; says: (value: Facets[F][number]["value"]) => string };
} = {
  path: { label: "Path", says: (path) => pathWords[path].short },
  sla: { label: "SLA", says: (sla) => (sla === "past" ? "Past SLA" : "Within SLA") },
  priority: { label: "Priority", says: (priority) => `Priority ${priority}` },
  lane: { label: "Lane", says: (lane) => visibleText(lane) },
  owner: { label: "Owner", says: (owner) => visibleText(owner) },
  level: { label: "Level", says: (level) => (level === 0 ? "Not raised" : `Level ${level}`) },
  claim: { label: "Who", says: (claim) => ({ mine: "Mine", none: "Unassigned", others: "Colleagues’" })[claim] },
};
export const facets = Object.keys(facetWords) as Facet[];

/** What of a query narrows the list; order, columns and place do not. */
export const chosenFacets = (query: ListQuery): Facet[] => facets.filter((facet) => query[facet] !== undefined);

export const isNarrowed = (query: ListQuery): boolean => chosenFacets(query).length > 0;

/** The query without what narrows it. */
export const cleared = ({ state, sort, columns }: ListQuery): ListQuery => ({ state, sort, columns });

/**
 * The choices of a facet, with how many open items each would show where that is counted. One of which nothing is open stays: an empty
 * view is how one reads that all is well there.
 */
export function choicesOf<F extends Facet>(
  facet: F,
  known: Partial<Facets>,
  counted: boolean,
  chosen: ListQuery[F],
): Choice[] {
  const { says } = facetWords[facet] as { says: (value: unknown) => string };
  const values: readonly FacetValue<unknown>[] = known[facet] ?? [];
  const missing =
    chosen !== undefined && !values.some(({ value }) => value === chosen) ? [{ value: chosen, count: 0 }] : [];
  return [...values, ...missing].map(({ value, count }) => ({
    value: String(value),
    label: counted ? `${says(value)} (${sayCount(count)})` : says(value),
  }));
}

/** Where nothing is counted, what can be chosen is what the loaded rows hold. */
export function seenFacets(rows: readonly EscalationRow[]): Pick<Facets, "path" | "lane" | "owner"> {
  const values = <T>(all: (T | null)[]) =>
    [...new Set(all)]
      .filter((value) => value !== null)
      .sort()
      .map((value) => ({ value, count: 0 }));
  return {
    path: escalationPaths.map((value) => ({ value, count: 0 })),
    lane: values(rows.map(({ lane }) => lane)),
    owner: values(rows.map(({ owner }) => owner)),
  };
}

/** Views that everybody has; `query` as the address says it. */
export const builtInViews: readonly NamedView[] = [
  { name: "All open", query: "" },
  { name: "Mine", query: "claim=mine" },
  { name: "Unassigned", query: "claim=none" },
  { name: "Past SLA", query: "sla=past" },
  { name: "Critical lane", query: "lane=critical" },
  { name: "Breaches", query: "state=breaches" },
];

/** The query as a view keeps it: without a place in the list. */
export const viewQuery = (query: ListQuery): string =>
  listParameters({ ...query, after: undefined, before: undefined });

/** The name of the view that the address says; null when it has none. */
export const viewName = (query: ListQuery, kept: readonly NamedView[] = []): string | null =>
  [...builtInViews, ...kept].find((view) => view.query === viewQuery(query))?.name ?? null;
