/** What other areas may do with escalations. */
export { items as changeableItems } from "./acts/change-escalations";
export { closeOverridden } from "./acts/close-overridden";
export { closeRecovered } from "./acts/close-recovered";
export { openByTrigger, openByTriggerWith } from "./acts/open-by-trigger";
export { wordsOfActs } from "./acts/escalation-acts";
export { Overtaken, syncQueue, type QueueSource } from "./acts/sync-queue";
export type { Escalation } from "./domain/escalation";
export type { Due } from "./domain/next";
export { whyNoOverride } from "./domain/overridable";
export { endingOf } from "./domain/tells";
export { prepareTimeline } from "./domain/timeline";
export {
  decideAccepted,
  decideCancel,
  decideClaim,
  decideReport,
  decideResolve,
  type Rejection,
  type Transition,
} from "./domain/transitions";
export type { QueueRecord } from "./domain/waiting-set";
export { announceRuns } from "./store/announce-runs";
export { runsInQuestion } from "./store/source-queue";
export type { Item } from "./read/item";
export { findEscalations, holdEscalation, saveItems } from "./store/writes";
export { lateCauseHint, sayRejection } from "./words";
