import "server-only";
import { passTime as ageItem, type Due } from "@/lib/areas/escalation/domain/next";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { Item } from "@/lib/areas/escalation/read/item";
import { lockDue, saveItems } from "@/lib/areas/escalation/store/writes";
import { clockOf } from "@/lib/kernel/subject/pass-time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { items } from "./change-escalations";

/** Missed clocks, steps of the ladder, claims that went quiet. */
export const itemClock = clockOf<"escalation", "escalation.escalate", Item, Escalation, Due>({
  kind: "escalation",
  grant: (by) => grantSystem(operatingModel, "escalation.escalate", by),
  lockDue,
  age: (before, now) => {
    const { item: next, happened } = ageItem(before, now);
    return { next, happened };
  },
  about: items.about,
  heard: items.heard,
  settles: () => null,
  timeEvents: items.timeEvents,
  save: saveItems,
});
export const { passTime } = itemClock;
