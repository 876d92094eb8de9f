import { otherPerson } from "@/lib/kernel/query/page-owner";

/** Keys that work on every page: `g`, then a letter. */
export const places: Readonly<Record<string, { href: string; name: string }>> = {
  e: { href: "/escalations", name: "Go to escalations" },
  o: { href: "/overrides", name: "Go to overrides" },
  i: { href: "/inbox", name: "Go to the inbox" },
  s: { href: "/sources", name: "Go to sources" },
  m: { href: "/operating-model", name: "Go to the operating model" },
};

/** What a key may do: move the focus or show something, or act: write, select, open a form, leave the page. */
type Does = "moves" | "acts";

/** Keys of lists and pages. Those that ask for an act on an item are named by the act (lib/areas/escalation/acts). */
export const keysOfPages: readonly (readonly [key: string, does: Does, says: string])[] = [
  ["j", "moves", "Next row"],
  ["k", "moves", "Previous row"],
  ["Enter", "moves", "Open the row"],
  ["x", "acts", "Select the row; Escape ends the selection"],
  ["u", "acts", "Take back the claim just made"],
  ["n", "acts", "Go to the next item you may take"],
  ["m", "acts", "Mark the notice as read, or as unread again"],
  ["/", "moves", "Go to the filters"],
];

const movers: readonly string[] = [...keysOfPages.flatMap(([key, does]) => (does === "moves" ? [key] : [])), "?"];

/** How long a page is looked at before a letter can be meant for it. */
export const asleepMs = 1_000;

export type Press = {
  key: string;
  /** The key was held down, and repeats itself. */
  repeat: boolean;
  /** It goes to a field, or to a dialog. */
  typing: boolean;
  /** Since another page was asked for or came; 0 while one is on its way. */
  sinceNavigationMs: number;
  /** A form of this page holds words that were not sent. */
  formHoldsText: boolean;
  /** Somebody else is signed in than whose page this is. */
  othersPage: boolean;
};

/**
 * Whether a key press is a command. One that acts is none just after a navigation, when it may be meant for another page, nor while a form
 * holds text, when it may be meant for the form.
 */
export function mayKeyAct({ key, repeat, typing, sinceNavigationMs, formHoldsText, othersPage }: Press): boolean {
  if (typing) return false;
  if (movers.includes(key)) return true;
  return !repeat && !othersPage && !formHoldsText && sinceNavigationMs >= asleepMs;
}

let navigatedAt = typeof performance === "undefined" ? 0 : performance.now();
let underWay = 0;

/** A page came, or was asked for. */
export function navigated(): void {
  navigatedAt = performance.now();
}

/** A page is on its way until the function answered is called. */
export function navigating(): () => void {
  underWay++;
  navigated();
  return () => {
    underWay--;
    navigated();
  };
}

export const isNavigating = (): boolean => underWay > 0;

/** Never together with Ctrl, Alt or Meta. */
export const isModified = (event: KeyboardEvent): boolean =>
  event.ctrlKey || event.metaKey || event.altKey || event.isComposing;

function pressOf({ key, repeat, target }: KeyboardEvent): Press {
  const inField =
    target instanceof Element &&
    target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
  return {
    ...{ key, repeat },
    typing: inField || document.querySelector("dialog[open]") !== null,
    sinceNavigationMs: isNavigating() ? 0 : performance.now() - navigatedAt,
    formHoldsText: document.querySelector("[data-holds-text]") !== null,
    othersPage: otherPerson.get() !== undefined,
  };
}

/** The one question of every key: what a press commands; null when it is none, or not now. */
export const commandOf = (event: KeyboardEvent): string | null =>
  !isModified(event) && !event.defaultPrevented && mayKeyAct(pressOf(event)) ? event.key : null;

/** Whether a key of ours, or of an act (`letters`), does nothing for no other reason than words that a form holds; whoever pressed it is told. */
export function isHeldByText(event: KeyboardEvent, letters: readonly string[]): boolean {
  const press = pressOf(event);
  return (
    !isModified(event) &&
    (letters.includes(press.key) || keysOfPages.some(([key]) => key === press.key)) &&
    !mayKeyAct(press) &&
    mayKeyAct({ ...press, formHoldsText: false })
  );
}
