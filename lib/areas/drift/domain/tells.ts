import type { Tell } from "@/lib/kernel/notice/steps";
import type { Activity } from "@/lib/model/matrix";
import type { Asking, Reviewed } from "./review";

/** Asked of who is accountable, and answered. */
export type DriftStep =
  | "drift-change-asked"
  | "drift-change-approved"
  | "drift-change-declined"
  | "drift-waiver-asked"
  | "drift-waiver-approved"
  | "drift-waiver-declined";

/** The rows of the matrix that rule what a review may ask for: a change of contract, and a change of a threshold. */
const activityOf: Readonly<Record<Asking, Activity>> = { adapter_change: "contracts", accept: "policy" };
const nameOf = { adapter_change: "change", accept: "waiver" } as const;

/** What was asked for is who is accountable's to decide; whom their row informs hears of it. */
export const askedTell = (asks: Asking): Tell => ({
  step: `drift-${nameOf[asks]}-asked` satisfies DriftStep,
  activity: activityOf[asks],
  to: { letters: ["A", "I"] },
});

/** The answer is told to who asked. */
export function answeredTells({ decision, answer, reviewedById }: Reviewed): Tell[] {
  if (answer === null || reviewedById === null || (decision !== "accept" && decision !== "adapter_change")) return [];
  const step: DriftStep = `drift-${nameOf[decision]}-${answer}`;
  return [{ step, activity: activityOf[decision], to: { personId: reviewedById } }];
}
