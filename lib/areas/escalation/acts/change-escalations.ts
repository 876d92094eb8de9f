import "server-only";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import { tellsOfTime, type SettlingAct } from "@/lib/areas/escalation/domain/tells";
import type { Rejection, Transition } from "@/lib/areas/escalation/domain/transitions";
import type { Item } from "@/lib/areas/escalation/read/item";
import { findEscalations } from "@/lib/areas/escalation/store/writes";
import { sayRejection } from "@/lib/areas/escalation/words";
import { doneEvent, errorOf, recordRefusals } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import type { ChangingAction } from "@/lib/kernel/act/doors";
import type { Plain } from "@/lib/kernel/chain/audit-event";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { personNames } from "@/lib/kernel/db/people-named";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import type { Tell } from "@/lib/kernel/notice/steps";
import type { PersonActionId } from "@/lib/model/actions";
import { decide, type Decision, type Refusal } from "@/lib/model/decide";
import { operatingModel, type OperatingModel } from "@/lib/model/model";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { quietMinutesOf } from "@/lib/model/settings";
import { applyChanges, type Planned } from "./apply-changes";
import { timeEvents } from "./time-events";

export type Target = { id: string; version: number };
export type Outcome = { id: string; error: CockpitError | null };

/** Acts of people that change an item, by its own rules. */
export type ChangingAct = Exclude<ChangingAction & PersonActionId, "override.decide">;

export type Steps<A extends ChangingAct> = {
  /** `quietMinutes`: how long a claim holds without a word of its holder. */
  decide: (item: Escalation, by: { personId: string; now: Date; quietMinutes: number }) => Transition;
  /** What the audit event says of the item afterwards, besides its status and version. */
  says?: (next: Escalation) => { [key: string]: Plain };
  tells?: (next: Escalation, before: Escalation) => Tell[];
  settles?: SettlingAct;
  /** What else stands or falls with the changes. */
  also?: (tx: Tx, saved: readonly Planned<A>[], now: Date) => Promise<void>;
};

/** What came of one target before anything was written: a plan, or why not; nothing of all that: it is another version by now. */
type Judged<A extends ChangingAct> = {
  target: Target;
  item: Item | null;
  planned: Planned<A> | null;
  error: CockpitError | null;
  /** Why this person may not. */
  refused: Refusal | null;
  rejection: Rejection | null;
};

/**
 * The one sequence of every act of a person on items, one or many: load, authorise by each item's path, decide, write under guard, tell,
 * record; of one item all or nothing, and each with an outcome of its own. `version` is the version the person looked at. Outcomes:
 * NOT_FOUND, FORBIDDEN (audited), REJECTED (the rule says no) or CONFLICT (somebody else was first, and who).
 */
export async function changeEscalations<A extends ChangingAct>(
  ctx: Context,
  action: A,
  targets: readonly Target[],
  steps: Steps<A>,
): Promise<Outcome[]> {
  const once = [...new Map(targets.map((target) => [target.id, target])).values()];
  const { judged, saved, now } = await inTransaction(async (tx) => {
    const items = await findEscalations(
      tx,
      once.map(({ id }) => id),
    );
    const all = once.map((target) => judge(ctx, action, target, items.get(target.id) ?? null, steps));
    const planned = all.flatMap((one) => one.planned ?? []);
    const ids = await applyChanges(tx, planned, ctx.now, steps.also && ((some) => steps.also!(tx, some, ctx.now)));
    const overtaken = planned.some(({ change }) => !ids.has(change.next.id));
    return {
      judged: all,
      saved: ids,
      now: overtaken
        ? await findEscalations(
            tx,
            once.map(({ id }) => id),
          )
        : items,
    };
  });
  await recordRefusals(
    ctx,
    judged.flatMap(({ target, refused }) =>
      refused ? [{ refusal: refused, subject: { kind: "escalation", id: target.id } }] : [],
    ),
  );
  const names = await personNames(judged.flatMap((one) => involved(one, now.get(one.target.id) ?? one.item)));
  return judged.map((one) => ({
    id: one.target.id,
    error: saved.has(one.target.id) ? null : outcomeOf(one, now.get(one.target.id) ?? one.item, names),
  }));
}

export function throwIfRefused([outcome]: readonly Outcome[]): void {
  if (outcome?.error) throw outcome.error;
}

function judge<A extends ChangingAct>(
  ctx: Context,
  action: A,
  target: Target,
  item: Item | null,
  steps: Steps<A>,
): Judged<A> {
  const none = { target, item, planned: null, error: null, rejection: null, refused: null };
  // Who may do nothing of the kind is not told either whether there is such an item.
  const right = may(action, ctx, item?.path ?? "policy_denial");
  if (!right.allowed) return { ...none, refused: right };
  if (!item) return { ...none, error: new CockpitError("NOT_FOUND", "There is no such escalation.") };
  const { grant } = right;
  const transition = steps.decide(item, {
    personId: grant.actor.id,
    now: ctx.now,
    quietMinutes: quietMinutesOf(env().settings),
  });
  if (!transition.ok) return { ...none, rejection: transition.rejection };
  if (item.version !== target.version) return none;
  const { next, overdue } = transition;
  const after = {
    status: next.status,
    version: item.version + 1,
    ...(next.level !== item.level && { level: next.level }),
    ...steps.says?.(next),
  };
  const act = doneEvent(
    grant,
    ctx,
    { kind: "escalation", id: item.id },
    { status: item.status, version: item.version },
    after,
  );
  const planned: Planned<A> = {
    grant,
    change: { before: item, next },
    tells: steps.tells?.(next, item) ?? [],
    heard: tellsOfTime(overdue, paths[item.path].activity),
    settles: steps.settles ?? null,
    events: [...timeEvents(item, overdue, { now: ctx.now, requestId: ctx.requestId }), act],
  };
  return { ...none, planned };
}

const may = <A extends ChangingAct>(action: A, ctx: Context, path: EscalationPath): Decision<A> =>
  (decide as (model: OperatingModel, action: A, actor: Context["actor"], path: EscalationPath) => Decision<A>)(
    operatingModel,
    action,
    ctx.actor,
    path,
  );

const involved = <A extends ChangingAct>({ rejection }: Judged<A>, item: Item | null): (string | null)[] => [
  rejection && "byId" in rejection ? rejection.byId : null,
  item?.closedById ?? null,
  item?.claimedById ?? null,
];

function outcomeOf<A extends ChangingAct>(
  { error, refused, rejection }: Judged<A>,
  item: Item | null,
  names: Readonly<Record<string, string>>,
): CockpitError {
  if (error) return error;
  if (refused) return errorOf(refused);
  if (!rejection) {
    const who = item?.closedById ?? item?.claimedById ?? null;
    const by = who ? ` by ${names[who] ?? "someone else"}` : "";
    return new CockpitError(
      "CONFLICT",
      `This item was changed${by} since you opened it. Look at its new state, then decide again.`,
    );
  }
  const says = sayRejection(rejection, names);
  if (rejection.why === "late-cause-missing") return new CockpitError("REJECTED", says, { lateCause: says });
  return new CockpitError(
    ["no-breach", "nothing-to-find", "not-lost", "still-open", "not-theirs-to-do"].includes(rejection.why)
      ? "REJECTED"
      : "CONFLICT",
    says,
  );
}
