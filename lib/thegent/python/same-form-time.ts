import { parsePythonTime } from "./time";

/** Any one character between date and clock; then a fraction and an offset, or nothing. */
const extended = /^\d{4}-\d\d-\d\d(.)\d\d:\d\d:\d\d(.*)$/su;

/** A leap year of 53 weeks before any of thegent's records: whatever month, day and week stand in a text, this year has them. */
const yearOfEveryDate = "1992";

/**
 * An instant at or before `end` in the form of `text`, an aware time that Python reads: only digits differ, so that it has the same
 * length and Python could have written it if it wrote `text`. Where the text is a date and a clock with seconds, as in all that thegent
 * writes, fraction and offset stay and it is the latest such instant, less than a second before `end`. In rarer forms (basic, week
 * dates, no seconds) only the year becomes 1992. `end` lies in the years 2000 to 2199.
 */
export function endInSameForm(text: string, end: Date): string {
  const [whole, separator, tail] = extended.exec(text) ?? [];
  const beyondTheSecond = whole === undefined ? null : parsePythonTime(`1970-01-01T00:00:00${tail}`);
  if (!beyondTheSecond) return yearOfEveryDate + text.slice(4);
  const seconds = Math.floor((end.getTime() * 1000 - beyondTheSecond.micros) / 1_000_000);
  const [date, clock] = new Date(seconds * 1000).toISOString().split(/[TZ.]/);
  return `${date}${separator}${clock}${tail}`;
}
