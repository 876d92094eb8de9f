/** What a page is told of an act on something, decided where the state is: whether it may be done, and what is asked for. It carries no rule but the limits of its texts. */
import type { Instant } from "@/lib/kernel/contract";
import type { Limit } from "@/lib/kernel/limits";
import { sentenceProblem } from "@/lib/kernel/words/text";
import type { Role } from "@/lib/model/roles";

/** One of a few. `consequence`: what pressing does once it is chosen, where that differs. */
type Option = { value: string; name: string; says: string | null; consequence: string | null };

type Named = { name: string; label: string };

/** When a text is asked for: after an instant, or until one; null: from the start, for ever. */
export type While = { after: Instant | null; until: Instant | null };

/** What a form asks for. `called`: in sentences about it. */
export type FieldSpec =
  | (Named & { kind: "text"; called: string; limit: Limit; rows: number; hint: string | null; asked: While | null })
  | (Named & { kind: "choice" | "select"; options: Option[]; missing: string })
  | (Named & { kind: "check"; consequence: string | null });

/** A form as data. `consequence`: what pressing does, unless what is chosen says otherwise. */
export type FormSpec = {
  label: string;
  submit: readonly [idle: string, busy: string];
  notes: string[];
  fields: FieldSpec[];
  consequence: string;
};

/** A form that another area hands in. `texts`: its fields that hold words. */
export type HungIn = { handedIn: true; texts: string[] };

/** An act that asks for nothing. `place`: where it stands; `back`: the act that takes it back at once. */
export type ButtonSpec = { words: readonly [idle: string, busy: string]; place: Place; back: string | null };
export type Place = "bar" | "receipt" | "lost";

type Allowed = {
  allowed: true;
  offered: boolean;
  /** Why it is not offered, in a sentence for whoever asks for it all the same. */
  absent: string;
  /** Why it cannot be sent as things are, in a sentence; null when it can. */
  blocked: string | null;
  /** What is said once it was done. */
  done: string | null;
  button: ButtonSpec | null;
  form: FormSpec | HungIn | null;
};

/**
 * `blocked`: why a form that is open already cannot be sent any more. `spoken`: what the act is called where its refusal is told; null where
 * nobody would do it as things are.
 */
type Refused = { allowed: false; because: string; blocked: string; whoCan: Role[]; spoken: string | null };

/** `key`: the letter that asks for it. */
export type ActView = { name: string; title: string; key: string | null } & (Allowed | Refused);
export type AllowedAct = Extract<ActView, { allowed: true }>;

/** A letter that asks for an act, and what the list of all keys says of it. */
export type ActKey = { act: string; letter: string; says: string };

/** What was typed or chosen, by the field's name; a check that is set is "yes". */
export type Fields = Readonly<Record<string, string>>;
/** What is wrong with it, by the field's name. */
export type Problems = Readonly<Record<string, string | undefined>>;

export const isHungIn = (form: FormSpec | HungIn): form is HungIn => "handedIn" in form;

/** Whether somebody wrote something there; a choice alone is soon made again. */
export function isTyped(form: FormSpec | HungIn | null, fields: Fields = {}): boolean {
  const texts =
    form === null
      ? []
      : isHungIn(form)
        ? form.texts
        : form.fields.flatMap(({ kind, name }) => (kind === "text" ? [name] : []));
  return texts.some((name) => (fields[name] ?? "").trim() !== "");
}

function isAsked(field: FieldSpec, now: number): boolean {
  if (field.kind !== "text" || !field.asked) return true;
  const { after, until } = field.asked;
  return (after === null || now > Date.parse(after)) && (until === null || now < Date.parse(until));
}

/** The names of the fields that are asked for at `now`. */
export const askedAt = ({ fields }: FormSpec, now: number): string[] =>
  fields.filter((field) => isAsked(field, now)).map(({ name }) => name);

/** One sentence for each field that would be refused, by the limits that whoever takes it judges by: this saves the way there. */
export function judgeForm({ fields }: FormSpec, typed: Fields, now: number): Problems {
  const problems = fields
    .filter((field) => isAsked(field, now))
    .map((field) => [field.name, judge(field, typed[field.name] ?? "")] as const);
  return Object.fromEntries(problems.flatMap(([name, problem]) => (problem ? [[name, problem]] : [])));
}

function judge(field: FieldSpec, typed: string): string | null {
  if (field.kind === "check") return null;
  if (field.kind === "text") return sentenceProblem(field.called, typed, field.limit);
  return field.options.some(({ value }) => value === typed) ? null : field.missing;
}

/** What is sent of a form. What is not asked for is not sent, whatever was typed there. */
export function inputOf({ fields }: FormSpec, typed: Fields, now: number): Record<string, string | boolean | null> {
  const sent = (field: FieldSpec) =>
    field.kind === "check" ? typed[field.name] === "yes" : isAsked(field, now) ? (typed[field.name] ?? "") : null;
  return Object.fromEntries(fields.map((field) => [field.name, sent(field)]));
}

/** What pressing does, as the form stands: the last field that says so rules. */
export function consequenceOf({ fields, consequence }: FormSpec, typed: Fields): string {
  const said = fields.map((field) => {
    if (field.kind === "text") return null;
    if (field.kind === "check") return typed[field.name] === "yes" ? field.consequence : null;
    return field.options.find(({ value }) => value === typed[field.name])?.consequence ?? null;
  });
  return said.findLast((one) => one !== null) ?? consequence;
}
