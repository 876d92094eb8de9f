"use client";

import { useRowKeys } from "@/components/list/use-row-keys";
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

/**
 * The letters of the queue beside those of every list: `x` selects, `c` claims, `r` resolves and `o` asks for an override of the row in focus,
 * or with `a` (assign) what is selected; `n` goes to the next item, Escape ends the selection.
 */
export function useQueueKeys({ rows, above, selected, claim, toggle, ask, clear, next }: Hands): void {
  const go = useGo();
  const to = (row: EscalationRow | undefined, act: (row: EscalationRow) => void) => {
    if (row) act(row);
    return row !== undefined;
  };
  const rowOf = (id: string | undefined) => rows.find((row) => row.id === id);
  const askFor = (act: BulkAct) => {
    awaitForm();
    ask(act);
    return true;
  };
  const open = (form: "resolve" | "override") => (row: EscalationRow) => {
    awaitForm();
    go(`${itemAddress(row.id, window.location.search.slice(1))}#${form}`);
  };
  useRowKeys({
    rows,
    above,
    letters: {
      x: (id) => to(rowOf(id), toggle),
      a: () => selected && askFor("assign"),
      c: (id) => (selected ? askFor("claim") : to(rowOf(id), claim)),
      r: (id) => (selected ? askFor("resolve") : to(rowOf(id), open("resolve"))),
      o: (id) => to(rowOf(id), open("override")),
      n: () => {
        next();
        return true;
      },
    },
    escape: () => {
      if (selected) clear();
      return selected;
    },
  });
}
