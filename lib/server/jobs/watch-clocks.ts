import "server-only";
import { inTransaction } from "@/lib/kernel/db/client";
import { clockGraceMs, listUnscheduled, oldestOverdue } from "@/lib/kernel/clock/clocks";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { passTime } from "@/lib/areas/escalation/acts/pass-time";
import { passTimeOfOverrides } from "@/lib/areas/override/acts/pass-time";

type Input = { sourceId: string; now: () => Date; requestId: string };

export type Watch = {
  /** Subjects whose next step nobody had scheduled; they are scheduled now. */ unscheduled: number;
  /** Since when the oldest one waited for a step that was due, before this looked; null: none did. */ overdueSince: Date | null;
};

/** The watch over the clocks: does what is due, and schedules the next step of everything that has none. Answers what it found, which should be nothing. */
export async function watchClocks(input: Input): Promise<Watch> {
  const overdueSince = await oldestOverdue(input.sourceId, new Date(input.now().getTime() - clockGraceMs));
  await passTime(input);
  await passTimeOfOverrides(input);
  return { unscheduled: await scheduleMissing(input.sourceId, "The clock"), overdueSince };
}

const atOnce = 10_000;

/** Schedules the next step of up to 10,000 subjects that have none; answers how many they were. `by`: the part of the cockpit that asks for it. */
export async function scheduleMissing(sourceId: string, by: string): Promise<number> {
  const missing = await listUnscheduled(sourceId, atOnce);
  const of = (kind: string) => missing.filter((one) => one.kind === kind);
  await inTransaction(async (tx) => {
    await scheduleClocks(
      tx,
      grantSystem(operatingModel, "escalation.escalate", by),
      sourceId,
      "escalation",
      of("escalation"),
    );
    await scheduleClocks(
      tx,
      grantSystem(operatingModel, "override.pass-time", by),
      sourceId,
      "override",
      of("override"),
    );
  });
  return missing.length;
}
