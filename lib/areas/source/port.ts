/** What other areas may know of sources. */
export { readingHealth } from "./domain/reading";
