import "server-only";
import type { ClockAction, SubjectKind, TellingAction } from "@/lib/kernel/act/doors";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { oldestOverdue } from "@/lib/kernel/clock/clocks";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import type { About } from "@/lib/kernel/notice/decide-notices";
import type { Ending, Tell } from "@/lib/kernel/notice/steps";
import type { Grant } from "@/lib/model/decide";
import { applyChanges, type Change, type Save, type Stored } from "./apply-changes";

/** Subjects aged in one transaction. */
const batch = 200;
/** Looks that find others at work, and nothing to do themselves, before this leaves the rest to them. */
const patience = 5;

export type Passing = { sourceId: string; now: () => Date; requestId: string };
/** How many are taken, and whether what somebody else holds is waited for or passed over. */
export type Take = { most: number; wait: boolean };

type Ageing<K extends SubjectKind, A extends ClockAction<K> & TellingAction, Thing extends Stored, Next, Due> = {
  kind: K;
  /** The clock's own; `by`: the part of the cockpit that asks. */
  grant: (by: string) => Grant<A>;
  /** Subjects to which time must do something, first due first, locked until the transaction ends. */
  lockDue: (tx: Tx, grant: Grant<A>, sourceId: string, now: Date, take: Take) => Promise<Thing[]>;
  /** The thing once everything due has happened to it, and what that was. Doing it twice changes nothing. */
  age: (before: Thing, now: Date) => { next: Next; happened: readonly Due[] };
  about: (next: Next) => About;
  heard: (happened: readonly Due[], before: Thing, next: Next) => readonly Tell[];
  /** Which standing notices it settles; null: none. */
  settles: (next: Next) => Ending | null;
  timeEvents: (before: Thing, happened: readonly Due[], by: { now: Date; requestId: string }) => DoneEvent<A>[];
  save: Save<A, Change<Thing, Next>>;
};

/** The clock of an area's things, as the jobs know it. */
export type AreaClock = {
  kind: SubjectKind;
  /**
   * Does to every thing what time asks for by now, each with its notices and audit events. Whoever calls it, and however often: everything
   * happens once. Things on which somebody acts at this moment come last, waited for one by one: holding nothing else meanwhile, it stands in
   * nobody's way. Answers how many changed.
   */
  passTime: (input: Passing) => Promise<number>;
  /** Schedules their next steps; `by`: the part of the cockpit that asks for it. */
  schedule: (tx: Tx, by: string, sourceId: string, clocks: readonly { id: string; at: Date }[]) => Promise<void>;
};

export function clockOf<
  K extends SubjectKind,
  A extends ClockAction<K> & TellingAction,
  Thing extends Stored,
  Next,
  Due,
>(area: Ageing<K, A, Thing, Next, Due>): AreaClock {
  const { kind } = area;
  return {
    kind,
    schedule: (tx, by, sourceId, clocks) => scheduleClocks(tx, area.grant(by), sourceId, kind, clocks),
    passTime: async ({ sourceId, now, requestId }) => {
      let changed = 0;
      for (let inVain = 0; inVain < patience;) {
        const at = now();
        const take = inVain ? { most: 1, wait: true } : { most: batch, wait: false };
        const count = await ageDue(area, sourceId, take, { now: at, requestId });
        changed += count;
        inVain = count ? 0 : inVain + 1;
        if (count < batch && !(await oldestOverdue(sourceId, new Date(at.getTime() + 1), kind))) break;
      }
      return changed;
    },
  };
}

function ageDue<K extends SubjectKind, A extends ClockAction<K> & TellingAction, Thing extends Stored, Next, Due>(
  area: Ageing<K, A, Thing, Next, Due>,
  sourceId: string,
  take: Take,
  by: { now: Date; requestId: string },
): Promise<number> {
  return inTransaction(async (tx) => {
    const grant = area.grant("The clock");
    const things = await area.lockDue(tx, grant, sourceId, by.now, take);
    const planned = things.map((before) => {
      const { next, happened } = area.age(before, by.now);
      return {
        grant,
        change: { before, next },
        about: area.about(next),
        tells: area.heard(happened, before, next),
        heard: [],
        settles: area.settles(next),
        events: area.timeEvents(before, happened, by),
      };
    });
    return (await applyChanges(tx, area.save, planned, by.now)).size;
  });
}
