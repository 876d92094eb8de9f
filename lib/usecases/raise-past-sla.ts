import "server-only";
import { appendAuditAll } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { listUnscheduled, lockUnraised, raise } from "@/lib/data/escalation-clocks";
import { scheduleClocks } from "@/lib/data/outbox";
import { nextStep } from "@/lib/domain/escalation/next-step";
import { grantSystem } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { doneEvent } from "./authorise";

/** Items raised in one transaction. */
const batch = 200;

type Input = { sourceId: string; now: () => Date; requestId: string };

/**
 * Raises every item whose clock has run out to the level its path says, each with its audit event. Whoever calls it, and however
 * often: each item is raised once. Answers how many.
 */
export async function raisePastSla({ sourceId, now, requestId }: Input): Promise<number> {
  const grant = grantSystem(operatingModel, "escalation.escalate", "The clock");
  let raised = 0;
  for (;;) {
    const at = now();
    const count = await inTransaction(async (tx) => {
      const items = await lockUnraised(tx, grant, sourceId, at, batch);
      const due = items.flatMap((item) => {
        const step = nextStep(item, at);
        return step.do === "escalate" ? [{ item, step }] : [];
      });
      const done = new Set(await raise(tx, grant, due.map(({ item }) => item.id), 1, at));
      const events = due
        .filter(({ item }) => done.has(item.id))
        .map(({ item, step: { clock, level, to, lateMs } }) =>
          doneEvent(grant, { now: at, requestId }, { kind: "escalation", id: item.id }, { level: item.level }, { level, clock, to: [...to], lateMs }),
        );
      await appendAuditAll(tx, events);
      return done.size;
    });
    raised += count;
    if (count < batch) return raised;
  }
}

/**
 * The watch over the clocks: raises what is due, and schedules the next step of every item that has none. Answers how many steps
 * were missing, which should be none.
 */
export async function watchClocks(input: Input): Promise<number> {
  await raisePastSla(input);
  const missing = await listUnscheduled(input.sourceId, 10_000);
  await inTransaction((tx) => scheduleClocks(tx, input.sourceId, missing.map(({ id, dueAt }) => ({ id, at: new Date(dueAt.getTime() + 1) }))));
  return missing.length;
}
