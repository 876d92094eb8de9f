"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "@/components/shell/keys";
import { awaitForm } from "@/components/shell/type-ahead";
import { useGo } from "@/components/shell/use-go";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { itemAddress } from "./prepare-address";
import type { BulkAct } from "./prepare-selection";

type Hands = {
  rows: readonly EscalationRow[];
  /** Rows of the list that lie above the first loaded one. */
  above: number;
  selected: boolean;
  claim: (row: EscalationRow) => void;
  toggle: (row: EscalationRow) => void;
  ask: (act: BulkAct) => void;
  clear: () => void;
  next: () => void;
};

const links = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];
const focused = (all: readonly HTMLAnchorElement[]): number => {
  const line = document.activeElement?.closest("tr");
  return line ? all.findIndex((link) => line.contains(link)) : -1;
};
const isShown = (element: HTMLElement): boolean => element.getClientRects().length > 0;

/**
 * `j` and `k` walk through the rows, `x` selects, `c` claims, `r` resolves and `o` asks for an override of the one in focus, or with `a` (assign) what is selected;
 * `n` goes to the next item, `/` to the filters, Escape ends the selection. The place is remembered by row and by number in the list, so
 * that a row which leaves the list under the cursor hands the place to the next one, and one that is merely not loaded any more does not.
 */
export function useQueueKeys(hands: Hands): void {
  const go = useGo();
  const place = useRef<{ id: string; number: number; focused: boolean } | null>(null);
  const latest = useRef(hands);
  const { rows } = hands;

  useEffect(() => {
    latest.current = hands;
  });

  useEffect(() => {
    const remember = () => {
      const all = links();
      const index = focused(all);
      if (index >= 0)
        place.current = { id: all[index]!.dataset.row!, number: latest.current.above + index, focused: true };
      else if (place.current && document.activeElement !== document.body) place.current.focused = false;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);

  useEffect(() => {
    const last = place.current;
    if (!last?.focused || document.activeElement !== document.body) return;
    const all = links();
    const index = last.number - latest.current.above;
    if (index < 0 || index > all.length || all.some((link) => link.dataset.row === last.id)) return;
    all[Math.min(index, all.length - 1)]?.focus({ preventScroll: true });
  }, [rows]);

  useEffect(() => {
    const step = (by: 1 | -1) => {
      const all = links();
      const here = focused(all);
      const from =
        here >= 0 ? here + by : place.current ? place.current.number - latest.current.above + (by < 0 ? by : 0) : 0;
      all[Math.max(0, Math.min(from, all.length - 1))]?.focus();
    };
    const ask = (act: BulkAct) => {
      awaitForm();
      latest.current.ask(act);
    };
    const open = ({ id }: EscalationRow, form: "resolve" | "override") => {
      awaitForm();
      go(`${itemAddress(id, window.location.search.slice(1))}#${form}`);
    };
    const press = (event: KeyboardEvent) => {
      const { selected, claim, clear, next, toggle } = latest.current;
      if (event.key === "Escape" && selected && !event.defaultPrevented && !document.querySelector("dialog[open]"))
        return clear();
      const key = commandOf(event);
      if (!key) return;
      const all = links();
      const row = latest.current.rows.find(({ id }) => id === all[focused(all)]?.dataset.row);
      if (key === "j") step(1);
      else if (key === "k") step(-1);
      else if (key === "x" && row) toggle(row);
      else if (key === "a" && selected) ask("assign");
      else if (key === "c" && selected) ask("claim");
      else if (key === "c" && row) claim(row);
      else if (key === "r" && selected) ask("resolve");
      else if (key === "r" && row) open(row, "resolve");
      else if (key === "o" && row) open(row, "override");
      else if (key === "n") next();
      else if (key === "/") [...document.querySelectorAll<HTMLElement>("[data-first-filter]")].find(isShown)?.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [go]);
}
