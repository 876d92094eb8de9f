/** How long after the n-th failed try (from 1) the next one comes, in seconds: quick for what passes by itself, and a night for what somebody must mend. */
const waits = [15, 60, 5 * 60, 15 * 60, 3600, 2 * 3600, 4 * 3600] as const;

/** A notice is tried this often; then its delivery has failed, and people are shown so. */
export const mostTries = waits.length + 1;

/** As long as a try may take at most: whoever began one and was never heard of again leaves it to others then. */
export const leaseMs = 120_000;

/** When to try again after the `tries`-th try failed; null: never again. `mayPass`: whether the receiver left room for hope. */
export function nextTry(tries: number, mayPass: boolean, now: Date): Date | null {
  const wait = waits[tries - 1];
  return mayPass && wait !== undefined ? new Date(now.getTime() + wait * 1000) : null;
}
