import type { DriftStep } from "@/lib/areas/drift/port";
import type { OverrideStep } from "@/lib/areas/override/port";
import type { NoticeKind, Step } from "@/lib/kernel/notice/steps";
import type { EscalationPath } from "@/lib/model/paths";
import { roleNames, type Letter, type Role } from "@/lib/model/roles";

export type SaidNotice = {
  step: Step;
  kind: NoticeKind;
  /** Of the item that it is about; null: it is about an override. */
  path: EscalationPath | null;
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

const asked: Readonly<Record<NoticeKind, string>> = {
  action: "you are asked to act",
  consult: "your advice is asked",
  informed: "this is for you to know",
};

/** What happened, and what it asks of the reader where that is not what their letter asks otherwise. */
type SaidStep = { what: string; asks?: Partial<Record<NoticeKind, string>> };

const ofOverrides: Readonly<Record<OverrideStep, SaidStep>> = {
  "override-requested": { what: "An override was asked for", asks: { action: "you are asked to decide it" } },
  "override-overdue": {
    what: "Nobody decided on an override by its deadline",
    asks: { action: "you are asked to decide it", consult: "your advice may still be heard" },
  },
  "override-approved": {
    what: "An override was approved",
    asks: {
      action: "you are told that your request passes",
      consult: "this is what became of the request you were consulted on",
    },
  },
  "override-denied": {
    what: "An override was denied",
    asks: {
      action: "you are told that your request does not pass",
      consult: "this is what became of the request you were consulted on",
    },
  },
  "override-ending": {
    what: "An override ends soon",
    asks: { action: "you may ask for a renewal", consult: "this is for you to know" },
  },
  "override-expired": {
    what: "An override reached its end",
    asks: { action: "you are asked to justify it again if it is still needed", consult: "this is for you to know" },
  },
  "override-revoked": {
    what: "An override was ended before its time",
    asks: { action: "you are told that it lets nothing pass any more", consult: "this is for you to know" },
  },
};

const ofDrift: Readonly<Record<DriftStep, SaidStep>> = {
  "drift-change-asked": {
    what: "A change of an adapter was asked for",
    asks: { action: "you are asked to decide it" },
  },
  "drift-change-approved": {
    what: "The change of an adapter was approved",
    asks: { action: "you are told that what you asked for may be done" },
  },
  "drift-change-declined": {
    what: "The change of an adapter was declined",
    asks: { action: "you are asked to decide anew what is done" },
  },
  "drift-waiver-asked": {
    what: "It was asked to accept drift for a time",
    asks: { action: "you are asked to approve or decline it" },
  },
  "drift-waiver-approved": {
    what: "Drift was accepted for a time",
    asks: { action: "you are told that what you asked for is approved" },
  },
  "drift-waiver-declined": {
    what: "It was declined to accept drift",
    asks: { action: "you are asked to decide anew what is done" },
  },
};

const isDriftStep = (step: Step): step is DriftStep => Object.hasOwn(ofDrift, step);
const isOverrideStep = (step: Step): step is OverrideStep => Object.hasOwn(ofOverrides, step);

/** What happened and what it asks of the reader: one sentence, plain text. "Past its SLA, the clock “resolve” ran out: you are asked to act as Product Owner (A)." */
export function sayNotice({ step, kind, path, role, letter, standsInFor }: SaidNotice): string {
  const instead = standsInFor ? `, in place of the ${roleNames[standsInFor]}, as nobody is on duty as that` : "";
  const { what, asks }: SaidStep = isOverrideStep(step)
    ? ofOverrides[step]
    : isDriftStep(step)
      ? ofDrift[step]
      : sayStep(step, path);
  return `${what}: ${asks?.[kind] ?? asked[kind]} as ${roleNames[role]} (${letter})${instead}.`;
}

function sayStep(step: Step, path: EscalationPath | null): SaidStep {
  if (step.startsWith("raised-")) return { what: `Escalated to level ${step.slice("raised-".length)}` };
  if (step.startsWith("missed-")) return { what: `Past its SLA, the clock “${step.slice("missed-".length)}” ran out` };
  switch (step) {
    case "opened":
      return { what: path ? opened[path] : "An item was opened" };
    case "assigned":
      return { what: "It was given to you to work on" };
    case "returned":
      return { what: "Its claim went quiet, so it is back in the queue" };
    default:
      return { what: "It missed its SLA", asks: { action: "its breach waits for your sign-off" } };
  }
}
