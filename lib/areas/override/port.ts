/** What other areas may know of overrides, and what thegent's files change of them. */
export { syncDecisions } from "./acts/sync-decisions";
export { endMissingOverrides, syncFindings, type FindingSource } from "./acts/sync-findings";
export type { RequestOverrideInput } from "./contract";
export type { Evidence } from "./domain/findings";
export { isInForce, type OverrideStatus } from "./domain/override";
export type { OverrideStep } from "./domain/tells";
