import "server-only";
import { passTime as ageItem } from "@/lib/areas/escalation/domain/next";
import { tellsOfTime } from "@/lib/areas/escalation/domain/tells";
import { lockDue } from "@/lib/areas/escalation/store/writes";
import { oldestOverdue } from "@/lib/kernel/clock/clocks";
import { inTransaction } from "@/lib/kernel/db/client";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { paths } from "@/lib/model/paths";
import { applyChanges } from "./apply-changes";
import { timeEvents } from "./time-events";

/** Items aged in one transaction. */
const batch = 200;
/** Looks that find others at work, and nothing to do themselves, before this leaves the rest to them. */
const patience = 5;

const grant = grantSystem(operatingModel, "escalation.escalate", "The clock");

type Input = { sourceId: string; now: () => Date; requestId: string };

/**
 * Does to every item what its clocks ask for by now: missed clocks, steps of the ladder, claims that went quiet; each with its notices
 * and audit events. Whoever calls it, and however often: everything happens once. Items on which somebody acts at this moment come last,
 * waited for one by one: holding nothing else meanwhile, it stands in nobody's way. Answers how many items changed.
 */
export async function passTime({ sourceId, now, requestId }: Input): Promise<number> {
  let changed = 0;
  for (let inVain = 0; inVain < patience;) {
    const at = now();
    const count = await age(sourceId, inVain ? { most: 1, wait: true } : { most: batch, wait: false }, {
      now: at,
      requestId,
    });
    changed += count;
    inVain = count ? 0 : inVain + 1;
    if (count < batch && !(await oldestOverdue(sourceId, new Date(at.getTime() + 1), "escalation"))) break;
  }
  return changed;
}

function age(
  sourceId: string,
  take: { most: number; wait: boolean },
  by: { now: Date; requestId: string },
): Promise<number> {
  return inTransaction(async (tx) => {
    const items = await lockDue(tx, grant, sourceId, by.now, take);
    const planned = items.map((before) => {
      const { item, happened } = ageItem(before, by.now);
      const heard = tellsOfTime(happened, paths[before.path].activity);
      return {
        grant,
        change: { before, next: item },
        tells: [],
        heard,
        settles: null,
        events: timeEvents(before, happened, by),
      };
    });
    return (await applyChanges(tx, planned, by.now)).size;
  });
}
