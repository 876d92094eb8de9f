import "server-only";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { Due } from "@/lib/areas/escalation/domain/next";
import { aboutItem, endingOf, tellsOfTime, type SettlingAct } from "@/lib/areas/escalation/domain/tells";
import type { Rejection, Transition } from "@/lib/areas/escalation/domain/transitions";
import type { Item } from "@/lib/areas/escalation/read/item";
import { findEscalations, saveItems } from "@/lib/areas/escalation/store/writes";
import { sayRejection } from "@/lib/areas/escalation/words";
import type { Context } from "@/lib/kernel/act/context";
import type { ChangingAction, ReviewingAction } from "@/lib/kernel/act/doors";
import type { Besides } from "@/lib/kernel/chain/payloads";
import type { Tx } from "@/lib/kernel/db/client";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import type { Tell } from "@/lib/kernel/notice/steps";
import type { Change, Planned as PlannedChange } from "@/lib/kernel/subject/apply-changes";
import { changeSubjects, type Changeable, type Outcome, type Target } from "@/lib/kernel/subject/change-subjects";
import type { PersonActionId } from "@/lib/model/actions";
import { decide, type Decision } from "@/lib/model/decide";
import { operatingModel, type OperatingModel } from "@/lib/model/model";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { quietMinutesOf } from "@/lib/model/settings";
import { timeEvents } from "./time-events";

/** Acts of people that change an item, by its own rules. */
export type ChangingAct = Exclude<ChangingAction & PersonActionId, "override.decide" | ReviewingAction>;

/** An item's change; the act may find that its clocks had run out. */
export type Planned<A extends ChangingAction> = PlannedChange<A, Change<Item, Escalation>, "escalation.escalate">;

export type Steps<A extends ChangingAct> = {
  /** `quietMinutes`: how long a claim holds without a word of its holder. */
  decide: (item: Escalation, by: { personId: string; now: Date; quietMinutes: number }) => Transition;
  /** What the audit event says of the item afterwards, besides its status, version and level. */
  says?: (next: Escalation) => Omit<Besides<A>, "level">;
  tells?: (next: Escalation, before: Escalation) => Tell[];
  settles?: SettlingAct;
  /** What else stands or falls with the changes. */
  also?: (tx: Tx, saved: readonly Planned<A>[], ctx: Context) => Promise<void>;
};

/** Items, as the kernel changes them. */
export const items: Changeable<Item, Escalation, Due, Rejection, "escalation.escalate"> = {
  kind: "escalation",
  absent: "There is no such escalation.",
  find: findEscalations,
  about: aboutItem,
  heard: (overdue, { path }) => tellsOfTime(overdue, paths[path].activity),
  timeEvents,
  involved: (rejection, now) => [
    rejection && "byId" in rejection ? rejection.byId : null,
    now?.closedById ?? null,
    now?.claimedById ?? null,
  ],
  explain,
};

/** Acts on items, one or many, each authorised by its item's path; see changeSubjects. */
export function changeEscalations<A extends ChangingAct>(
  ctx: Context,
  action: A,
  targets: readonly Target[],
  { decide: rule, says, settles, tells, also }: Steps<A>,
): Promise<Outcome[]> {
  const quietMinutes = quietMinutesOf(env().settings);
  return changeSubjects<A, Item, Escalation, Due, Rejection, "escalation.escalate">(ctx, targets, items, {
    action,
    right: (_, item) => may(action, ctx, item?.path ?? "policy_denial"),
    decide: (_, item, by) => rule(item, { ...by, quietMinutes }),
    save: saveItems,
    says: (next, before) => ({ ...(next.level !== before.level && { level: next.level }), ...says?.(next) }),
    ...(tells && { tells }),
    ...(settles && { settles: ({ role }) => endingOf(settles, role) }),
    ...(also && { also }),
  });
}

const may = <A extends ChangingAct>(action: A, ctx: Context, path: EscalationPath): Decision<A> =>
  (decide as (model: OperatingModel, action: A, actor: Context["actor"], path: EscalationPath) => Decision<A>)(
    operatingModel,
    action,
    ctx.actor,
    path,
  );

/** Refused by the item's own state, not because somebody else was faster. */
const byRule: ReadonlySet<Rejection["why"]> = new Set([
  "late-cause-missing",
  "no-breach",
  "nothing-to-find",
  "not-lost",
  "still-open",
  "not-theirs-to-do",
]);

function explain(
  rejection: Rejection | null,
  item: Item | null,
  names: Readonly<Record<string, string>>,
): CockpitError {
  if (!rejection) {
    const who = item?.closedById ?? item?.claimedById ?? null;
    const by = who ? ` by ${names[who] ?? "someone else"}` : "";
    return new CockpitError(
      "CONFLICT",
      `This item was changed${by} since you opened it. Look at its new state, then decide again.`,
    );
  }
  const says = sayRejection(rejection, names);
  const fields = rejection.why === "late-cause-missing" ? { lateCause: says } : undefined;
  return new CockpitError(byRule.has(rejection.why) ? "REJECTED" : "CONFLICT", says, fields);
}
