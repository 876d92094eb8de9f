import { isTyped, type ActView, type AllowedAct, type Fields } from "@/lib/kernel/act/view";

/** What was typed for an act, and the act as it was then: its form stays while it holds words, whatever became of the item meanwhile. */
export type Drafts = Readonly<Record<string, { fields: Fields; of: AllowedAct }>>;

const actOf = (acts: readonly ActView[], name: string): ActView | undefined => acts.find((act) => act.name === name);

/** An act as its form is drawn: as the server says of it, or as it was when something was typed, with why it cannot be sent any more. */
function standing(acts: readonly ActView[], { of }: Drafts[string]): AllowedAct {
  const now = actOf(acts, of.name);
  return now?.allowed ? now : { ...of, blocked: now?.blocked ?? of.absent };
}

/** The acts whose forms are there for this person, in the server's order; one that holds words stays, behind those that are offered. */
export function formsFor(acts: readonly ActView[], drafts: Drafts): AllowedAct[] {
  const forms = acts.flatMap((act) =>
    act.allowed && act.form ? [act] : drafts[act.name] ? [standing(acts, drafts[act.name]!)] : [],
  );
  return forms.filter(
    ({ name, offered, form }) => (offered && actOf(acts, name)?.allowed) || isTyped(form, drafts[name]?.fields),
  );
}

/** Why a form that was asked for is not there, in a sentence; null for what has none. */
export function sayNotOffered(acts: readonly ActView[], name: string): string | null {
  const act = actOf(acts, name);
  if (!act) return null;
  if (!act.allowed) return act.because;
  return act.form ? act.absent : null;
}

/** What this person may not do with the item as it is, by the reason; each reason once, with all it refuses. */
export function refusalsOf(acts: readonly ActView[]): { because: string; names: string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const act of acts) {
    if (!act.allowed && act.spoken) reasons.set(act.because, [...(reasons.get(act.because) ?? []), act.spoken]);
  }
  return [...reasons].map(([because, names]) => ({ because, names }));
}
