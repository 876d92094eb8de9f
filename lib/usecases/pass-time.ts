import "server-only";
import { inTransaction } from "@/lib/data/client";
import { clockGraceMs, listUnscheduled, oldestOverdue } from "@/lib/data/escalation-clocks";
import { lockDue } from "@/lib/data/escalation-writes";
import { scheduleClocks } from "@/lib/data/outbox";
import { passTime as ageItem } from "@/lib/domain/escalation/next";
import { paths } from "@/lib/domain/escalation/paths";
import { tellsOfTime } from "@/lib/domain/notice/steps";
import { applyChanges } from "./apply-changes";
import { clockGrant, timeEvents } from "./time-events";

/** Items aged in one transaction. */
const batch = 200;

type Input = { sourceId: string; now: () => Date; requestId: string };

/**
 * Does to every item what its clocks ask for by now: missed clocks, steps of the ladder, claims that went quiet; each with its notices
 * and audit events. Whoever calls it, and however often: everything happens once. Answers how many items changed.
 */
export async function passTime({ sourceId, now, requestId }: Input): Promise<number> {
  let changed = 0;
  for (;;) {
    const at = now();
    const count = await inTransaction(async (tx) => {
      const items = await lockDue(tx, clockGrant(), sourceId, at, batch);
      const planned = items.map((before) => {
        const { item, happened } = ageItem(before, at);
        const heard = tellsOfTime(happened, paths[before.path].activity);
        return { grant: clockGrant(), change: { before, next: item }, tells: [], heard, settles: null, events: timeEvents(before, happened, { now: at, requestId }) };
      });
      return (await applyChanges(tx, planned, at)).size;
    });
    changed += count;
    if (count < batch) return changed;
  }
}

export type Watch = { /** Open items whose next step nobody had scheduled; they are scheduled now. */ unscheduled: number; /** Since when the oldest item waited for a step that was due, before this looked; null: none did. */ overdueSince: Date | null };

/** The watch over the clocks: schedules the next step of every open item that has none, and does what is due. Answers what it found, which should be nothing. */
export async function watchClocks(input: Input): Promise<Watch> {
  const overdueSince = await oldestOverdue(input.sourceId, new Date(input.now().getTime() - clockGraceMs));
  await passTime(input);
  const missing = await listUnscheduled(input.sourceId, 10_000);
  await inTransaction((tx) => scheduleClocks(tx, input.sourceId, missing));
  return { unscheduled: missing.length, overdueSince };
}
