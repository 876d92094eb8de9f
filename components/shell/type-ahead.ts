import { isModified, isNavigating } from "./keys";

/**
 * What is typed between asking for a form and the form being there is meant for its first field. It is kept, and put there.
 */
let waiting: { typed: string; until: number } | null = null;

/** A form that does not come with its page must not swallow keys for ever. */
const longestMs = 5_000;

export type Ahead = { typed: string; until: number } | null;

/** What is kept after a key press, and whether the press was one of these; Escape and the end of the wait forget it all. */
export function keepKey(
  ahead: Ahead,
  { key, now, modified }: { key: string; now: number; modified: boolean },
): { ahead: Ahead; kept: boolean } {
  if (!ahead || now > ahead.until || key === "Escape") return { ahead: null, kept: false };
  if (modified || key === "Tab") return { ahead, kept: false };
  if (key === "Backspace") return { ahead: { ...ahead, typed: [...ahead.typed].slice(0, -1).join("") }, kept: true };
  const isText = [...key].length === 1;
  return { ahead: isText ? { ...ahead, typed: ahead.typed + key } : ahead, kept: isText || key === "Enter" };
}

/** From now on keys are kept for the form that was asked for. */
export function awaitForm(): void {
  waiting = { typed: "", until: performance.now() + longestMs };
}

/** Keeps a key press, which then commands nothing. */
export function keepTyped(event: KeyboardEvent): boolean {
  const now = performance.now();
  if (waiting && isNavigating()) waiting.until = now + longestMs;
  const { ahead, kept } = keepKey(waiting, { key: event.key, now, modified: isModified(event) });
  waiting = ahead;
  if (kept) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  return kept;
}

/** There is no such form. */
export const expectNoForm = (): void => void (waiting = null);

/** The form is there: its first field has the focus, and what was typed for it; a field that takes no text takes none. `or`: what else may have the focus. */
export function formIsThere(form: HTMLElement, or = ""): void {
  const typed = waiting?.typed ?? "";
  waiting = null;
  const field =
    form.querySelector<HTMLElement>(`:is(input, textarea, select):not(:disabled)${or && `, ${or}`}`) ?? form;
  field.focus({ preventScroll: true });
  const takesText =
    field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text");
  if (!typed || !takesText || field.readOnly) return;
  field.setRangeText(typed, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
