import "server-only";
import { z } from "zod";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { isActive, type Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { Transition } from "@/lib/areas/escalation/domain/transitions";
import { sayRejection } from "@/lib/areas/escalation/words";
import type { Context } from "@/lib/kernel/act/context";
import { fieldsOf, shapeOf, type Fields, type Read } from "@/lib/kernel/act/fields";
import { toMayDo } from "@/lib/kernel/act/may-do";
import type { Offer } from "@/lib/kernel/act/offer";
import type { ActWords } from "@/lib/kernel/chain/timeline";
import { targetOf, type PersonRef } from "@/lib/kernel/contract";
import { throwIfRefused, type Outcome, type Target } from "@/lib/kernel/subject/change-subjects";
import type { ActOnItem, ItemActName } from "@/lib/model/actions";
import { decide, type Decision, type PersonActor } from "@/lib/model/decide";
import { operatingModel, type OperatingModel } from "@/lib/model/model";
import type { EscalationPath } from "@/lib/model/paths";
import { changeEscalations, type ChangingAct, type Steps } from "./change-escalations";

/** An item as one person looks at it: by it is decided what they may do, and the words of it are said. */
export type ItemFacts = {
  item: Escalation;
  shown: Pick<
    EscalationDetail,
    | "claimedBy"
    | "closedBy"
    | "closedIn"
    | "signedOffBy"
    | "thegentWord"
    | "records"
    | "reopenedAs"
    | "overrides"
    | "effectView"
  >;
  /** Who may be given the item. */
  colleagues: readonly PersonRef[];
  me: { personId: string; now: Date };
};

export type ItemOffer = Offer<ItemFacts>;

type Described<A extends ActOnItem, F extends Fields<ItemFacts>> = Omit<ItemOffer, "act" | "right" | "handedIn"> & {
  action: A;
  /** What it asks for; nothing unless said. */
  fields?: F;
  /** How the item's story tells it, by its event. */
  timeline: ActWords;
};

export type ItemAct<A extends ActOnItem = ActOnItem> = ItemOffer & {
  act: ItemActName;
  action: A;
  schema: z.ZodType<Target>;
  timeline: ActWords;
};

/** An act is what is called to do it, and says of itself what its page, its door, its story and its tests must know. */
type Done<A extends ActOnItem, F, Answer> = ((ctx: Context, input: Target & Read<F>) => Promise<Answer>) & ItemAct<A>;
type Many<F> = {
  many: (ctx: Context, targets: readonly Target[], input: Read<F>) => Promise<Outcome[]>;
  /** What it asks for, as it is read. */
  shape: z.ZodRawShape;
};

/** An act that changes items by a rule: `does` answers its steps. Called, it throws what went wrong; `many`: each item with an outcome of its own. */
export function itemAct<A extends ActOnItem & ChangingAct, F extends Fields<ItemFacts>>(
  described: Described<A, F> & { does: (input: Read<F>) => Steps<A> | Promise<Steps<A>> },
): Done<A, F, void> & Many<F> {
  const many = async (ctx: Context, targets: readonly Target[], input: Read<F>) =>
    changeEscalations(ctx, described.action, targets, await described.does(input));
  const one = (ctx: Context, { id, version, ...input }: Target & Read<F>) =>
    many(ctx, [{ id, version }], input as unknown as Read<F>).then(throwIfRefused);
  return Object.assign(one, describe(described), {
    many,
    shape: shapeOf<ItemFacts, Fields<ItemFacts>>(described.fields ?? {}),
  });
}

/** An act on an item that goes a way of its own. */
export const itemActBy = <A extends ActOnItem, Answer, F extends Fields<ItemFacts>>(
  described: Described<A, F> & { perform: (ctx: Context, input: Target & Read<F>) => Promise<Answer> },
): Done<A, F, Answer> =>
  Object.assign((ctx: Context, input: Target & Read<F>) => described.perform(ctx, input), describe(described));

function describe<A extends ActOnItem, F extends Fields<ItemFacts>>(described: Described<A, F>): ItemAct<A> {
  const { action, title, fields = {} } = described;
  const mayDo = decide as (
    model: OperatingModel,
    action: A,
    person: PersonActor | null,
    path: EscalationPath,
  ) => Decision;
  return {
    absent: absentOf(title),
    ...described,
    act: action.slice("escalation.".length) as ItemActName,
    schema: z.object({ ...targetOf("an escalation"), ...shapeOf<ItemFacts, Fields<ItemFacts>>(fields) }),
    right: (who, { item }) => toMayDo(mayDo(operatingModel, action, who, item.path)),
  };
}

/** Why an act is not offered on an item, unless it says so itself. */
export const absentOf =
  (title: string) =>
  (facts: ItemFacts): string =>
    isOpen(facts) ? `${title.replace("…", "")} is not offered on this item as it is.` : "This item is closed already.";

export const { text, textWhile, choice, person, check } = fieldsOf<ItemFacts>();

/** Why a transition is refused, as whoever looks at the item is told; null when it is not. */
export function sayRefused(transition: Transition, facts: ItemFacts): string | null {
  if (transition.ok) return null;
  if (transition.rejection.why === "already-closed") return sayClosed(facts);
  const { shown } = facts;
  const known = [shown.claimedBy, shown.signedOffBy].flatMap((one) => (one ? [[one.id, one.name] as const] : []));
  return sayRejection(transition.rejection, Object.fromEntries(known));
}

/** How it ended, where that is why nothing can be done; null while it is open. */
export const whenClosed = (facts: ItemFacts): string | null => (isOpen(facts) ? null : sayClosed(facts));

function sayClosed({ item: { outcome, status }, shown: { closedIn, closedBy, thegentWord }, me }: ItemFacts): string {
  if (closedIn === "thegent")
    return `This item was closed in thegent itself${thegentWord ? ` as “${thegentWord}”` : ""}.`;
  if (status === "recovered") return "What this item was about ended by itself.";
  const who = closedBy ? (closedBy.id === me.personId ? "You" : closedBy.name) : "A colleague";
  return outcome ? `${who} resolved this item as “${outcome}”.` : `This item is ${status}.`;
}

export const isOpen = ({ item }: ItemFacts): boolean => isActive(item.status);
export const isMine = ({ item, me }: ItemFacts): boolean => item.claimedById === me.personId;
