import "server-only";
import type { TellingAction } from "@/lib/kernel/act/doors";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import type { Tx } from "@/lib/kernel/db/client";
import { decideNotices, type About, type NewNotice } from "@/lib/kernel/notice/decide-notices";
import { addNotices, endNotices, listRoster } from "@/lib/kernel/notice/notices";
import type { Roster } from "@/lib/kernel/notice/roster";
import { ends, type Ending, type Tell } from "@/lib/kernel/notice/steps";
import type { WriteAction } from "@/lib/model/actions";
import type { Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";

/** What the kernel knows of any area's thing as it is stored. */
export type Stored = { id: string; sourceId: string; version: number; status: string };

/** A thing as it was read, and as it is to be. */
export type Change<Thing extends Stored, Next> = { before: Thing; next: Next };

/** One subject's change, with everything that stands or falls with it. */
export type Planned<A extends TellingAction, C extends Change<Stored, unknown>, Clock extends WriteAction = A> = {
  grant: Grant<A>;
  change: C;
  /** What the area says of it to whoever is told. */
  about: About;
  /** What the act tells. */
  tells: readonly Tell[];
  /** What time had done before the act: told with it, but for what the act settles at once. */
  heard: readonly Tell[];
  /** Which standing notices the act settles; null: none. */
  settles: Ending | null;
  /** The act's own, and those of the clocks that it found run out. */
  events: readonly DoneEvent<A | Clock>[];
};

/** Writes things of one source under guard, and sets their clocks; answers the ids that were written: of the others somebody else was first. */
export type Save<A extends TellingAction, C> = (tx: Tx, grant: Grant<A>, changes: readonly C[]) => Promise<Set<string>>;

/**
 * The one way in which subjects change, by people, clocks and other areas' acts: written under guard, notices ended and told, `also`, then the
 * audit events, a few statements however many subjects. All of one source, by grants of one action. Answers the ids that were written; of the
 * others nothing happened, because somebody else was first.
 */
export async function applyChanges<
  A extends TellingAction,
  C extends Change<Stored, unknown>,
  Clock extends WriteAction = A,
>(
  tx: Tx,
  save: Save<A, C>,
  planned: readonly Planned<A, C, Clock>[],
  now: Date,
  also?: (saved: readonly Planned<A, C, Clock>[]) => Promise<void>,
): Promise<Set<string>> {
  const [first] = planned;
  if (!first) return new Set();
  const ids = await save(
    tx,
    first.grant,
    planned.map(({ change }) => change),
  );
  const saved = planned.filter(({ change }) => ids.has(change.before.id));
  if (!saved.length) return ids;
  const endings = saved.flatMap(({ settles, change }) =>
    settles ? [{ ...settles, subjectId: change.before.id }] : [],
  );
  await endNotices(tx, first.grant, endings, now);
  await tellPeople(tx, saved, now);
  await also?.(saved);
  await appendAuditAll(
    tx,
    saved.flatMap(({ events }) => events),
  );
  return ids;
}

type AnyPlanned<A extends TellingAction> = Planned<A, Change<Stored, unknown>, WriteAction>;

async function tellPeople<A extends TellingAction>(tx: Tx, saved: readonly AnyPlanned<A>[], now: Date): Promise<void> {
  if (!saved.some(({ tells, heard }) => tells.length || heard.length)) return;
  const roster = await listRoster(tx);
  const notices = saved.flatMap((one) =>
    noticesOf(one, roster).map((notice) => ({ ...notice, subjectId: one.change.before.id })),
  );
  await addNotices(tx, saved[0]!.grant, saved[0]!.change.before.sourceId, notices, now);
}

function noticesOf<A extends TellingAction>(
  { about, tells, heard, settles, grant }: AnyPlanned<A>,
  roster: Roster,
): NewNotice[] {
  const facts = { about, model: operatingModel, roster, routed: null, exceptId: grant.actor.id };
  return [
    ...decideNotices(heard, facts).filter((notice) => !settles || !ends(settles, notice)),
    ...decideNotices(tells, facts),
  ];
}
