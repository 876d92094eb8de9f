import { rolesThatMay, type Grant } from "@/lib/model/decide";
import type { OperatingModel } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";

/** Characters of an unusable line that are shown. */
export const longestExcerpt = 200;

/**
 * Whether who may see the sources may also see what an unusable line holds. It may hold anything, for whoever writes into the session directory
 * puts it there; who works with what it should have been needs its text, whoever is only informed does not.
 */
export const maySeeText = ({ letter }: Pick<Grant<"source.view">, "letter">): boolean =>
  letter === "R" || letter === "A";

/** Who sees it, to be named to those who do not. */
export const rolesThatSeeText = (model: OperatingModel): Role[] => rolesThatMay(model, "orchestration", "perform");

/** The beginning of what could not be used, from its first bytes: cut short, and of a document never more than half. */
export function excerptOf(start: Uint8Array, length: number, isDocument: boolean): string {
  const bytes = isDocument ? start.subarray(0, Math.floor(length / 2)) : start;
  const text = new TextDecoder().decode(bytes);
  const short = [...text].slice(0, longestExcerpt).join("");
  return short.length < text.length || bytes.length < length ? `${short}…` : short;
}
