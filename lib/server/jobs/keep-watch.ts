import "server-only";
import { openByTrigger } from "@/lib/areas/escalation/acts/open-by-trigger";
import { log } from "@/lib/kernel/log";
import { watchAreas } from "./watch-areas";
import { watchClocks } from "./watch-clocks";

type Input = { sourceId: string; now: () => Date; requestId: string };

/**
 * The minute's watch: what areas look after, and over the clocks. What it finds it mends, and raises: an incident is open until somebody has looked into why
 * steps were late or missing, and never a second one meanwhile.
 */
export async function keepWatch(input: Input): Promise<void> {
  await watchAreas(input).catch((error: unknown) =>
    log.warn({ err: error }, "an area could not look at what it watches"),
  );
  const { unscheduled, overdueSince } = await watchClocks(input);
  if (!unscheduled && !overdueSince) return;
  const late = overdueSince ? `the oldest step was due at ${overdueSince.toISOString()} and had not been taken` : "";
  const missing = unscheduled
    ? `${unscheduled} next ${unscheduled === 1 ? "step was" : "steps were"} not scheduled`
    : "";
  const found = [missing, late].filter(Boolean).join("; ");
  log.warn({ unscheduled, overdueSince }, "the clocks were not kept; they are now");
  const reason = `The cockpit's clocks were not kept: ${found}. They are now; find out why.`;
  await openByTrigger({
    sourceId: input.sourceId,
    path: "incident",
    subject: "clocks of the cockpit",
    reason,
    severity: "P3",
    now: input.now(),
    requestId: input.requestId,
  });
}
