/** What other areas, and the way to sign in, may know of people. */
export { longestEmail } from "./limits";
export { listPeople } from "./read/list";
