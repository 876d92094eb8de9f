import type { Me } from "@/components/act/form-values";
import type { OverrideAct, OverrideDetail } from "@/lib/areas/override/contract";
import { isInForce } from "@/lib/areas/override/domain/override";
import { whyNotRenewed } from "@/lib/areas/override/domain/rights";
import type { Instant, MayDo } from "@/lib/kernel/contract";
import { saySeconds, sayStatus } from "./prepare";
import type { Fields } from "./prepare-forms";

/** Acts that ask for words or a choice first, each with a form. */
const formNames = ["approve", "deny", "advise", "withdraw", "revoke", "renew"] as const;
export type FormName = (typeof formNames)[number];
export type Drafts = Readonly<Partial<Record<FormName, Fields>>>;

export const formTitles: Readonly<Record<FormName, string>> = { approve: "Approve", deny: "Deny", advise: "Advise", withdraw: "Withdraw", revoke: "Revoke", renew: "Renew" };

const rightOf: Readonly<Record<FormName, OverrideAct>> = { approve: "decide", deny: "decide", advise: "advise", withdraw: "withdraw", revoke: "revoke", renew: "renew" };

/** Whether somebody wrote something there; a choice alone is soon made again. */
export const isTyped = (fields: Fields = {}): boolean => ["note", "withoutConsultation", "text", "reason", "justification", "ticket"].some((name) => (fields[name] ?? "").trim() !== "");

/** The forms for this person as the override is now. One that holds words stays, whatever became of the override meanwhile. */
export const formsFor = ({ may }: Pick<OverrideDetail, "may">, drafts: Drafts): FormName[] => formNames.filter((name) => may[rightOf[name]].allowed || isTyped(drafts[name]));

/** Why a form cannot be sent as things are: who was first, by name; null when it can. */
export function blockOf(form: FormName, detail: OverrideDetail, me: Me): string | null {
  const right: MayDo = detail.may[rightOf[form]];
  if (right.allowed) return null;
  const { status, decidedBy, endedBy } = detail;
  const by = status === "denied" || isInForce(status) ? decidedBy : endedBy;
  if (form === "approve" || form === "deny" || form === "advise" || form === "withdraw") {
    if (status !== "requested") return `${sayStatus[status].says}${by ? `, by ${by.id === me.id ? "you" : by.name}` : ""}.`;
  }
  return right.because;
}

const actNames: readonly (readonly [act: OverrideAct, name: string])[] = [["decide", "Approve or deny"], ["advise", "Advise"], ["withdraw", "Withdraw"], ["revoke", "Revoke"], ["renew", "Renew"]];

/** What this person may not do with the override as it is, by the reason; each reason once, with all it refuses. */
export function refusalsOf({ may, status }: Pick<OverrideDetail, "may" | "status">): { because: string; names: string[] }[] {
  const asked: Partial<Record<OverrideAct, boolean>> = {
    ...(status === "requested" && { decide: true, advise: true, withdraw: true }),
    ...(isInForce(status) && { revoke: true }),
    ...(whyNotRenewed(status) === null && { renew: true }),
  };
  const reasons = new Map<string, string[]>();
  for (const [act, name] of actNames) {
    const right = may[act];
    if (asked[act] && !right.allowed) reasons.set(right.because, [...(reasons.get(right.because) ?? []), name]);
  }
  return [...reasons].map(([because, names]) => ({ because, names }));
}

/** What approving does with the escalation it was asked from. */
export const sayOverridden = ({ escalation }: Pick<OverrideDetail, "escalation">): string => (escalation ? ` ${escalation.subject} is closed as overridden, here and in thegent’s queue file.` : "");

/** "1 h; asked for were 8 h" */
export const sayApproved = ({ approvedSeconds, requestedSeconds }: Pick<OverrideDetail, "approvedSeconds" | "requestedSeconds">): string =>
  approvedSeconds === null ? "" : `${saySeconds(approvedSeconds)}${approvedSeconds < requestedSeconds ? `; ${saySeconds(requestedSeconds)} were asked for` : ""}`;

/** The end of a validity that begins now, to the second. */
export const endAfter = (seconds: number, now: number): Instant => new Date(Math.floor(now / 1000) * 1000 + seconds * 1000).toISOString();
