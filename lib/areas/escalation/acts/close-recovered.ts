import "server-only";
import { endingOf } from "@/lib/areas/escalation/domain/tells";
import { decideRecovered } from "@/lib/areas/escalation/domain/transitions";
import { findEscalations, saveItems } from "@/lib/areas/escalation/store/writes";
import { doneEvent } from "@/lib/kernel/act/authorise";
import type { Plain } from "@/lib/kernel/chain/audit-event";
import type { Tx } from "@/lib/kernel/db/client";
import { applyChanges } from "@/lib/kernel/subject/apply-changes";
import type { Grant } from "@/lib/model/decide";
import { items, type Planned } from "./change-escalations";

/**
 * Closes items whose cause ended by itself, with what stands for that. Those that are closed already, or that somebody changes at this moment, stay
 * as they are. Answers the ids that were closed.
 */
export async function closeRecovered(
  tx: Tx,
  grant: Grant<"drift.recover">,
  ids: readonly string[],
  by: { now: Date; requestId: string },
  says: { [key: string]: Plain },
): Promise<Set<string>> {
  const found = await findEscalations(tx, ids);
  const planned = [...found.values()].flatMap((item): Planned<"drift.recover">[] => {
    const closing = decideRecovered(item, by.now);
    if (!closing.ok) return [];
    const before = { status: item.status, version: item.version };
    const after = { status: closing.next.status, version: item.version + 1, ...says };
    return [
      {
        grant,
        change: { before: item, next: closing.next },
        about: items.about(closing.next),
        tells: [],
        heard: items.heard(closing.overdue, item, closing.next),
        settles: endingOf("close", null),
        events: [
          ...items.timeEvents(item, closing.overdue, by),
          doneEvent(grant, by, { kind: "escalation", id: item.id }, before, after),
        ],
      },
    ];
  });
  return applyChanges(tx, saveItems, planned, by.now);
}
