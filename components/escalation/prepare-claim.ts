import type { Instant } from "@/lib/kernel/contract";
import { sayDuration } from "@/lib/kernel/words/durations";

/** When the claim goes back by itself, to its holder (null) or to others. Whole minutes from one minute on: nobody waits for the second. */
export function sayQuiet(at: Instant, holder: string | null, now: number): string {
  const left = Date.parse(at) - now;
  const whose = holder === null ? "Your claim" : `The claim of ${holder}`;
  if (left <= 0) return `${whose} is returning to the queue.`;
  const span = left >= 60_000 ? `${Math.round(left / 60_000)} min` : sayDuration(Math.ceil(left / 1000) * 1000);
  return `${whose} returns to the queue in ${span}, unless ${holder === null ? "you do" : `${holder} does`} something on the item.`;
}
