"use client";

import { useEffect } from "react";
import { commandOf } from "@/components/shell/keys";

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("a[data-row]")];

/** `j` and `k` walk through the rows, `/` goes to the filters. Enter opens the row in focus, as it does any link. */
export function useListKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = commandOf(event);
      if (!key) return;
      const all = links();
      const here = all.findIndex((link) => link === document.activeElement);
      if (key === "j") all[Math.min(here + 1, all.length - 1)]?.focus();
      else if (key === "k") all[Math.max(here - 1, 0)]?.focus();
      else if (key === "/") document.querySelector<HTMLElement>("[data-first-filter]")?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
