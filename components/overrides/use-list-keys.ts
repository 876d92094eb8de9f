"use client";

import { useEffect } from "react";
import { isCommand } from "@/components/shell/keys";

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("a[data-row]")];

/** `j` and `k` walk through the rows, `/` goes to the filters. Enter opens the row in focus, as it does any link. */
export function useListKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return;
      const all = links();
      const here = all.findIndex((link) => link === document.activeElement);
      if (event.key === "j") all[Math.min(here + 1, all.length - 1)]?.focus();
      else if (event.key === "k") all[Math.max(here - 1, 0)]?.focus();
      else if (event.key === "/") document.querySelector<HTMLElement>("[data-first-filter]")?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
