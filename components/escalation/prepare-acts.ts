import { judgeText, type Fields, type Me, type Problems } from "@/components/act/form-values";
import type { EscalationDetail, ItemAct } from "@/lib/areas/escalation/contract";
import { isActive } from "@/lib/areas/escalation/domain/escalation";
import { limits } from "@/lib/areas/escalation/limits";
import type { Limit } from "@/lib/kernel/limits";
import { theRoles } from "@/lib/kernel/words/roles";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { isConsulted } from "@/lib/model/roles";
import { sayBlocked } from "./prepare";
import { saySignOffBlocked } from "./prepare-breach";

/** Acts that ask for words or a choice first, each with a form. */
export type FormName = Extract<ItemAct, "signOff" | "report" | "resolve" | "assign" | "advise" | "cancel" | "comment" | "reopen"> | "override";

export type Drafts = Readonly<Partial<Record<FormName, Fields>>>;

export const formTitles: Readonly<Record<FormName, string>> = {
  signOff: "Sign off",
  report: "Record finding",
  resolve: "Resolve",
  override: "Override…",
  assign: "Assign",
  advise: "Advise",
  cancel: "Cancel",
  comment: "Comment",
  reopen: "Reopen",
};

/** Whether the path asks what was found out: the cause of drift, the root cause of an integrity failure. */
const asksForFinding = (path: EscalationPath): boolean => paths[path].clocks.some(({ stoppedBy }) => stoppedBy === "finding");

const words = ["note", "lateCause", "finding", "text", "reason", "justification", "ticket"];

/** Whether somebody wrote something there; a choice alone is soon made again. */
export const isTyped = (fields: Fields = {}): boolean => words.some((name) => (fields[name] ?? "").trim() !== "");

/**
 * The forms for this person, what is theirs to do first at the front. A form that holds words stays, whatever became of the item
 * meanwhile.
 */
export function formsFor(detail: EscalationDetail, me: Me, drafts: Drafts): FormName[] {
  const { may, path } = detail;
  const active = isActive(detail.status);
  const found = detail.finding !== null;
  const offered: Record<FormName, boolean> = {
    signOff: may.signOff.allowed && detail.breachedAt !== null && !detail.signedOffBy,
    report: may.report.allowed && active && asksForFinding(path),
    resolve: may.resolve.allowed && active,
    override: may.override.allowed && active && path === "policy_denial",
    assign: may.assign.allowed && active && detail.assignable.some(({ id }) => id !== detail.claimedBy?.id),
    // Who does or decides it writes a comment; advice is what is asked of the consulted.
    advise: may.advise.allowed && isConsulted(may.advise.letter) && active,
    cancel: may.cancel.allowed && active,
    comment: may.comment.allowed,
    reopen: may.reopen.allowed && !active && !detail.reopenedAs,
  };
  const mine = detail.claimedBy?.id === me.id;
  const order: FormName[] = [...(mine ? [] : (["signOff"] as const)), ...(found ? [] : (["report"] as const)), "resolve", "override", "report", "signOff", "advise", "assign", "comment", "cancel", "reopen"];
  return [...new Set(order)].filter((name) => offered[name] || isTyped(drafts[name]));
}

/** Why a form that was asked for is not there, in a sentence. */
export function sayNotOffered(form: FormName, { may, status, path }: Pick<EscalationDetail, "may" | "status" | "path">): string {
  const right = may[form];
  if (!right.allowed) return right.because;
  if (form === "override" && path !== "policy_denial") return "Only a policy denial can be overridden.";
  if (form === "reopen") return isActive(status) ? "This item is open." : "This item was reopened already.";
  return isActive(status) ? `${formTitles[form].replace("…", "")} is not offered on this item as it is.` : "This item is closed already.";
}

