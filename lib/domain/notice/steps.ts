/**
 * Glossary of notices
 *   notice     one thing that one person is told about one item
 *   step       what happened to the item: what the notice is about
 *   kind       what the reader's letter on the activity makes of it: action for R and A, consult for C, informed for I
 *   standing   not ended: it still waits for somebody
 *   ended      an act settled what it asked for: nothing of it is told any more, here or outside
 */
import type { Due } from "../escalation/next";
import type { Activity } from "../operating-model/matrix";
import type { Letter, Role } from "../operating-model/roles";

export const noticeKinds = ["action", "consult", "informed"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What a notice can be about. */
export type NoticeSubject = "escalation" | "override";

export const kindOfLetter: Readonly<Record<Letter, NoticeKind>> = { R: "action", A: "action", C: "consult", I: "informed" };

/** "raised-2": it reached level 2. "missed-…": the SLA clock that was missed. */
export type Step = OverrideStep | "opened" | `raised-${number}` | `missed-${string}` | "breach" | "assigned" | "returned";

/** Of an override: asked for, its deadline passed, decided, about to end, ended. */
export type OverrideStep = "override-requested" | "override-overdue" | "override-approved" | "override-denied" | "override-ending" | "override-expired" | "override-revoked";

/** Something to be told, on an activity: to the roles with these letters, to these roles whatever their letter, or to one person. */
export type Tell = { step: Step; activity: Activity; to: { letters: readonly Letter[] } | { roles: readonly Role[] } | { personId: string } };

/** A new item is told to every role, each in the way of its letter. */
export const openedTell = (activity: Activity): Tell => ({ step: "opened", activity, to: { letters: ["R", "A", "C", "I"] } });

export const raisedTell = (level: number, to: readonly Role[], activity: Activity): Tell => ({ step: `raised-${level}`, activity, to: { roles: to } });

export const assignedTell = (personId: string, activity: Activity): Tell => ({ step: "assigned", activity, to: { personId } });

/** What is told because time passed; `activity`: of the item's path. A breach alerts who signs it off, unless the item's setting says no. */
export function tellsOfTime(happened: readonly Due[], activity: Activity): Tell[] {
  return happened.flatMap((due): Tell[] => {
    if (due.do === "return-claim") return [{ step: "returned", activity, to: { letters: ["R"] } }, { step: "returned", activity, to: { personId: due.fromId } }];
    const { name, level, to, alert, ...clock } = due.clock;
    if (due.do === "raise") return [raisedTell(level, to, clock.activity)];
    const missed: Tell = { step: `missed-${name}`, activity: clock.activity, to: { roles: to } };
    return alert ? [missed, { step: "breach", activity: "escalation", to: { letters: ["A"] } }] : [missed];
  });
}

/** Acts that settle standing notices of an item. */
export type SettlingAct = "claim" | "assign" | "advise" | "close" | "sign-off";

/** Which of an item's standing notices end: those about the breach or all others, of these kinds, told to this role (null: to any). */
export type Ending = { breach: boolean; kinds: readonly NoticeKind[]; role: Role | null };

/**
 * Whoever takes the item acknowledges it for all who were asked to act; advice answers for its role; a closed item asks nobody for
 * anything, but its breach waits for the sign-off.
 */
export function endingOf(act: SettlingAct, role: Role | null): Ending {
  if (act === "sign-off") return { breach: true, kinds: noticeKinds, role: null };
  if (act === "close") return { breach: false, kinds: noticeKinds, role: null };
  return act === "advise" ? { breach: false, kinds: ["consult"], role } : { breach: false, kinds: ["action"], role: null };
}

/** Whether this notice is one of those that end. */
export const ends = ({ breach, kinds, role }: Ending, notice: { step: Step; kind: NoticeKind; role: Role }): boolean =>
  (notice.step === "breach") === breach && kinds.includes(notice.kind) && (role === null || notice.role === role);
