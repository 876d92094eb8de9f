import { strip } from "@/lib/thegent/python/text";
import type { TelemetryEvent } from "@/lib/thegent/records/telemetry-event";

/** `key`: what is one provider to Python; null: a list or an object, which it cannot group by. `name`: how thegent writes it. */
export type Named = { key: string | null; name: string };

const textKey = (text: string): string => `text ${text}`;

/** In statistics and KPIs: a provider that is missing is "unknown". */
export function groupOf({ provider = "unknown" }: TelemetryEvent): Named {
  return typeof provider === "string" ? { key: textKey(provider), name: provider } : provider;
}

const none: Named = { key: "null", name: "None" };

/** In the detection of drift: a provider that is missing is None, as null is. */
export function comparedOf({ provider }: TelemetryEvent): Named {
  if (provider === undefined) return none;
  return typeof provider === "string"
    ? { key: textKey(provider), name: provider }
    : { key: provider.key, name: provider.text };
}

/** Equals itself in a group, and nothing in a comparison. */
export const isNaNKey = (key: string): boolean => key === "NaN";

/** As KPIs are asked for one provider: spaces around it and case do not matter. Null: all. */
export function providerFilter(asked: string | null): string | null {
  return strip(asked ?? "").toLowerCase() || null;
}

export function isAskedFor({ provider = "" }: TelemetryEvent, filter: string | null): boolean {
  return filter === null || strip(typeof provider === "string" ? provider : provider.text).toLowerCase() === filter;
}
