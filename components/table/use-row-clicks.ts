"use client";

import { useRef, type MouseEvent } from "react";
import { useGo } from "@/components/shell/use-go";
import type { Selection } from "./use-selection";

/**
 * A click anywhere in a row is a click on its one link, unless text was being selected. A click on a box, or beside it, selects; with Shift,
 * all rows since the last one. `addressOf`: where a row leads, if not where its link says; asked when it is pressed.
 */
export function useRowClicks<Row extends { id: string }>(
  rows: readonly Row[],
  selection: Selection<Row> | null,
  addressOf?: (id: string) => string,
) {
  const go = useGo();
  const last = useRef<string | null>(null);

  const pick = (box: HTMLInputElement, range: boolean) => {
    const at = (id: string | null | undefined) => rows.findIndex((row) => row.id === id);
    const to = at(box.dataset.pick);
    const from = range && at(last.current) >= 0 ? at(last.current) : to;
    last.current = box.dataset.pick ?? null;
    selection?.set(rows.slice(Math.min(from, to), Math.max(from, to) + 1), box.checked);
  };
  return (event: MouseEvent<HTMLTableElement>) => {
    if (!(event.target instanceof Element)) return;
    const { target, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (target instanceof HTMLInputElement) return target.dataset.pick ? pick(target, shiftKey) : undefined;
    const beside = target.closest(".cell-pick")?.querySelector("input");
    if (beside)
      return beside.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
    const link = target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-row]");
    const pressed = target.closest("a");
    // Another link of the row leads where it says.
    if (!link || (pressed && pressed !== link)) return;
    if (!pressed && window.getSelection()?.type === "Range") return;
    const modified = ctrlKey || metaKey || shiftKey || altKey;
    const address = addressOf?.(link.dataset.row!) ?? link.getAttribute("href")!;
    // A tab of its own, too, knows which list the item was opened from.
    if (modified) link.href = address;
    if (modified && pressed) return;
    event.preventDefault();
    if (modified)
      link.dispatchEvent(
        new window.MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey, altKey }),
      );
    else go(address);
  };
}
