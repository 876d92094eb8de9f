import { actions, type ActionId, type ItemActionId, type PersonActionId, type SelfActionId } from "./actions";
import { ownerRole, type Delegation } from "./delegation";
import { Declined, Granted, type Grant, type PersonActor, type Refusal } from "./grant";
import { activities, activityNames, type Activity } from "./matrix";
import type { OperatingModel } from "./model";
import { escalationPaths, paths, type EscalationPath } from "./paths";
import { isRole, letterNames, roleNames, roles, type Duty, type Letter, type Role } from "./roles";

export type { Actor, Grant, PersonActor, Refusal } from "./grant";

export type Decision<A extends ActionId = ActionId> =
  { allowed: true; grant: Grant<A>; role: Role; letter: Letter; consult: Role[]; inform: Role[] } | Refusal<A>;

/** The path of the item, where the action is done to one. */
export type OfPath<A extends ActionId> = A extends ItemActionId ? [path: EscalationPath] : [];

/** Letters that may carry out a duty, strongest claim first. */
const lettersFor: Readonly<Record<Duty, readonly Letter[]>> = {
  decide: ["A"],
  perform: ["R", "A"],
  advise: ["C", "R", "A"],
  view: ["A", "R", "C", "I"],
};

/** In a row without an A its R roles decide (drift, audit, recovery). */
export function lettersThatMay(model: OperatingModel, activity: Activity, duty: Duty): readonly Letter[] {
  const row = model.matrix[activity];
  if (duty === "decide" && !Object.values(row).includes("A")) return ["R"];
  return lettersFor[duty];
}

/** The roles whose letter may carry out the duty, in the document's order. */
export function rolesThatMay(model: OperatingModel, activity: Activity, duty: Duty): Role[] {
  const may = lettersThatMay(model, activity, duty);
  return roles.filter((role) => may.includes(model.matrix[activity][role]));
}

/**
 * May this person do this? The one question behind every page, read and write. Unknown action, unknown role, nobody signed in: no.
 * With several roles, the one with the strongest claim is the one recorded. What is done to an item is a right of its path's activity.
 */
export function decide<A extends PersonActionId>(
  model: OperatingModel,
  action: A,
  actor: PersonActor | null,
  ...[path]: OfPath<A>
): Decision<A> {
  const definition = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const activity = definition?.activity === "path" ? paths[path!]?.activity : definition?.activity;
  if (!definition || !activity || !activities.includes(activity)) {
    return refuse(model, action, actor, "The cockpit knows no such action.");
  }
  const { duty } = definition;
  const whoCan = rolesThatMay(model, activity, duty);
  if (!actor) return refuse(model, action, actor, "Nobody is signed in.", whoCan);

  const row = model.matrix[activity];
  const held = actor.roles.filter(isRole);
  for (const letter of lettersThatMay(model, activity, duty)) {
    const role = roles.find((candidate) => held.includes(candidate) && row[candidate] === letter);
    if (!role) continue;
    const withLetter = (wanted: Letter) => roles.filter((other) => row[other] === wanted);
    return {
      allowed: true,
      grant: new Granted(action, actor, role, letter, model.version),
      role,
      letter,
      consult: withLetter("C"),
      inform: withLetter("I"),
    };
  }
  const mine = held.length
    ? `${held.map((role) => `${roleNames[role]} is ${letterNames[row[role]]} (${row[role]})`).join(", ")} on “${activityNames[activity]}”`
    : "you hold no role yet";
  return refuse(model, action, actor, `${listed(whoCan)} can do this; ${mine}.`, whoCan);
}

/** A no of another rule than the matrix: whose request it is, whose page, what was sent. It takes a grant to say yes; to say no takes a reason. */
export function refuse<A extends PersonActionId>(
  model: OperatingModel,
  action: A,
  actor: PersonActor | null,
  because: string,
  whoCan: Role[] = [],
): Refusal<A> {
  return new Declined(action, actor, because, whoCan, model.version);
}

/** May this person ever do this, to an item of any path? Asked before anything is known of what they ask; so it is no grant yet. */
export function decideAnywhere<A extends PersonActionId>(
  model: OperatingModel,
  action: A,
  actor: PersonActor | null,
): { allowed: true } | Refusal<A> {
  const by = (path?: EscalationPath) =>
    (decide as (model: OperatingModel, action: A, actor: PersonActor | null, path?: EscalationPath) => Decision<A>)(
      model,
      action,
      actor,
      path,
    );
  const decisions = actions[action]?.activity === "path" ? escalationPaths.map(by) : [by()];
  const refused = decisions.flatMap((decision) => (decision.allowed ? [] : [decision]));
  return refused.length < decisions.length ? { allowed: true } : refused[0]!;
}

/**
 * The grant of a delegate: the accountable person's letter, the delegate's own name. Whether the delegation holds is decided by
 * lib/model/delegation.ts, from facts that this module does not have; the caller vouches for it by passing it.
 */
export function grantDelegate<A extends "override.decide">(
  model: OperatingModel,
  action: A,
  actor: PersonActor,
  _delegation: Delegation,
): Grant<A> {
  return new Granted(action, actor, ownerRole, model.matrix.override[ownerRole], model.version);
}

/** What everybody does in their own name, whatever roles they hold: coming and going. Who they are was proved by a password or a session. */
export function grantSelf<A extends SelfActionId>(model: OperatingModel, action: A, actor: PersonActor): Grant<A> {
  return new Granted(action, actor, null, null, model.version);
}

/** "Product Owner or Operator" */
export function listed(some: readonly Role[]): string {
  const names = some.map((role) => roleNames[role]);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : (names[0] ?? "Nobody");
}
