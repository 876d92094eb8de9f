import type { TelemetryEvent, TelemetryLine, Told } from "@/lib/thegent/records/telemetry-event";
import { groupOf } from "./provider";
import { isEvent } from "./sums";

/** What one provider's outputs under one contract were in an hour. Times are the lines' own; `undated` stands for those that tell none. */
export type HourRow = {
  /** ISO 8601, UTC: its beginning. */
  hour: string;
  provider: string;
  contract: string;
  lines: number;
  structural: number;
  semantic: number;
  outputs: number;
  fallbacks: number;
  successes: number;
  /** Sum over `confident` outputs that tell a finite one. */
  confidence: number;
  confident: number;
};

export const undated = new Date(0).toISOString();
const hourMs = 3_600_000;
/** Charts know names of this length at most. */
const longestName = 100;

/** The lines summed by hour, provider and contract; those that are no event are in no chart. */
export function hoursOf(lines: readonly TelemetryLine[]): HourRow[] {
  const rows = new Map<string, HourRow>();
  for (const line of lines) {
    const read = eventIn(line);
    if (!read) continue;
    const { drift, fallback, success, confidence } = read.event;
    const { at, isOutput } = read.told;
    const place = { hour: hourOf(at), provider: providerOf(read.event), contract: contractOf(read.told) };
    const key = JSON.stringify(place);
    const row = rows.get(key) ?? { ...place, ...nothing };
    const sure = isOutput && typeof confidence === "number" && Number.isFinite(confidence);
    rows.set(key, {
      ...row,
      lines: row.lines + 1,
      structural: row.structural + Number(drift === "structural"),
      semantic: row.semantic + Number(drift === "semantic"),
      outputs: row.outputs + Number(isOutput),
      fallbacks: row.fallbacks + Number(isOutput && fallback),
      successes: row.successes + Number(isOutput && success),
      confidence: row.confidence + (sure ? confidence : 0),
      confident: row.confident + Number(sure),
    });
  }
  return [...rows.values()];
}

const nothing = {
  lines: 0,
  structural: 0,
  semantic: 0,
  outputs: 0,
  fallbacks: 0,
  successes: 0,
  confidence: 0,
  confident: 0,
};

/** A line that is an event, and what else it tells; null: it is none. */
export const eventIn = (line: TelemetryLine): { event: TelemetryEvent; told: Told } | null =>
  "item" in line && isEvent(line.item) && line.told ? { event: line.item, told: line.told } : null;

/** As hours, charts and pages name them. */
export const providerOf = (event: TelemetryEvent): string => shown(groupOf(event).name);
export const contractOf = ({ contract }: Pick<Told, "contract">): string => shown(contract ?? "none");

export const hourOf = (at: Told["at"]): string =>
  at === null ? undated : new Date(Math.floor(at.getTime() / hourMs) * hourMs).toISOString();

/** As a column keeps it. */
export const shown = (name: string): string =>
  [...name]
    .slice(0, longestName)
    .map((char) => (char === "\0" || /^[\ud800-\udfff]$/.test(char) ? "\ufffd" : char))
    .join("");
