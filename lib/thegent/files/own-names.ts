/** The names that files of our own bear for a moment beside a file of thegent's: a draft of its next content, and a replaced one kept reachable. */
import path from "node:path";

const namesOf = (target: string) => ({
  held: `.${path.basename(target)}.cockpit-held-`,
  draft: `.${path.basename(target)}.cockpit-new-`,
});
export const heldPrefix = (target: string): string => namesOf(target).held;
export const draftPrefix = (target: string): string => namesOf(target).draft;

/** The name of the file that a file of this name belongs to: its own, unless it is one of ours. */
export const nameOfTarget = (name: string): string => /^\.(.+)\.cockpit-(?:held|new)-/s.exec(name)?.[1] ?? name;
