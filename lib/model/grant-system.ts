/**
 * Grants of the cockpit itself: timers, ingest, the command line on the server. Not everybody may import this (lib/architecture.mjs): what serves
 * people's acts asks `decide`.
 */
import type { SystemActionId } from "./actions";
import { Declined, Granted, type Grant, type Refusal } from "./grant";
import type { OperatingModel } from "./model";

/** The cockpit's own acts, under the name of the part that does them. People cannot get these grants. */
export function grantSystem<A extends SystemActionId>(model: OperatingModel, action: A, name: string): Grant<A> {
  return new Granted(action, { kind: "system", id: "system", name }, null, null, model.version);
}

/** The refusal of an attempt that is nobody's: no session vouches for who made it. */
export function refuseStranger<A extends "session.sign-in" | "person.add" | "act.from-elsewhere">(
  model: OperatingModel,
  action: A,
  because: string,
): Refusal<A> {
  return new Declined(action, null, because, [], model.version);
}
