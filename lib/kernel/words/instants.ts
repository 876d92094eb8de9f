import { sayDuration } from "./durations";

/**
 * Instants for people. Input is ISO 8601 as the contracts have it, or whatever stands in thegent's files; a text that is no instant is
 * given back as it is. `timeZone` is an IANA name; the server knows only "UTC", the reader's own zone comes in after mounting.
 */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    // hourCycle, not hour12: false — with the latter some releases of ICU say "24:00" at midnight.
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    });
    formats.set(timeZone, format);
  }
  return format;
}

type Parts = { date: string; time: string; zone: string };

function partsOf(instant: string, timeZone: string): Parts | null {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return null;
  if (timeZone === "UTC") {
    // No formatter where text will do: the server says many instants per page, all of them in UTC.
    const iso = new Date(at).toISOString();
    const cut = iso.indexOf("T");
    return { date: iso.slice(0, cut), time: iso.slice(cut + 1, cut + 9), zone: "UTC" };
  }
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(at)) part[type] = value;
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    time: `${part.hour}:${part.minute}:${part.second}`,
    zone: part.timeZoneName ?? timeZone,
  };
}

/** "2026-02-10 09:26:41 UTC" */
export function sayExact(instant: string, timeZone: string): string {
  const parts = partsOf(instant, timeZone);
  return parts ? `${parts.date} ${parts.time} ${parts.zone}` : instant;
}

/** "09:26:41" on the day of `now` in that zone, the exact instant on any other. */
export function sayAsOf(instant: string, now: number, timeZone: string): string {
  const parts = partsOf(instant, timeZone);
  const today = partsOf(new Date(now).toISOString(), timeZone);
  return parts && parts.date === today?.date ? parts.time : sayExact(instant, timeZone);
}

const minute = 60_000;
const hour = 60 * minute;

/**
 * "3h 12m ago", "12m ago", "42s ago"; "just now" within a second, and for an instant that a clock ahead of ours has written. What lies behind is
 * not counted by the second: that is for what runs out.
 */
export function sayAgo(instant: string, now: number): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  const span = now - at;
  if (span < 1000) return "just now";
  return span >= minute && span < hour ? `${Math.floor(span / minute)}m ago` : `${sayDuration(span)} ago`;
}
