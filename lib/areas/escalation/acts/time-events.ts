import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { Due } from "@/lib/areas/escalation/domain/next";
import { doneEvent } from "@/lib/kernel/act/authorise";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

const clockGrant = () => grantSystem(operatingModel, "escalation.escalate", "The clock");

/** The chain's events of what time did to an item, one each, whoever noticed it. */
export function timeEvents(
  before: Pick<Escalation, "id" | "level">,
  happened: readonly Due[],
  by: { now: Date; requestId: string },
): DoneEvent<"escalation.escalate">[] {
  let level = before.level;
  return happened.map((due) => {
    const subject = { kind: "escalation", id: before.id };
    if (due.do === "return-claim")
      return doneEvent(clockGrant(), by, subject, { claimedById: due.fromId }, { returned: true, lateMs: due.lateMs });
    const was = level;
    level = Math.max(level, due.clock.level);
    return doneEvent(
      clockGrant(),
      by,
      subject,
      { level: was },
      { level, clock: due.clock.name, missed: due.do === "miss", to: [...due.clock.to], lateMs: due.lateMs },
    );
  });
}
