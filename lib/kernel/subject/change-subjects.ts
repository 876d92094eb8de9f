import "server-only";
import { doneEvent, errorOf, recordRefusals } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import type { SubjectKind, TellingAction } from "@/lib/kernel/act/doors";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import type { Plain } from "@/lib/kernel/chain/audit-event";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { personNames } from "@/lib/kernel/db/people-named";
import { CockpitError } from "@/lib/kernel/errors";
import type { About } from "@/lib/kernel/notice/decide-notices";
import type { Ending, Tell } from "@/lib/kernel/notice/steps";
import type { PersonActionId, WriteAction } from "@/lib/model/actions";
import { refuse, type Grant, type Refusal } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { applyChanges, type Change, type Planned, type Save, type Stored } from "./apply-changes";

/** `version`: the one that the person looked at. */
export type Target = { id: string; version: number };
export type Outcome = { id: string; error: CockpitError | null };

/** Acts of people that change what stands already. */
export type ChangingAct = TellingAction & PersonActionId;

/** `overdue`: what time had done before the act and nobody had heard yet; the act hears it. */
type Judged<Next, Due, Why> = { ok: true; next: Next; overdue: readonly Due[] } | { ok: false; rejection: Why };

/** What an area says of its things, so that they can be changed: the row by which its acts come to `changeSubjects`. */
export type Changeable<Thing extends Stored, Next, Due, Why, Clock extends WriteAction> = {
  kind: SubjectKind;
  /** What is answered where there is none. */
  absent: string;
  find: (tx: Tx, ids: readonly string[]) => Promise<Map<string, Thing>>;
  about: (next: Next) => About;
  /** What is told because of what time did. */
  heard: (overdue: readonly Due[], before: Thing, next: Next) => readonly Tell[];
  timeEvents: (before: Thing, overdue: readonly Due[], by: { now: Date; requestId: string }) => DoneEvent<Clock>[];
  /** Where the rule refuses because of who acts: separation of duties. Such an attempt is an event of the chain, like any refused right. */
  refuses?: (rejection: Why) => string | null;
  /** Whom the answer may name. */
  involved: (rejection: Why | null, now: Thing | null) => readonly (string | null)[];
  /** Why nothing came of it; no rejection: somebody else was first. */
  explain: (rejection: Why | null, now: Thing | null, names: Readonly<Record<string, string>>) => CockpitError;
};

/** By whose right: one's own, or in somebody's place; or why not. */
export type Right<A extends ChangingAct> =
  { allowed: true; grant: Grant<A>; forId?: string | null } | Refusal<A> | { because: string };

export type Steps<A extends ChangingAct, Thing extends Stored, Next, Due, Why, Clock extends WriteAction> = {
  action: A;
  /** Asked in the transaction of the act, where the right hangs on what may change meanwhile. Null: there is no such thing. */
  right: (tx: Tx, thing: Thing | null) => Right<A> | Promise<Right<A>>;
  decide: (
    tx: Tx,
    thing: Thing,
    by: { personId: string; forId: string | null; now: Date },
  ) => Judged<Next, Due, Why> | Promise<Judged<Next, Due, Why>>;
  save: Save<A, Change<Thing, Next>>;
  /** What the audit event says of it afterwards, besides its status and version. */
  says?: (next: Next, before: Thing) => { [key: string]: Plain };
  tells?: (next: Next, before: Thing) => readonly Tell[];
  /** Which standing notices it settles. */
  settles?: (grant: Grant<A>) => Ending;
  /** What else stands or falls with the changes; before their audit events. */
  also?: (tx: Tx, saved: readonly Planned<A, Change<Thing, Next>, Clock>[], ctx: Context) => Promise<void>;
};

/** What came of one target before anything was written; neither planned nor an error of any kind: it is another version by now. */
type Judgement<A extends ChangingAct, Thing extends Stored, Next, Why, Clock extends WriteAction> = {
  target: Target;
  thing: Thing | null;
  planned?: Planned<A, Change<Thing, Next>, Clock>;
  error?: CockpitError;
  /** Why this person may not. */
  refused?: Refusal;
  rejection?: Why;
};

/**
 * The one sequence of every act of a person on things of any area, one or many: load, authorise, decide, write under guard, tell, record; of
 * one thing all or nothing, and each with an outcome of its own. Outcomes: NOT_FOUND, FORBIDDEN (audited, after the transaction), and what
 * the area says of its rule's no (REJECTED) and of somebody else's being first (CONFLICT, and who).
 */
