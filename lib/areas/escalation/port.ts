/** What other areas may do with escalations. */
export { closeOverridden } from "./acts/close-overridden";
export { closeRecovered } from "./acts/close-recovered";
export { openByTrigger, openByTriggerWith } from "./acts/open-by-trigger";
export { Overtaken, syncQueue, type QueueSource } from "./acts/sync-queue";
export { whyNoOverride } from "./domain/overridable";
export type { QueueRecord } from "./domain/waiting-set";
export { announceRuns } from "./store/announce-runs";
export { runsInQuestion } from "./store/source-queue";
export { holdEscalation } from "./store/writes";
