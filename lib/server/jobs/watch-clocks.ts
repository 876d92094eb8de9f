import "server-only";
import { areaClocks } from "@/lib/composition/areas";
import { clockGraceMs, listUnscheduled, oldestOverdue } from "@/lib/kernel/clock/clocks";
import { inTransaction } from "@/lib/kernel/db/client";
import type { Passing } from "@/lib/kernel/subject/pass-time";

export type Watch = {
  /** Subjects whose next step nobody had scheduled; they are scheduled now. */ unscheduled: number;
  /** Since when the oldest one waited for a step that was due, before this looked; null: none did. */ overdueSince: Date | null;
};

/** The watch over the clocks: does what is due, and schedules the next step of everything that has none. Answers what it found, which should be nothing. */
export async function watchClocks(input: Passing): Promise<Watch> {
  const overdueSince = await oldestOverdue(input.sourceId, new Date(input.now().getTime() - clockGraceMs));
  await passAllTime(input);
  return { unscheduled: await scheduleMissing(input.sourceId, "The clock"), overdueSince };
}

/** Does to the things of every area what time asks for by now. */
export async function passAllTime(input: Passing): Promise<void> {
  for (const { passTime } of areaClocks) await passTime(input);
}

const atOnce = 10_000;

/** Schedules the next step of up to 10,000 subjects that have none; answers how many they were. `by`: the part of the cockpit that asks for it. */
export async function scheduleMissing(sourceId: string, by: string): Promise<number> {
  const missing = await listUnscheduled(sourceId, atOnce);
  await inTransaction(async (tx) => {
    for (const { kind, schedule } of areaClocks) {
      const clocks = missing.filter((one) => one.kind === kind);
      await schedule(tx, by, sourceId, clocks);
    }
  });
  return missing.length;
}
