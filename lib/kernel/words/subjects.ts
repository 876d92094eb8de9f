import { visibleText } from "./visible-text";

/** What an item is about, where it is shown alone: thegent takes the empty text for the name of a run, too, and a link needs words. */
export const saySubject = (subject: string): string => (subject === "" ? "(empty name)" : visibleText(subject));
