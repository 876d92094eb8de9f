/** Text that comes from outside, as far as rules ask of it: whether it can be kept exactly, and what of it can be seen. */

/** U+0000 and halves of surrogate pairs: PostgreSQL's text holds neither. */
const unkept = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Whether it can be kept as it is. What identifies somebody or something is kept exactly or not at all. */
export const isKept = (text: string): boolean => text.search(unkept) < 0;

/** What cannot be kept is named: ⟨U+0000⟩. For reading only; it stands for the text and is never taken for it. */
export const nameUnkept = (text: string): string => text.replace(unkept, nameOf);

/**
 * What shows nothing, or changes how others show: controls, format and direction characters, fillers, the empty Braille pattern, and spaces
 * of every kind but the ordinary one.
 */
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|(?! )[\p{Z}]/gu;

/** A name as it is drawn, on pages and in mail: what cannot be seen of it is named, and so is a space at its beginning or end. */
export const nameUnseen = (text: string): string =>
  text.replace(unseen, nameOf).replace(/^ +| +$/g, (spaces) => "⟨U+0020⟩".repeat(spaces.length));

/** Text that people write, as it is kept: its line ends are one character, nothing stands around it. */
export const trimmed = (text: string): string => text.replace(/\r\n?/g, "\n").trim();

/** Why a text that people wrote cannot be taken, in a sentence that begins with `called`; null when it can. Asked by the form before it is sent, and by whoever takes it. */
export function sentenceProblem(
  called: string,
  typed: string,
  { least, most }: { least: number; most: number },
): string | null {
  const text = trimmed(typed);
  if (text !== "" && readableOf(text) === "") return `${called} shows nothing that can be read.`;
  if (readableLength(text) < least)
    return least > 1 ? `${called} needs at least ${least} characters.` : `${called} is missing.`;
  if (text.length > most) return `${called} has more than ${most} characters.`;
  return /[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/u.test(text)
    ? `${called} holds a character that cannot be kept.`
    : null;
}

/** What of a text people can read: line breaks and tabs are spaces, what cannot be seen is nothing. */
export const readableOf = (text: string): string =>
  text
    .replace(/[\n\t]/g, " ")
    .replace(unseen, "")
    .trim();

/** How many characters of it people can read. */
export const readableLength = (text: string): number => [...readableOf(text)].length;

/**
 * Why what identifies somebody or something in thegent cannot be taken as it is, in a sentence that begins with `called`; null when it can. thegent
 * compares character by character; spaces at the ends are nearly always a slip, which nobody would see.
 */
export function nameProblem(called: string, text: string, max: number): string | null {
  if (text.trim() === "") return `${called} is missing.`;
  if (text.length > max) return `${called} has more than ${max} characters.`;
  if (!isKept(text) || /[\u0000-\u001f\u007f]/.test(text)) return `${called} holds a character that cannot be kept.`;
  if (readableOf(text) === "") return `${called} shows nothing that can be read.`;
  return text === text.trim()
    ? null
    : `${called} begins or ends with a space, which thegent would take as it is: ${nameUnseen(text)}. Write it without.`;
}

function nameOf(character: string): string {
  return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
