/**
 * The instants that the cockpit reckons with. Python's calendar and ISO 8601 end at the years 1 and 9999, and people write its ends for
 * "always" and "never": they are held here, with a second left at the end, because the clock of a due instant rings just past it.
 */
export const earliestInstant = Date.parse("0001-01-01T00:00:00.000Z");
export const latestInstant = Date.parse("9999-12-31T23:59:59.000Z");

/** The instant, or the end of the calendar that it lies beyond. Milliseconds since the epoch. */
export const withinCalendar = (ms: number): Date => new Date(Math.min(Math.max(ms, earliestInstant), latestInstant));
