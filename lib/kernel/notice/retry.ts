/** How long after the n-th failed try (from 1) the next one comes, in seconds: quick for what passes by itself, and a night for what somebody must mend. */
const waits = [15, 60, 5 * 60, 15 * 60, 3600, 2 * 3600, 4 * 3600] as const;

/** A notice is tried this often; then its delivery has failed, and people are shown so. */
export const mostTries = waits.length + 1;

/** As long as a try may take at most: whoever began one and was never heard of again leaves it to others then. */
export const leaseMs = 120_000;

/** As long as a receiver may ask to be left alone; one that asks for more is asked again then. */
export const longestAskedMs = waits[waits.length - 1]! * 1000;

/** The earliest instant at which a receiver that asked to be left alone for `askedMs` may be tried again. */
export const notBefore = (askedMs: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(askedMs, longestAskedMs));

/**
 * When to try again after the `tries`-th try failed; null: never again. `mayPass`: whether the receiver left room for hope, `askedMs`: how
 * long it asked to be left alone: never sooner than that.
 */
export function nextTry(tries: number, mayPass: boolean, now: Date, askedMs = 0): Date | null {
  const wait = waits[tries - 1];
  if (!mayPass || wait === undefined) return null;
  return new Date(Math.max(now.getTime() + wait * 1000, notBefore(askedMs, now).getTime()));
}

/** RFC 9110, 5.6.7: the form to write, and the two old ones that are still to be read; all of them in GMT, which the last does not say. */
const fixed =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const rfc850 =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d\d-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d\d \d\d:\d\d:\d\d GMT$/;
const asctime =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** How long the text of a Retry-After, seconds or an HTTP date, asks to wait from `now`, in milliseconds; 0 when it says nothing that can be read, or a time that has passed. */
export function askedByRetryAfter(text: string | null, now: Date): number {
  const value = text?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at =
    fixed.test(value) || rfc850.test(value)
      ? Date.parse(value)
      : asctime.test(value)
        ? Date.parse(`${value} GMT`)
        : NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
