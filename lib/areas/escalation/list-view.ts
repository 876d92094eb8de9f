import { listQuerySchema } from "./contract";
import { writeListQuery } from "./list-query";

/** What an address says behind its question mark, of a view: unknown and unusable parts left out, and the position in it. */
export function viewOf(text: string): string {
  return writeListQuery({
    ...listQuerySchema.parse(Object.fromEntries(new URLSearchParams(text))),
    after: undefined,
    before: undefined,
  });
}
