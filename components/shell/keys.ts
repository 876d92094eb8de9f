/** Keys that work on every page: `g`, then a letter. */
export const places: Readonly<Record<string, { href: string; name: string }>> = {
  e: { href: "/escalations", name: "Go to escalations" },
  o: { href: "/overrides", name: "Go to overrides" },
  i: { href: "/inbox", name: "Go to the inbox" },
  s: { href: "/sources", name: "Go to sources" },
  m: { href: "/operating-model", name: "Go to the operating model" },
};

/** Keys of the lists and of an item. */
export const keysOfPages: readonly (readonly [key: string, says: string])[] = [
  ["j", "Next row"],
  ["k", "Previous row"],
  ["Enter", "Open the row"],
  ["x", "Select the row; Escape ends the selection"],
  ["c", "Claim the row, the item or what is selected"],
  ["r", "Resolve the row, the item or what is selected"],
  ["o", "Ask for an override of the row or the item"],
  ["a", "Assign what is selected"],
  ["n", "Go to the next item you may take"],
  ["m", "Mark the notice as read, or as unread again"],
  ["/", "Go to the filters"],
];

/** Whether a key press is a command: not while typing, choosing or in a dialog, and never together with Ctrl, Alt or Meta. */
export function isCommand(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return false;
  const at = event.target;
  if (at instanceof Element && at.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog")) return false;
  return !document.querySelector("dialog[open]");
}
