/**
 * Times as Python 3.11's `datetime.fromisoformat` reads them (FORMATS §1, "Timestamps"): extended and basic form, week dates,
 * any one character between date and time, comma or point before the fraction, offsets down to microseconds, `Z`.
 */
export type PythonTime = {
  /** Microseconds since the epoch; of a naive time as if it were UTC. Exact between the years 1685 and 2255. */
  micros: number;
  /** Carries an offset. Python refuses to compare a naive time with now, so thegent skips its record. */
  aware: boolean;
};

/** Null where Python raises ValueError. */
export function parsePythonTime(text: string): PythonTime | null {
  if (text.length < 7) return null;
  const dateEnd = findDateEnd(text);
  if (dateEnd === null) return null;
  const days = readDate(text, dateEnd);
  if (days === null) return null;
  const afterSeparator = dateEnd + (String.fromCodePoint(text.codePointAt(dateEnd) ?? 0).length || 1);
  const time = text.length > dateEnd ? readTime(utf8Units(text.slice(afterSeparator))) : { micros: 0, offset: null };
  if (time === null) return null;
  return { micros: days * 86_400_000_000 + time.micros - (time.offset ?? 0), aware: time.offset !== null };
}

/** One character per UTF-8 byte, because CPython counts bytes. */
const utf8Units = (text: string): string => (/^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString("latin1"));

/** As thegent writes an instant: six fraction digits, or none when the microseconds are 0; always `+00:00`. */
export function formatPythonUtc(at: Date): string {
  return at
    .toISOString()
    .replace(/\.(\d{3})Z$/, (_, millis: string) => (millis === "000" ? "+00:00" : `.${millis}000+00:00`));
}

/** Where the date ends is told by its form alone, as any character may follow it. */
function findDateEnd(text: string): number | null {
  if (text.length === 7) return 7;
  if (text[4] === "-") {
    if (text[5] !== "W") return 10;
    if (text[8] !== "-") return 8;
    if (text.length === 9) return null;
    // YYYY-Www-## : Python takes the dash for the separator and the digits for the hour.
    return isDigit(text[10]) ? 8 : 10;
  }
  if (text[4] !== "W") return 8;
  let end = 7;
  while (isDigit(text[end])) end += 1;
  if (end < 9) return end;
  return end % 2 === 0 ? 7 : 8;
}

const basicOrExtended = /^(\d{4})(-?)(\d\d)(-?)(\d\d)$/;
const weekDate = /^(\d{4})(-?)W(\d\d)(?:(-?)(\d))?$/;

/** Days since the epoch. */
function readDate(text: string, end: number): number | null {
  const date = text.slice(0, end);
  const plain = basicOrExtended.exec(date);
  if (plain) return plain[2] === plain[4] ? daysOf(Number(plain[1]), Number(plain[3]), Number(plain[5])) : null;
  const week = weekDate.exec(date);
  if (!week || (week[5] !== undefined && week[2] !== week[4])) return null;
  return daysOfWeekDate(Number(week[1]), Number(week[3]), Number(week[5] ?? 1));
}

const dayMillis = 86_400_000;

function daysOf(year: number, month: number, day: number): number | null {
  if (year < 1) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.getTime() / dayMillis : null;
}

function daysOfWeekDate(year: number, week: number, day: number): number | null {
  if (year < 1 || week < 1 || week > 53 || day < 1 || day > 7) return null;
  const start = firstMonday(year);
  const days = start + (week - 1) * 7 + day - 1;
  if (week === 53 && start + 52 * 7 >= firstMonday(year + 1)) return null;
  const resultYear = new Date(days * dayMillis).getUTCFullYear();
  return resultYear >= 1 && resultYear <= 9999 ? days : null;
}

/** The Monday of ISO week 1: that of the week with 4 January in it. */
function firstMonday(year: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 4);
  return date.getTime() / dayMillis - ((date.getUTCDay() + 6) % 7);
}

type Clock = { hour: number; minute: number; second: number; micros: number; complete: boolean };

/** `offset` in microseconds, null for a naive time. */
function readTime(text: string): { micros: number; offset: number | null } | null {
  const zoneAt = text.search(/[-+Z]/);
  const clock = readClock(text, zoneAt === -1 ? text.length : zoneAt);
  if (!clock || clock.hour > 23 || clock.minute > 59 || clock.second > 59) return null;
  const micros = toMicros(clock);
  if (zoneAt === -1) return clock.complete ? { micros, offset: null } : null;
  if (text[zoneAt] === "Z") return zoneAt === text.length - 1 ? { micros, offset: 0 } : null;
  const zone = text.slice(zoneAt + 1);
  const offset = readClock(zone, zone.length);
  if (!offset?.complete || toMicros(offset) >= dayMillis * 1000) return null;
  // CPython takes an offset of no whole second for UTC, whatever its fraction.
  const size = toMicros(offset) < 1_000_000 ? 0 : toMicros(offset);
  return { micros, offset: text[zoneAt] === "-" ? -size : size };
}

const toMicros = (clock: Clock): number =>
  ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1_000_000 + clock.micros;

/**
 * HH[:?MM[:?SS]][.,f…], as CPython reads it: a fraction may follow any part, digits beyond the sixth are cut. `complete` says
 * that nothing followed; CPython minds that only at the very end of the text.
 */
function readClock(text: string, end: number): Clock | null {
  const parts = [0, 0, 0];
  let at = 0;
  let hasColons = true;
  for (let part = 0; part < 3; part += 1) {
    const digits = text.slice(at, at + 2);
    if (!/^\d\d$/.test(digits)) return null;
    parts[part] = Number(digits);
    const next = text[at + 2];
    at += 3;
    if (part === 0) hasColons = next === ":";
    if (at >= end) return clockOf(parts, "", next === undefined);
    if (hasColons && next === ":") continue;
    if (next === "." || next === ",") break;
    if (hasColons) return null;
    at -= 1;
  }
  const fraction = text.slice(at, Math.min(end, at + 6));
  if (!/^\d+$/.test(fraction)) return null;
  at += fraction.length;
  while (isDigit(text[at])) at += 1;
  return clockOf(parts, fraction, at >= text.length);
}

function clockOf([hour = 0, minute = 0, second = 0]: number[], fraction: string, complete: boolean): Clock {
  return { hour, minute, second, micros: Number(fraction.padEnd(6, "0")), complete };
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= "0" && char <= "9";
