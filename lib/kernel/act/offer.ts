import "server-only";
import type { MayDo } from "@/lib/kernel/contract";
import type { PersonActor } from "@/lib/model/decide";
import type { Letter } from "@/lib/model/roles";
import { said, specsOf, type Fields, type Say } from "./fields";
import type { ActView, ButtonSpec, FormSpec, HungIn, Place } from "./view";

/** What an act says of itself to the page of what it is done to; `Facts`: all that is known of that, and who looks at it. */
export type Offer<Facts> = {
  act: string;
  /** On its tab or in sentences; `called`: where its refusal is told, null where another act's stands for it. */
  title: string;
  called?: string | null;
  /** The letter that asks for it, and what the list of all keys says of it. */
  key?: { letter: string; says: string };
  right: (person: PersonActor | null, facts: Facts) => MayDo;
  /** Whether anybody would do it to what stands so. */
  fits: (facts: Facts) => boolean;
  /** Whether this person would, of those who may; everybody unless said. */
  suits?: (facts: Facts, letter: Letter) => boolean;
  /** Whether its form comes before the others'. */
  isFirst?: (facts: Facts) => boolean;
  /** Why it cannot be done as things are, though its form may be open already; null when it can. */
  blocked?: (facts: Facts) => string | null;
  /** Why it is not offered, in a sentence. */
  absent?: (facts: Facts) => string;
  /** What is said once it was done. */
  done?: Say<Facts, string | null>;
} & Words<Facts>;

/** An act asks by a form, by one that is handed in with fields that hold words, or by a button alone. */
type Words<Facts> = {
  fields?: Fields<Facts>;
  form?: {
    label: string;
    submit: readonly [idle: string, busy: string];
    consequence: Say<Facts>;
    notes?: (facts: Facts) => string[];
  };
  handedIn?: { texts: string[] };
  button?: { words: Say<Facts, readonly [idle: string, busy: string]>; place?: Place; back?: string };
};

/** What this person may do with it as it is, what is theirs to do first at the front: decided here, so that the page carries no rule. */
export function viewActs<Facts>(offers: readonly Offer<Facts>[], facts: Facts, reader: PersonActor | null): ActView[] {
  const views = offers.map((offer) => ({
    view: viewAct(offer, facts, reader),
    isFirst: offer.isFirst?.(facts) ?? false,
  }));
  return views.sort((a, b) => Number(b.isFirst) - Number(a.isFirst)).map(({ view }) => view);
}

function viewAct<Facts>(offer: Offer<Facts>, facts: Facts, reader: PersonActor | null): ActView {
  const { act: name, title, called = title } = offer;
  const named = { name, title, key: offer.key?.letter ?? null };
  const right = offer.right(reader, facts);
  const fits = offer.fits(facts);
  const blocked = offer.blocked?.(facts) ?? null;
  if (!right.allowed) {
    // A refusal of what stands elsewhere is told where it stands.
    const isSpoken = fits && (offer.button?.place ?? "bar") === "bar";
    return {
      ...named,
      allowed: false,
      because: right.because,
      blocked: blocked ?? right.because,
      whoCan: right.whoCan,
      spoken: isSpoken ? called : null,
    };
  }
  return {
    ...named,
    allowed: true,
    offered: fits && (offer.suits?.(facts, right.letter) ?? true),
    absent: offer.absent?.(facts) ?? `${title.replace("…", "")} is not offered as things are.`,
    blocked,
    done: said(offer.done ?? null, facts),
    button: buttonOf(offer, facts),
    form: formOf(offer, facts),
  };
}

const buttonOf = <Facts>({ button }: Words<Facts>, facts: Facts): ButtonSpec | null =>
  button ? { words: said(button.words, facts), place: button.place ?? "bar", back: button.back ?? null } : null;

function formOf<Facts>({ form, fields, handedIn }: Words<Facts>, facts: Facts): FormSpec | HungIn | null {
  if (handedIn) return { handedIn: true, texts: handedIn.texts };
  if (!form) return null;
  const { label, submit, consequence, notes } = form;
  return {
    label,
    submit,
    notes: notes?.(facts) ?? [],
    fields: specsOf(fields ?? {}, facts),
    consequence: said(consequence, facts),
  };
}
