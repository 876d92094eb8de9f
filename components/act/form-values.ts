import type { Limit } from "@/lib/kernel/limits";
import { readableLength } from "@/lib/kernel/words/text";

/** Whose page it is. */
export type Me = { id: string; name: string };

/** What was typed or chosen, by the field's name. */
export type Fields = Readonly<Record<string, string>>;
/** What is wrong with it. */
export type Problems = Readonly<Record<string, string | undefined>>;

/** What is wrong with a text that people write; null when nothing is. */
export function judgeText(text: string, called: string, { least: min, most: max }: Limit): string | null {
  const { length } = text.trim();
  if (readableLength(text) < min) return min > 1 ? `${called} needs at least ${min} characters.` : `${called} is missing.`;
  return length > max ? `${called} has more than ${max} characters.` : null;
}
