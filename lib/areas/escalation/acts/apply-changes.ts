import "server-only";
import { aboutItem, endingOf, type SettlingAct } from "@/lib/areas/escalation/domain/tells";
import { saveItems, type Change } from "@/lib/areas/escalation/store/writes";
import type { ChangingAction } from "@/lib/kernel/act/doors";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import type { Tx } from "@/lib/kernel/db/client";
import { decideNotices, type NewNotice } from "@/lib/kernel/notice/decide-notices";
import { addNotices, endNotices, listRoster } from "@/lib/kernel/notice/notices";
import type { Roster } from "@/lib/kernel/notice/roster";
import { ends, type Tell } from "@/lib/kernel/notice/steps";
import type { Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";

/** One item's change, with everything that stands or falls with it. */
export type Planned<A extends ChangingAction> = {
  grant: Grant<A>;
  change: Change;
  /** What the act tells. */
  tells: readonly Tell[];
  /** What time had done before the act: told with it, but for what the act settles at once. */
  heard: readonly Tell[];
  /** Which standing notices the act settles; null: none. */
  settles: SettlingAct | null;
  /** The act's own, and those of the clocks that it found run out. */
  events: readonly DoneEvent<A | "escalation.escalate">[];
};

type Also<A extends ChangingAction> = (saved: readonly Planned<A>[]) => Promise<void>;

/**
 * The one way in which items change, by people and by clocks: written under guard, notices ended and told, then the audit events, a few
 * statements however many items. Answers the ids that were written; of the others nothing happened, because somebody else was first.
 */
export async function applyChanges<A extends ChangingAction>(
  tx: Tx,
  planned: readonly Planned<A>[],
  now: Date,
  also?: Also<A>,
): Promise<Set<string>> {
  const [first] = planned;
  if (!first) return new Set();
  const ids = await saveItems(
    tx,
    first.grant,
    planned.map(({ change }) => change),
  );
  const saved = planned.filter(({ change }) => ids.has(change.next.id));
  if (!saved.length) return ids;
  await settleNotices(tx, saved, now);
  await tellPeople(tx, saved, now);
  await also?.(saved);
  await appendAuditAll(
    tx,
    saved.flatMap(({ events }) => events),
  );
  return ids;
}

/** One act settles all of its items alike. */
async function settleNotices<A extends ChangingAction>(tx: Tx, saved: readonly Planned<A>[], now: Date): Promise<void> {
  const endings = saved.flatMap(({ settles, grant, change }) =>
    settles ? [{ ...endingOf(settles, grant.role), subjectId: change.next.id }] : [],
  );
  await endNotices(tx, saved[0]!.grant, endings, now);
}

async function tellPeople<A extends ChangingAction>(tx: Tx, saved: readonly Planned<A>[], now: Date): Promise<void> {
  if (!saved.some(({ tells, heard }) => tells.length || heard.length)) return;
  const roster = await listRoster(tx);
  const notices = saved.flatMap((one) =>
    noticesOf(one, roster).map((notice) => ({ ...notice, subjectId: one.change.next.id })),
  );
  await addNotices(tx, saved[0]!.grant, saved[0]!.change.before.sourceId, notices, now);
}

function noticesOf<A extends ChangingAction>(
  { tells, heard, settles, grant, change }: Planned<A>,
  roster: Roster,
): NewNotice[] {
  const facts = {
    about: aboutItem(change.next),
    model: operatingModel,
    roster,
    routed: null,
    exceptId: grant.actor.id,
  };
  const settled = settles && endingOf(settles, grant.role);
  return [
    ...decideNotices(heard, facts).filter((notice) => !settled || !ends(settled, notice)),
    ...decideNotices(tells, facts),
  ];
}
