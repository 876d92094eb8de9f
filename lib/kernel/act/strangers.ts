import "server-only";
import { log } from "@/lib/kernel/log";

/** What nobody in particular tries may be recorded so often an hour, by each process: enough for every mistake, too little to fill a disk. */
const mostAnHour = 1000;
const hourMs = 3_600_000;

let hour = { began: -hourMs, admitted: 0 };
let leftOut = 0;

/**
 * The refusal of a stranger as it is recorded, or null when this hour has had its many. The next one that is recorded says how many were
 * left out before it, so that the chain tells of them too; the log says when it begins.
 */
export function admitStranger<Refused extends object>(
  refused: Refused,
  now = performance.now(),
): (Refused & { after?: { leftOut: number } }) | null {
  if (now - hour.began >= hourMs) hour = { began: now, admitted: 0 };
  if (hour.admitted >= mostAnHour) {
    if (++leftOut === 1)
      log.warn({ mostAnHour }, "refused acts of strangers are more than are recorded one by one; the rest is counted");
    return null;
  }
  hour.admitted++;
  const before = leftOut;
  leftOut = 0;
  return before ? { ...refused, after: { ...(refused as { after?: object }).after, leftOut: before } } : refused;
}
