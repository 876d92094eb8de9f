import type { OverrideQuery } from "@/lib/areas/override/contract";

/** From and before which UTC day of the requests. */
export type OverrideSpan = Pick<OverrideQuery, "from" | "to">;

/** A query of the overrides as the address bar says it: what is as usual is left out, and which page of it is no part of it. */
export function overrideParameters({ tab, q, status, owner, from, to }: OverrideQuery): string {
  const said = Object.entries({ tab: tab === "awaiting" ? undefined : tab, q, status, owner, from, to }).flatMap(
    ([name, value]) => (value ? [[name, value]] : []),
  );
  return new URLSearchParams(said).toString();
}

/** The address of a list of overrides. */
export function overridesAddress(query: OverrideQuery): string {
  const text = overrideParameters(query);
  return text ? `/overrides?${text}` : "/overrides";
}

/** What a tab lists under the same filters, as a file. */
export function exportAddress(query: OverrideQuery, format: "csv" | "json"): string {
  const parameters = new URLSearchParams(overrideParameters(query));
  parameters.set("tab", query.tab);
  parameters.set("format", format);
  return `/api/overrides/export?${parameters}`;
}
