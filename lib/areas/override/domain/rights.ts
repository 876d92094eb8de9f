import { decide, listed, rolesThatMay, type PersonActor } from "@/lib/model/decide";
import { ownerRole, type Delegation } from "@/lib/model/delegation";
import type { OperatingModel } from "@/lib/model/model";
import { isConsulted, type Letter, type Role } from "@/lib/model/roles";
import { isInForce, statusWords, type Override } from "./override";

/** What a person may do with an override, or why not and who could. */
export type OverrideRight =
  { allowed: true; as: Role; letter: Letter } | { allowed: false; because: string; whoCan: Role[] };
export type OverrideRightName = "advise" | "decide" | "withdraw" | "revoke" | "renew";

export const ownRequestSays =
  "Who asked for an override never decides it, whatever their roles, nor in somebody’s place.";
export const ownAdviceSays = "Who asked for an override does not advise on it.";
export const notYoursSays = "Only who asked for an override takes the request back.";

type Facts = {
  override: Pick<Override, "status" | "requestedById">;
  /** Null: nobody is signed in. */
  person: PersonActor | null;
  /** By which this person may decide in somebody's place now. */
  delegation: Delegation | null;
  model: OperatingModel;
};

/** By act: first the right by the matrix (or, to decide, by delegation), then who asked, then what its state leaves to do. */
export const overrideRights = (facts: Facts): Record<OverrideRightName, OverrideRight> => ({
  advise: advise(facts),
  decide: decideIt(facts),
  withdraw: withdraw(facts),
  revoke: revoke(facts),
  renew: renew(facts),
});

const refuse = (because: string, whoCan: Role[]): OverrideRight => ({ allowed: false, because, whoCan });

function decideIt({ override, person, delegation, model }: Facts): OverrideRight {
  const own = byMatrix("override.decide", { person, model });
  const deputed = own.allowed ? null : delegation;
  const right: OverrideRight = deputed
    ? { allowed: true, as: ownerRole, letter: model.matrix.override[ownerRole] }
    : own;
  if (!right.allowed) return right;
  const whoCan = rolesThatMay(model, "override", "decide");
  if ([person?.id, deputed?.fromId].includes(override.requestedById)) return refuse(ownRequestSays, whoCan);
  return override.status === "requested"
    ? right
    : refuse(`This request is ${statusWords[override.status]} already.`, whoCan);
}

/** The duty to advise is C's alone here: whoever decides or asks writes their reason there. A sentence why not, or null. */
export const whyNoAdvice = (letter: Letter | null, model: OperatingModel): string | null =>
  isConsulted(letter)
    ? null
    : `${listed(consulted(model))} is consulted on overrides; your role decides or asks, so write it there.`;

function advise({ override, person, model }: Facts): OverrideRight {
  const right = byMatrix("override.advise", { person, model });
  const whoCan = consulted(model);
  if (!right.allowed) return { ...right, whoCan };
  const because = whyNoAdvice(right.letter, model);
  if (because) return refuse(because, whoCan);
  if (override.requestedById === person?.id) return refuse(ownAdviceSays, whoCan);
  return override.status === "requested"
    ? right
    : refuse(`This request is ${statusWords[override.status]} already.`, whoCan);
}

function withdraw({ override, person, model }: Facts): OverrideRight {
  const right = byMatrix("override.withdraw", { person, model });
  if (!right.allowed) return right;
  const whoCan = rolesThatMay(model, "override", "perform");
  if (override.requestedById !== person?.id) return refuse(notYoursSays, whoCan);
  return override.status === "requested"
    ? right
    : refuse(`This request is ${statusWords[override.status]} already.`, whoCan);
}

function revoke({ override: { status }, person, model }: Facts): OverrideRight {
  const right = byMatrix("override.revoke", { person, model });
  if (!right.allowed || isInForce(status)) return right;
  return refuse(
    `This override is ${statusWords[status]}, so there is nothing to end.`,
    rolesThatMay(model, "override", "perform"),
  );
}

function renew({ override: { status }, person, model }: Facts): OverrideRight {
  const right = byMatrix("override.request", { person, model });
  const because = right.allowed && whyNotRenewed(status);
  return because ? refuse(because, rolesThatMay(model, "override", "perform")) : right;
}

const consulted = (model: OperatingModel): Role[] =>
  rolesThatMay(model, "override", "advise").filter((role) => isConsulted(model.matrix.override[role]));

type ByMatrix = "override.advise" | "override.decide" | "override.withdraw" | "override.revoke" | "override.request";

function byMatrix(action: ByMatrix, { person, model }: Pick<Facts, "person" | "model">): OverrideRight {
  const decision = decide(model, action, person);
  return decision.allowed
    ? { allowed: true, as: decision.role, letter: decision.letter }
    : refuse(decision.because, decision.whoCan);
}

/** What may be renewed: what holds, or held until its end. A sentence why not, or null. */
export const whyNotRenewed = (status: Override["status"]): string | null =>
  isInForce(status) || status === "expired"
    ? null
    : "Only an override that holds, or held until its end, is renewed; ask for a new one.";
