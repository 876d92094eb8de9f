import type { ActionId } from "./actions";
import type { Letter, Role } from "./roles";

export type PersonActor = { kind: "person"; id: string; name: string; roles: readonly Role[] };
type SystemActor = { kind: "system"; id: "system"; name: string };
export type Actor = PersonActor | SystemActor;

/**
 * Proof that an action was allowed to this actor. Classes and not plain objects: a private member makes them no other's shape, so that neither
 * an object made by hand nor a changed copy of a grant is one. Only the modules beside this one import what is not a type
 * (lib/architecture.mjs).
 */
export class Granted<A extends ActionId> {
  declare private readonly proves: A;

  constructor(
    readonly action: A,
    readonly actor: Actor,
    /** null for what the cockpit does by itself. */
    readonly role: Role | null,
    readonly letter: Letter | null,
    readonly modelVersion: string,
  ) {}
}

/** That an action was not allowed, to whom, why, and who can. */
export class Declined<A extends ActionId> {
  declare private readonly proves: A;
  readonly allowed = false;

  constructor(
    readonly action: A,
    /** null: nobody who could be named. */
    readonly actor: PersonActor | null,
    readonly because: string,
    readonly whoCan: Role[],
    readonly modelVersion: string,
  ) {}
}

/** Every write function asks for the grant of its own action: a forgotten check does not compile, nor does another action's grant, nor one for reading. */
export type Grant<A extends ActionId = ActionId> = Granted<A>;

/** What an event of the chain about a refused attempt is made from. */
export type Refusal<A extends ActionId = ActionId> = Declined<A>;
