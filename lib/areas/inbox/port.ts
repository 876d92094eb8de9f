/** What other areas may know of how notices fare. */
export { failingChannels } from "./read/failing-channels";
