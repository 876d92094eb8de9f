import type { TelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { eventIn, hourOf, providerOf } from "./hours";
import { kindsOf } from "./messages";

/** How often a provider's lines had a kind of message in an hour. */
type MessageHour = {
  hour: string;
  provider: string;
  kind: string;
  outputs: number;
  /** Lines that report drift alone. thegent writes one beside the output, with the same messages. */
  reports: number;
  /** The newest; an output where there is one, as it tells more. */
  lastLine: number;
};

/** Where a kind was seen first. */
type FirstSeen = { kind: string; firstAt: string | null; firstLine: number };

export type Messages = { hours: readonly MessageHour[]; first: readonly FirstSeen[] };

/** What stands for further kinds, once a source has had as many as anybody reads. */
export const otherKinds = "(other messages)";

/** What the lines' messages add up to. */
export function messagesIn(lines: readonly TelemetryLine[]): Messages {
  const hours = new Map<string, MessageHour>();
  const first = new Map<string, FirstSeen>();
  for (const read of lines) {
    const one = eventIn(read);
    if (!one?.told.messages.length) continue;
    const { event, told } = one;
    for (const kind of kindsOf(told)) {
      if (!first.has(kind)) first.set(kind, { kind, firstAt: told.at?.toISOString() ?? null, firstLine: event.line });
      const place = { hour: hourOf(told.at), provider: providerOf(event), kind };
      const key = JSON.stringify(place);
      const row = hours.get(key) ?? { ...place, outputs: 0, reports: 0, lastLine: event.line };
      hours.set(key, {
        ...row,
        outputs: row.outputs + Number(told.isOutput),
        reports: row.reports + Number(!told.isOutput),
        lastLine: told.isOutput || !row.outputs ? event.line : row.lastLine,
      });
    }
  }
  return { hours: [...hours.values()], first: [...first.values()] };
}

/** With no more kinds than a source may have: those that are `known` stay, of the others as many as there is `room` for. */
export function withinKinds({ hours, first }: Messages, known: ReadonlySet<string>, room: number): Messages {
  const fresh = first.filter(({ kind }) => !known.has(kind));
  const taken = new Set([...known, ...fresh.slice(0, Math.max(0, room)).map(({ kind }) => kind)]);
  const surplus = first.filter(({ kind }) => !taken.has(kind));
  if (!surplus.length) return { hours, first };
  const merged = new Map<string, MessageHour>();
  for (const row of hours) {
    const kind = taken.has(row.kind) ? row.kind : otherKinds;
    const key = JSON.stringify([row.hour, row.provider, kind]);
    const other = merged.get(key);
    merged.set(key, {
      ...row,
      kind,
      outputs: row.outputs + (other?.outputs ?? 0),
      reports: row.reports + (other?.reports ?? 0),
      lastLine: Math.max(row.lastLine, other?.lastLine ?? 0),
    });
  }
  const others = { ...surplus[0]!, kind: otherKinds };
  return { hours: [...merged.values()], first: [...first.filter(({ kind }) => taken.has(kind)), others] };
}
