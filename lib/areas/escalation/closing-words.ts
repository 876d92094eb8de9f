import type { Outcome } from "@/lib/areas/escalation/domain/escalation";

export const lateCauseHint = "It missed an SLA clock: what kept it waiting?";

/** What the explanation beside each outcome says, of a run or of anything else. */
export const outcomeMeans = (ofRun: boolean): Record<Outcome, string> => ({
  unblocked: ofRun ? "The cause is gone; the run may go on." : "The cause is gone; things are as they should be.",
  rejected: ofRun ? "The run must not go on as it is." : "It was not one, or it needs no action.",
  duplicate: "Another item stands for the same thing.",
  superseded: "Something newer has taken its place.",
});
