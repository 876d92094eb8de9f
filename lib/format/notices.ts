import type { EscalationPath } from "@/lib/domain/escalation/paths";
import type { NoticeKind, Step } from "@/lib/domain/notice/steps";
import { roleNames, type Letter, type Role } from "@/lib/domain/operating-model/roles";

export type SaidNotice = {
  step: Step;
  kind: NoticeKind;
  /** Of the item that it is about. */
  path: EscalationPath;
  /** By which role and letter the reader hears of it. */
  role: Role;
  letter: Letter;
  /** The role that the reader stands in for, as nobody of it is on duty. */
  standsInFor: Role | null;
};

const opened: Readonly<Record<EscalationPath, string>> = {
  policy_denial: "A run is blocked by policy",
  contract_drift: "Contract drift was found",
  integrity: "The audit chain or its verification failed",
  incident: "An incident was opened",
};

const asked: Readonly<Record<NoticeKind, string>> = { action: "you are asked to act", consult: "your advice is asked", informed: "this is for you to know" };

/** What happened and what it asks of the reader: one sentence, plain text. "Past its SLA, the clock “resolve” ran out: you are asked to act as Product Owner (A)." */
export function sayNotice({ step, kind, path, role, letter, standsInFor }: SaidNotice): string {
  const instead = standsInFor ? `, in place of the ${roleNames[standsInFor]}, as nobody is on duty as that` : "";
  return `${sayStep(step, path)}: ${asked[kind]} as ${roleNames[role]} (${letter})${instead}.`;
}

function sayStep(step: Step, path: EscalationPath): string {
  if (step.startsWith("raised-")) return `Escalated to level ${step.slice("raised-".length)}`;
  if (step.startsWith("missed-")) return `Past its SLA, the clock “${step.slice("missed-".length)}” ran out`;
  switch (step) {
    case "opened":
      return opened[path];
    case "assigned":
      return "It was given to you to work on";
    case "returned":
      return "Its claim went quiet, so it is back in the queue";
    default:
      return "It missed its SLA, and the breach waits for a sign-off";
  }
}
