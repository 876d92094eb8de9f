import "server-only";
import { z } from "zod";
import type { OverrideActName, OverrideDetail } from "@/lib/areas/override/contract";
import { isInForce } from "@/lib/areas/override/domain/override";
import type { OverrideRight, OverrideRightName } from "@/lib/areas/override/domain/rights";
import type { OverrideWords } from "@/lib/areas/override/domain/timeline";
import { overrideStatusSays } from "@/lib/areas/override/words";
import type { Context } from "@/lib/kernel/act/context";
import { fieldsOf, shapeOf, type Fields, type Read } from "@/lib/kernel/act/fields";
import type { Offer } from "@/lib/kernel/act/offer";
import { targetOf } from "@/lib/kernel/contract";
import { decide, type Decision, type PersonActor } from "@/lib/model/decide";
import { operatingModel, type OperatingModel } from "@/lib/model/model";
import { throwIfRefused, type Target } from "@/lib/kernel/subject/change-subjects";
import { changeOverrides, type ChangingAct, type FindBy, type Steps } from "./change-override";

/** An override as one person looks at it: what they may do with it, and what the words of it are said by. */
export type OverrideFacts = {
  shown: Pick<OverrideDetail, "status" | "advice" | "consultUntil" | "consultationOpen" | "decidedBy" | "endedBy">;
  rights: Readonly<Record<OverrideRightName, OverrideRight>>;
  meId: string;
};
export type OverrideOffer = Offer<OverrideFacts>;

type Described<A extends ChangingAct, F extends Fields<OverrideFacts>> = Omit<OverrideOffer, "right"> & {
  act: OverrideActName;
  action: A;
  /** Which right it is (lib/areas/override/domain/rights.ts): by the matrix, then by who asked, then by its state. */
  right: OverrideRightName;
  fields?: F;
  /** By whose right it is done; in one's own name unless said. */
  by?: FindBy<A>;
  does: (input: Read<F>) => Steps<A>;
  /** How the override's story tells it, by its event. */
  timeline: OverrideWords;
};

export type OverrideAct<A extends ChangingAct = ChangingAct> = OverrideOffer & {
  act: OverrideActName;
  action: A;
  schema: z.ZodType<Target>;
  timeline: OverrideWords;
};

/** An act on an override: what is called to do it, which throws what went wrong, and what it says of itself. */
export function overrideAct<A extends ChangingAct, F extends Fields<OverrideFacts>>(
  described: Described<A, F>,
): ((ctx: Context, input: Target & Read<F>) => Promise<void>) & OverrideAct<A> {
  const { action, by = inOwnName(action), right, fields = {}, does } = described;
  const one = (ctx: Context, { id, version, ...input }: Target & Read<F>) =>
    changeOverrides(ctx, action, by, [{ id, version }], does(input as unknown as Read<F>)).then(throwIfRefused);
  const schema = z.object({ ...targetOf("an override"), ...shapeOf<OverrideFacts, Fields<OverrideFacts>>(fields) });
  return Object.assign(one, {
    ...described,
    schema,
    right: (_: PersonActor | null, { rights }: OverrideFacts) => rights[right],
  });
}

/** By one's own letter. */
export const inOwnName =
  <A extends ChangingAct>(action: A): FindBy<A> =>
  (_tx, _override, { actor }) =>
    (decide as (model: OperatingModel, action: A, actor: PersonActor | null) => Decision<A>)(
      operatingModel,
      action,
      actor,
    );

export const { text, textWhile, choice, given } = fieldsOf<OverrideFacts>();

export const isRequest = ({ shown }: OverrideFacts): boolean => shown.status === "requested";
export const holds = ({ shown }: OverrideFacts): boolean => isInForce(shown.status);

/** Who was first, where that is why a request cannot be acted on any more; null while it waits. */
export function whenDecided(facts: OverrideFacts): string | null {
  const { status, decidedBy, endedBy } = facts.shown;
  if (isRequest(facts)) return null;
  const by = status === "denied" || holds(facts) ? decidedBy : endedBy;
  return `${overrideStatusSays[status]}${by ? `, by ${by.id === facts.meId ? "you" : by.name}` : ""}.`;
}
