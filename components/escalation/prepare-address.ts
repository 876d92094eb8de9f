/** The address of an item that one comes to from a view of the queue; `from`: the view, as its address says it behind the question mark. */
export const itemAddress = (id: string, from: string): string =>
  from ? `/escalations/${id}?from=${encodeURIComponent(from)}` : `/escalations/${id}`;

/** The view to go back to. */
export const viewAddress = (from: string): string => (from ? `/escalations?${from}` : "/escalations");

const LONGEST = 1000;

/** The view that an address of an item names; nothing that is not a plain query of ours. */
export function viewOf(from: string | string[] | undefined): string {
  if (typeof from !== "string" || from.length > LONGEST) return "";
  return new URLSearchParams(from).toString();
}
