/** What people are told of an item, and which act settles it. */
import type { About, Routed } from "@/lib/kernel/notice/decide-notices";
import type { Route } from "@/lib/kernel/notice/roster";
import { noticeKinds, type Ending, type Step, type Tell } from "@/lib/kernel/notice/steps";
import type { Activity } from "@/lib/model/matrix";
import { ownership } from "@/lib/model/ownership";
import { paths, type EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import type { Escalation } from "./escalation";
import type { Due } from "./next";

/** "raised-2": it reached level 2. "missed-…": the SLA clock that was missed. */
export type ItemStep = "opened" | `raised-${number}` | `missed-${string}` | "breach" | "assigned" | "returned";
type ItemTell = Tell & { step: ItemStep };

/** A new item is told to every role, each in the way of its letter. */
export const openedTell = (activity: Activity): ItemTell => ({
  step: "opened",
  activity,
  to: { letters: ["R", "A", "C", "I"] },
});

export const raisedTell = (level: number, to: readonly Role[], activity: Activity): ItemTell => ({
  step: `raised-${level}`,
  activity,
  to: { roles: to },
});

export const assignedTell = (personId: string, activity: Activity): ItemTell => ({
  step: "assigned",
  activity,
  to: { personId },
});

/** What is told because time passed; `activity`: of the item's path. A breach alerts who signs it off, unless the item's setting says no. */
export function tellsOfTime(happened: readonly Due[], activity: Activity): Tell[] {
  return happened.flatMap((due): ItemTell[] => {
    if (due.do === "return-claim")
      return [
        { step: "returned", activity, to: { letters: ["R"] } },
        { step: "returned", activity, to: { personId: due.fromId } },
      ];
    const { name, level, to, alert, ...clock } = due.clock;
    if (due.do === "raise") return [raisedTell(level, to, clock.activity)];
    const missed: ItemTell = { step: `missed-${name}`, activity: clock.activity, to: { roles: to } };
    return alert ? [missed, { step: "breach", activity: "escalation", to: { letters: ["A"] } }] : [missed];
  });
}

/** Whether a notice may never be held back: somebody is late already, or damage is done by each minute. */
const isUrgent = (step: Step, { path, severity }: Pick<Escalation, "path" | "severity">): boolean =>
  step === "breach" || step.startsWith("missed-") || path === "integrity" || severity === "P1";

/**
 * What says more stands for what says less: whom a new item is raised to is not also told that it opened, and whom a breach waits for not
 * also that the clock ran out. Whoever acted knows what they did; but a breach waits for its sign-off.
 */
export const aboutItem = ({
  path,
  severity,
  owner,
  reason,
}: Pick<Escalation, "path" | "severity" | "owner" | "reason">): About => ({
  foldBy: [path, owner ?? "", reason],
  isUrgent: (step) => isUrgent(step, { path, severity }),
  standsFor: (more, less) =>
    (more.startsWith("raised-") && less === "opened") || (more === "breach" && less.startsWith("missed-")),
  isToldToActor: (step) => step === "breach",
});

/** The person whom a new item went to hears of it in any case. */
export const routedBy = ({ personId, role, backup }: Route, path: EscalationPath): Routed | null =>
  personId === null
    ? null
    : { step: "opened", personId, role, standsInFor: backup ? ownership[paths[path].domain].owner : null };

/** Acts that settle standing notices of an item. */
export type SettlingAct = "claim" | "assign" | "advise" | "close" | "sign-off";

/**
 * Whoever takes the item acknowledges it for all who were asked to act; advice answers for its role; a closed item asks nobody for
 * anything, but its breach waits for the sign-off.
 */
export function endingOf(act: SettlingAct, role: Role | null): Ending {
  if (act === "sign-off") return { only: "breach", but: null, kinds: noticeKinds, role: null };
  const rest = { only: null, but: "breach" };
  if (act === "close") return { ...rest, kinds: noticeKinds, role: null };
  return act === "advise" ? { ...rest, kinds: ["consult"], role } : { ...rest, kinds: ["action"], role: null };
}
