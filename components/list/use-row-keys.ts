"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "@/components/shell/keys";

type Rows = {
  /** What of a row takes the focus. */
  rows: string;
  /** The list's own letters; `row`: the one in focus, if any. False: there was nothing to do, and the key is the page's. */
  letters: Readonly<Record<string, (row: HTMLElement | undefined) => boolean>>;
};

/** `j` and `k` walk through the rows; Enter opens the one in focus, as it does any link. */
export function useRowKeys(asked: Rows): void {
  const latest = useRef(asked);
  useEffect(() => {
    latest.current = asked;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = commandOf(event);
      if (!key) return;
      const { rows, letters } = latest.current;
      const all = [...document.querySelectorAll<HTMLElement>(rows)];
      const here = all.findIndex((row) => row === document.activeElement);
      if (key === "j") all[Math.min(here + 1, all.length - 1)]?.focus();
      else if (key === "k") all[Math.max(here - 1, 0)]?.focus();
      else if (!letters[key]?.(all[here])) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
