import "server-only";
import { appendAuditAll } from "@/lib/data/audit";
import type { Tx } from "@/lib/data/client";
import type { ChangingAction } from "@/lib/data/doors";
import { saveItems, type Change } from "@/lib/data/escalation-writes";
import { addNotices, endNotices, listRoster } from "@/lib/data/notices";
import type { DoneEvent } from "@/lib/domain/chain/act-event";
import type { Roster } from "@/lib/domain/duty/roster";
import { decideNotices, type NewNotice } from "@/lib/domain/notice/decide-notices";
import { ends, type Tell } from "@/lib/domain/notice/steps";
import { aboutItem, endingOf, type SettlingAct } from "@/lib/domain/escalation/tells";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";

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
export async function applyChanges<A extends ChangingAction>(tx: Tx, planned: readonly Planned<A>[], now: Date, also?: Also<A>): Promise<Set<string>> {
  const [first] = planned;
  if (!first) return new Set();
  const ids = await saveItems(tx, first.grant, planned.map(({ change }) => change));
  const saved = planned.filter(({ change }) => ids.has(change.next.id));
  if (!saved.length) return ids;
  await settleNotices(tx, saved, now);
  await tellPeople(tx, saved, now);
  await also?.(saved);
  await appendAuditAll(tx, saved.flatMap(({ events }) => events));
  return ids;
}

/** One act settles all of its items alike. */
async function settleNotices<A extends ChangingAction>(tx: Tx, saved: readonly Planned<A>[], now: Date): Promise<void> {
  const endings = saved.flatMap(({ settles, grant, change }) => (settles ? [{ ...endingOf(settles, grant.role), subjectId: change.next.id }] : []));
  await endNotices(tx, saved[0]!.grant, endings, now);
}

async function tellPeople<A extends ChangingAction>(tx: Tx, saved: readonly Planned<A>[], now: Date): Promise<void> {
  if (!saved.some(({ tells, heard }) => tells.length || heard.length)) return;
  const roster = await listRoster(tx);
  const notices = saved.flatMap((one) => noticesOf(one, roster).map((notice) => ({ ...notice, subjectId: one.change.next.id })));
  await addNotices(tx, saved[0]!.grant, saved[0]!.change.before.sourceId, notices, now);
}

function noticesOf<A extends ChangingAction>({ tells, heard, settles, grant, change }: Planned<A>, roster: Roster): NewNotice[] {
  const facts = { about: aboutItem(change.next), model: operatingModel, roster, routed: null, exceptId: grant.actor.id };
  const settled = settles && endingOf(settles, grant.role);
  return [...decideNotices(heard, facts).filter((notice) => !settled || !ends(settled, notice)), ...decideNotices(tells, facts)];
}
