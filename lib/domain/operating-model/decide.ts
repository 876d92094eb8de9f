import { ownerRole, type Delegation } from "../override/delegation";
import { escalationPaths, paths, type EscalationPath } from "../escalation/paths";
import { actions, type ActionId, type ItemActionId, type PersonActionId, type SystemActionId } from "./actions";
import { activities, activityNames, type Activity } from "./matrix";
import type { OperatingModel } from "./model";
import { isRole, letterNames, roleNames, roles, type Duty, type Letter, type Role } from "./roles";

export type PersonActor = { kind: "person"; id: string; name: string; roles: readonly Role[] };
export type SystemActor = { kind: "system"; id: "system"; name: string };
export type Actor = PersonActor | SystemActor;

declare const granted: unique symbol;

/**
 * Proof that `decide` allowed the action to this actor. Only this module can make one, and every write function asks for the
 * grant of its own action: a forgotten check does not compile.
 */
export type Grant<A extends ActionId = ActionId> = {
  readonly [granted]: A;
  readonly action: A;
  readonly actor: Actor;
  /** null for what the cockpit does by itself. */
  readonly role: Role | null;
  readonly letter: Letter | null;
  readonly modelVersion: string;
};

export type Decision<A extends ActionId = ActionId> =
  | { allowed: true; grant: Grant<A>; role: Role; letter: Letter; consult: Role[]; inform: Role[] }
  | { allowed: false; because: string; whoCan: Role[] };

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
export function decide<A extends PersonActionId>(model: OperatingModel, action: A, actor: PersonActor | null, ...[path]: OfPath<A>): Decision<A> {
  const definition = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const activity = definition?.activity === "path" ? paths[path!]?.activity : definition?.activity;
  if (!definition || !activity || !activities.includes(activity)) {
    return { allowed: false, because: "The cockpit knows no such action.", whoCan: [] };
  }
  const { duty } = definition;
  const whoCan = rolesThatMay(model, activity, duty);
  if (!actor) return { allowed: false, because: "Nobody is signed in.", whoCan };

  const row = model.matrix[activity];
  const held = actor.roles.filter(isRole);
  for (const letter of lettersThatMay(model, activity, duty)) {
    const role = roles.find((candidate) => held.includes(candidate) && row[candidate] === letter);
    if (!role) continue;
    const withLetter = (wanted: Letter) => roles.filter((other) => row[other] === wanted);
    const grant = { action, actor, role, letter, modelVersion: model.version } as unknown as Grant<A>;
    return { allowed: true, grant, role, letter, consult: withLetter("C"), inform: withLetter("I") };
  }
  const mine = held.length
    ? `${held.map((role) => `${roleNames[role]} is ${letterNames[row[role]]} (${row[role]})`).join(", ")} on “${activityNames[activity]}”`
    : "you hold no role yet";
  return { allowed: false, because: `${listed(whoCan)} can do this; ${mine}.`, whoCan };
}

/** May this person ever do this, to an item of any path? Asked before anything is known of what they ask. */
export function decideAnywhere(model: OperatingModel, action: PersonActionId, actor: PersonActor | null): Decision {
  const by = (path?: EscalationPath) => (decide as (model: OperatingModel, action: PersonActionId, actor: PersonActor | null, path?: EscalationPath) => Decision)(model, action, actor, path);
  if (actions[action]?.activity !== "path") return by();
  const decisions = escalationPaths.map(by);
  return decisions.find(({ allowed }) => allowed) ?? decisions[0]!;
}

/**
 * The grant of a delegate: the accountable person's letter, the delegate's own name. Whether the delegation holds is decided by
 * lib/domain/override/delegation.ts, from facts that this module does not have; the caller vouches for it by passing it.
 */
export function grantDelegate<A extends "override.decide">(model: OperatingModel, action: A, actor: PersonActor, _delegation: Delegation): Grant<A> {
  const role = ownerRole;
  return { action, actor, role, letter: model.matrix.override[role], modelVersion: model.version } as unknown as Grant<A>;
}

/** The cockpit's own acts: timers, ingest, the command line on the server. People cannot get these grants. */
export function grantSystem<A extends SystemActionId>(model: OperatingModel, action: A, name: string): Grant<A> {
  const actor: SystemActor = { kind: "system", id: "system", name };
  return { action, actor, role: null, letter: null, modelVersion: model.version } as unknown as Grant<A>;
}

/** What everybody does in their own name, whatever roles they hold: coming and going. Who they are was proved by a password or a session. */
export function grantSelf<A extends "session.sign-in" | "session.sign-out">(model: OperatingModel, action: A, actor: PersonActor): Grant<A> {
  return { action, actor, role: null, letter: null, modelVersion: model.version } as unknown as Grant<A>;
}

/** "Product Owner or Operator" */
export function listed(some: readonly Role[]): string {
  const names = some.map((role) => roleNames[role]);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : (names[0] ?? "Nobody");
}
