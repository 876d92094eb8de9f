/** What pages of other areas may have of escalations; safe in the browser. */
export { listAddress } from "./queries/list-parameters";
