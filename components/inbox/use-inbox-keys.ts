"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "@/components/shell/keys";

const links = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-notice]")];

/** `j` and `k` walk through the entries, `m` marks the one in focus as read, or as unread again. Enter opens it, as it does any link. */
export function useInboxKeys(toggle: (id: string) => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = commandOf(event);
      if (!key) return;
      const all = links();
      const here = all.findIndex((link) => link === document.activeElement);
      const id = all[here]?.dataset.notice;
      if (key === "j") all[Math.min(here + 1, all.length - 1)]?.focus();
      else if (key === "k") all[Math.max(here - 1, 0)]?.focus();
      else if (key === "m" && id) latest.current(id);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
