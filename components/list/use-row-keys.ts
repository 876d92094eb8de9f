"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "@/components/shell/keys";

type Asked = {
  /** The rows that are there; when they change, the place in focus is handed on. */
  rows: readonly unknown[];
  /** Rows of the list that lie above the first loaded one. */
  above?: number;
  /** The list's own letters; `id`: of the row in focus, if any. False: there was nothing to do, and the key is the page's. */
  letters?: Readonly<Record<string, (id: string | undefined) => boolean>>;
  /** What Escape ends; false where there is nothing to end. */
  escape?: () => boolean;
};

/** What of each row takes the focus. */
const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row]")];
/** The row in focus, also where something else of it has it. */
function focused(all: readonly HTMLElement[]): number {
  const line = document.activeElement?.closest("tr, li");
  return line ? all.findIndex((link) => line.contains(link)) : -1;
}
const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;

function goToFilters(): boolean {
  const first = [...document.querySelectorAll<HTMLElement>("[data-first-filter]")].find(isShown);
  first?.focus();
  return first !== undefined;
}

/**
 * `j` and `k` walk through the rows, Enter opens the one in focus, as it does any link, `/` goes to the filters. The place is remembered by
 * row and by number in the list, so that a row which leaves the list under the cursor hands the place to the next one, and one that is
 * merely not loaded any more does not.
 */
export function useRowKeys(asked: Asked): void {
  const place = useRef<{ id: string; number: number; focused: boolean } | null>(null);
  const latest = useRef(asked);
  const { rows } = asked;

  useEffect(() => {
    latest.current = asked;
  });

  useEffect(() => {
    const remember = () => {
      const all = links();
      const index = focused(all);
      if (index >= 0)
        place.current = { id: all[index]!.dataset.row!, number: (latest.current.above ?? 0) + index, focused: true };
      else if (place.current && document.activeElement !== document.body) place.current.focused = false;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);

  useEffect(() => {
    const last = place.current;
    if (!last?.focused || document.activeElement !== document.body) return;
    const all = links();
    const index = last.number - (latest.current.above ?? 0);
    if (index < 0 || index > all.length || all.some((link) => link.dataset.row === last.id)) return;
    all[Math.min(index, all.length - 1)]?.focus({ preventScroll: true });
  }, [rows]);

  useEffect(() => {
    const step = (by: 1 | -1): true => {
      const all = links();
      const here = focused(all);
      const left = place.current && place.current.number - (latest.current.above ?? 0) + (by < 0 ? by : 0);
      const to = here >= 0 ? here + by : (left ?? 0);
      all[Math.max(0, Math.min(to, all.length - 1))]?.focus();
      return true;
    };
    const press = (event: KeyboardEvent) => {
      const { letters, escape } = latest.current;
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
        if (escape?.()) return;
      }
      const key = commandOf(event);
      if (!key) return;
      const all = links();
      const own = letters && Object.hasOwn(letters, key) ? letters[key] : undefined;
      const done =
        key === "j"
          ? step(1)
          : key === "k"
            ? step(-1)
            : key === "/"
              ? goToFilters()
              : own?.(all[focused(all)]?.dataset.row);
      if (done) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