export async function changeSubjects<
  A extends ChangingAct,
  Thing extends Stored,
  Next extends { status: string },
  Due,
  Why,
  Clock extends WriteAction,
>(
  ctx: Context,
  targets: readonly Target[],
  area: Changeable<Thing, Next, Due, Why, Clock>,
  steps: Steps<A, Thing, Next, Due, Why, Clock>,
): Promise<Outcome[]> {
  const once = [...new Map(targets.map((target) => [target.id, target])).values()];
  const ids = once.map(({ id }) => id);
  const { judged, saved, current } = await inTransaction(async (tx) => {
    const things = await area.find(tx, ids);
    const all: Judgement<A, Thing, Next, Why, Clock>[] = [];
    for (const target of once) all.push(await judge(tx, ctx, target, things.get(target.id) ?? null, area, steps));
    const planned = all.flatMap((one) => one.planned ?? []);
    const also = steps.also && ((some: typeof planned) => steps.also!(tx, some, ctx));
    const written = await applyChanges(tx, steps.save, planned, ctx.now, also as Parameters<typeof applyChanges>[4]);
    const overtaken = planned.some(({ change }) => !written.has(change.before.id));
    return { judged: all, saved: written, current: overtaken ? await area.find(tx, ids) : things };
  });
  const refusals = judged.flatMap(({ target, refused }) =>
    refused ? [{ refusal: refused, subject: { kind: area.kind, id: target.id } }] : [],
  );
  await recordRefusals(ctx, refusals);
  const now = ({ target, thing }: { target: Target; thing: Thing | null }) => current.get(target.id) ?? thing;
  const failed = judged.filter(({ target }) => !saved.has(target.id));
  const names = await personNames(failed.flatMap((one) => area.involved(one.rejection ?? null, now(one))));
  const errors = new Map(
    failed.map((one) => [
      one.target.id,
      one.error ?? (one.refused ? errorOf(one.refused) : area.explain(one.rejection ?? null, now(one), names)),
    ]),
  );
  return judged.map(({ target: { id } }) => ({ id, error: errors.get(id) ?? null }));
}

export function throwIfRefused([outcome]: readonly Outcome[]): void {
  if (outcome?.error) throw outcome.error;
}

async function judge<
  A extends ChangingAct,
  Thing extends Stored,
  Next extends { status: string },
  Due,
  Why,
  Clock extends WriteAction,
>(
  tx: Tx,
  ctx: Context,
  target: Target,
  thing: Thing | null,
  area: Changeable<Thing, Next, Due, Why, Clock>,
  steps: Steps<A, Thing, Next, Due, Why, Clock>,
): Promise<Judgement<A, Thing, Next, Why, Clock>> {
  // Who may do nothing of the kind is not told either whether there is such a thing.
  const right = await steps.right(tx, thing);
  const no = (because: string) => refuse(operatingModel, steps.action, ctx.actor, because);
  if ("because" in right) return { target, thing, refused: "allowed" in right ? right : no(right.because) };
  if (!thing) return { target, thing, error: new CockpitError("NOT_FOUND", area.absent) };
  const { grant, forId = null } = right;
  const judged = await steps.decide(tx, thing, { personId: grant.actor.id, forId, now: ctx.now });
  if (!judged.ok) {
    const because = area.refuses?.(judged.rejection) ?? null;
    return because === null ? { target, thing, rejection: judged.rejection } : { target, thing, refused: no(because) };
  }
  if (thing.version !== target.version) return { target, thing };
  const { next, overdue } = judged;
  const before = { status: thing.status, version: thing.version };
  const after = { status: next.status, version: thing.version + 1, ...steps.says?.(next, thing) };
  const act = doneEvent(grant, ctx, { kind: area.kind, id: thing.id }, before, after);
  const planned: Planned<A, Change<Thing, Next>, Clock> = {
    grant,
    change: { before: thing, next },
    about: area.about(next),
    tells: steps.tells?.(next, thing) ?? [],
    heard: area.heard(overdue, thing, next),
    settles: steps.settles?.(grant) ?? null,
    events: [...area.timeEvents(thing, overdue, { now: ctx.now, requestId: ctx.requestId }), act],
  };
  return { target, thing, planned };
}
