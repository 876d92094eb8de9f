/** What pages of other areas may have of duty; safe in the browser. */
export type { DutyView } from "./contract";
export { dutyQuery } from "./queries/options";