/** Why a form cannot be sent as things are, in a sentence; null when it can. */
export function blockOf(form: FormName, detail: EscalationDetail, me: Me, now: number): string | null {
  if (form === "resolve" || form === "cancel") return sayBlocked(detail, me, now);
  if (form === "signOff") return saySignOffBlocked(detail, me, now);
  if ((form === "report" || form === "assign" || form === "advise") && !isActive(detail.status)) return sayBlocked(detail, me, now);
  if (form === "override") return sayOverrideBlocked(detail);
  return form === "reopen" && detail.reopenedAs ? "This item was reopened already." : null;
}

/** One request at a time: the next one is asked for when this one is decided or taken back. */
function sayOverrideBlocked({ overrides, may }: EscalationDetail): string | null {
  if (!may.override.allowed) return may.override.because;
  const waiting = overrides.find(({ status }) => status === "requested");
  return waiting ? `${waiting.requestedBy.name} has asked for an override of this item, and it waits for a decision.` : null;
}

type Rule = { field: string; called: string; limit: Limit };

const lateRule: Rule = { field: "lateCause", called: "The cause of the lateness", limit: limits.lateCause };
export const rules: Readonly<Record<Exclude<FormName, "resolve" | "assign" | "override">, Rule>> = {
  signOff: { field: "note", called: "The note", limit: limits.note },
  report: { field: "finding", called: "The finding", limit: limits.finding },
  advise: { field: "text", called: "The advice", limit: limits.advice },
  cancel: { field: "note", called: "The note", limit: limits.note },
  comment: { field: "text", called: "The comment", limit: limits.comment },
  reopen: { field: "reason", called: "The reason", limit: limits.reopening },
};

/** One sentence for each field the server would refuse. The rules are the server's (lib/areas/escalation/contract.ts); this saves the way there. */
export function judgeForm(form: keyof typeof rules, fields: Fields, late = false): Problems {
  const asked = [rules[form], ...(form === "cancel" && late ? [lateRule] : [])];
  return Object.fromEntries(
    asked.flatMap(({ field, called, limit }) => {
      const problem = judgeText(fields[field] ?? "", called, limit);
      return problem ? [[field, problem]] : [];
    }),
  );
}

const actNames: readonly (readonly [act: ItemAct | "override", name: string])[] = [
  ["claim", "Claim"], ["assign", "Assign"], ["release", "Release"], ["report", "Record a finding"], ["resolve", "Resolve"], ["override", "Ask for an override"], ["cancel", "Cancel"],
  ["advise", "Advise"], ["comment", "Comment"], ["reopen", "Reopen"], ["signOff", "Sign off the breach"],
];

/** What this person may not do with the item as it is, by the reason; each reason once, with all it refuses. */
export function refusalsOf(detail: EscalationDetail): { because: string; names: string[] }[] {
  const active = isActive(detail.status);
  const asked: Partial<Record<ItemAct | "override", boolean>> = {
    override: active && detail.path === "policy_denial",
    ...(active && { claim: true, assign: true, release: true, report: asksForFinding(detail.path), resolve: true, cancel: true, advise: true }),
    comment: true,
    reopen: !active && !detail.reopenedAs,
    signOff: detail.breachedAt !== null && !detail.signedOffBy,
  };
  const reasons = new Map<string, string[]>();
  for (const [act, name] of actNames) {
    const right = detail.may[act];
    if (asked[act] && !right.allowed) reasons.set(right.because, [...(reasons.get(right.because) ?? []), name]);
  }
  return [...reasons].map(([because, names]) => ({ because, names }));
}

/** What recording a finding does, in a sentence. `adapterChange`: as the form has it. */
export function sayReportConsequence({ path, adapterChange: already, level }: Pick<EscalationDetail, "path" | "adapterChange" | "level">, adapterChange: boolean): string {
  const clock = paths[path].clocks.find(({ stoppedBy }) => stoppedBy === "finding")?.name ?? "investigate";
  const raise = paths[path].adapterChange;
  const stops = `Stops the clock “${clock}”. The finding stays in the audit trail.`;
  if (!raise || !adapterChange || already) return stops;
  return `${stops} It goes to ${theRoles(raise.to)} at once${raise.level > level ? `, at level ${raise.level}` : ""}, because a change of contract must be decided.`;
}
