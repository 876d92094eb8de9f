import "server-only";
import { lateCauseHint } from "@/lib/areas/escalation/words";
import type { QueueRecordView } from "@/lib/areas/escalation/contract";
import { thegentWordFor, type Escalation } from "@/lib/areas/escalation/domain/escalation";
import { limits } from "@/lib/areas/escalation/limits";
import { textOf, type EventFacts } from "@/lib/kernel/chain/timeline";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects } from "@/lib/kernel/effect/effects";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import type { Context } from "@/lib/kernel/act/context";
import type { Planned } from "./change-escalations";
import { textWhile, type ItemFacts } from "./item-act";

/** What closing an item late asks for: from the instant on at which it is late. */
export const lateCause = (hint: (facts: ItemFacts) => string = () => "") =>
  textWhile({
    called: "The cause of the lateness",
    limit: limits.lateCause,
    label: "Cause of the lateness",
    rows: 2,
    hint: (facts) => `${lateCauseHint}${hint(facts)}`,
    // Once breached, it is late whatever the reader's clock says.
    asked: ({ item }) => ({ after: (item.breachedAt === null ? item.dueAt : new Date(0)).toISOString(), until: null }),
  });

/** A record of thegent's that waits. */
export const isWaiting = ({ status, gone }: QueueRecordView): boolean => status === "pending" && !gone;

/** What was written as an item was closed, whole. */
export const closingText = ({ note, lateCause: cause }: EventFacts): string =>
  [textOf(note), cause ? `Late because: ${textOf(cause)}` : ""].filter(Boolean).join("\n");

/** Notes in the same transaction that thegent must take it up. Only a policy denial has a record there. */
export async function writeBack(
  tx: Tx,
  saved: readonly Planned<"escalation.resolve" | "escalation.cancel">[],
  { now }: Context,
): Promise<void> {
  const effects = saved.flatMap(({ change: { next } }) =>
    next.runId !== null
      ? [
          {
            subjectId: next.id,
            kind: "thegent.resolve" as const,
            payload: { runId: next.runId, word: wordOf(next), at: now.toISOString() },
          },
        ]
      : [],
  );
  if (!effects.length) return;
  const { grant } = saved[0]!;
  await addEffects(tx, grant, effects, now);
  await scheduleDelivery(tx, grant, saved[0]!.change.before.sourceId);
}

const wordOf = ({ outcome }: Escalation): string => thegentWordFor[outcome ?? "cancelled"];
