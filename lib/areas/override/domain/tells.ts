import type { About } from "@/lib/kernel/notice/decide-notices";
import { noticeKinds, type Ending, type NoticeKind, type Tell } from "@/lib/kernel/notice/steps";
import type { OverrideDue } from "./next";
import type { Override } from "./override";

/** Asked for, its deadline passed, decided, about to end, ended. */
export type OverrideStep =
  | "override-requested"
  | "override-overdue"
  | "override-approved"
  | "override-denied"
  | "override-ending"
  | "override-expired"
  | "override-revoked";

/** An overdue decision is never held back; nothing of what is told of an override says all of something else. */
export const aboutOverride = ({ owner, justification }: Pick<Override, "owner" | "justification">): About => ({
  foldBy: [owner, justification],
  isUrgent: (step) => step === "override-overdue",
  standsFor: () => false,
  isToldToActor: () => false,
});

const activity = "override" as const;
const toRequester = (step: OverrideStep, { requestedById }: Pick<Override, "requestedById">): Tell => ({
  step,
  activity,
  to: { personId: requestedById },
});

/** A request is for who is accountable to decide and for the consulted to advise on; the informed hear of it. Who may ask need not act. */
export const requestedTell: Tell = { step: "override-requested", activity, to: { letters: ["A", "C", "I"] } };

/** A decision is told to who asked, and to the informed; the consulted learn what became of their advice. */
export const decidedTells = (override: Override): Tell[] => {
  const step: OverrideStep = override.status === "denied" ? "override-denied" : "override-approved";
  return [toRequester(step, override), { step, activity, to: { letters: ["C", "I"] } }];
};

/** An early end is told to all who were told of its beginning, and to who asked. */
export const revokedTells = (override: Override): Tell[] => [
  toRequester("override-revoked", override),
  { step: "override-revoked", activity, to: { letters: ["A", "C", "I"] } },
];

/** What is told because time passed. */
export const tellsOfOverrideTime = (happened: readonly OverrideDue[], override: Override): Tell[] =>
  happened.map(({ do: what }): Tell => {
    if (what === "overdue") return { step: "override-overdue", activity, to: { letters: ["A"] } };
    return toRequester(what === "warn" ? "override-ending" : "override-expired", override);
  });

const ending = (kinds: readonly NoticeKind[]): Ending => ({ only: null, but: null, kinds, role: null });
/** Advice answers the consultation; a decision, or a request taken back, asks nobody for anything any more. */
export const endings = {
  advice: ending(["consult"]),
  decision: ending(["action", "consult"]),
  end: ending(noticeKinds),
} as const;
