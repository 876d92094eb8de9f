"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { isCommand } from "@/components/shell/keys";
import type { EscalationRow } from "@/lib/contracts/escalations";

const links = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];

/**
 * `j` and `k` walk through the rows, `c` claims and `r` resolves the one in focus, `/` goes to the filters. The place is remembered by
 * row and by number, so that a row which leaves the list under the cursor hands the place to the next one.
 */
export function useQueueKeys(rows: readonly EscalationRow[], claim: (row: EscalationRow) => void): void {
  const router = useRouter();
  const place = useRef<{ id: string; index: number; focused: boolean } | null>(null);

  useEffect(() => {
    const remember = () => {
      const all = links();
      const index = all.findIndex((link) => link === document.activeElement);
      if (index >= 0) place.current = { id: all[index]!.dataset.row!, index, focused: true };
      else if (place.current && document.activeElement !== document.body) place.current.focused = false;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);

  useEffect(() => {
    const last = place.current;
    if (!last?.focused || document.activeElement !== document.body) return;
    const all = links();
    if (!all.some((link) => link.dataset.row === last.id)) all[Math.min(last.index, all.length - 1)]?.focus({ preventScroll: true });
  }, [rows]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return;
      const all = links();
      const here = all.findIndex((link) => link === document.activeElement);
      const row = rows.find(({ id }) => id === all[here]?.dataset.row);
      const from = here >= 0 ? here : (place.current?.index ?? -1);
      if (event.key === "j") all[here < 0 && place.current ? Math.min(from, all.length - 1) : Math.min(from + 1, all.length - 1)]?.focus();
      else if (event.key === "k") all[Math.max(from - 1, 0)]?.focus();
      else if (event.key === "/") document.querySelector<HTMLElement>("[data-first-filter]")?.focus();
      else if (event.key === "c" && row) claim(row);
      else if (event.key === "r" && row) router.push(`/escalations/${row.id}#resolve`);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [rows, claim, router]);
}
