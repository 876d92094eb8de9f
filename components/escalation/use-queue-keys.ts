"use client";

import { useRowKeys } from "@/components/list/use-row-keys";
import { awaitForm } from "@/components/shell/type-ahead";
import { useGo } from "@/components/shell/use-go";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { bulkActs, type BulkAct } from "@/lib/areas/escalation/domain/stays";
import type { ActKey } from "@/lib/kernel/act/view";
import { itemAddress } from "./prepare-address";

type Hands = {
  /** The letters of the acts on an item. */
  keys: readonly ActKey[];
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

const isBulkAct = (act: string): act is BulkAct => bulkActs.some((one) => one === act);

/**
 * The letters of the queue beside those of every list: `x` selects, `n` goes to the next item, Escape ends the selection. The letter of an act
 * asks for it for what is selected, or for the row in focus: a claim is made at once, every other one on the item's own page.
 */
export function useQueueKeys({ keys, rows, above, selected, claim, toggle, ask, clear, next }: Hands): void {
  const go = useGo();
  const to = (id: string | undefined, act: (row: EscalationRow) => void) => {
    const row = rows.find((one) => one.id === id);
    if (row) act(row);
    return row !== undefined;
  };
  const open = (form: string) => (row: EscalationRow) => {
    awaitForm();
    go(`${itemAddress(row.id, window.location.search.slice(1))}#${form}`);
  };
  const press = (act: string) => (id: string | undefined) => {
    if (!selected || !isBulkAct(act)) return to(id, act === "claim" ? claim : open(act));
    awaitForm();
    ask(act);
    return true;
  };
  useRowKeys({
    rows,
    above,
    letters: {
      ...Object.fromEntries(keys.map(({ letter, act }) => [letter, press(act)])),
      x: (id) => to(id, toggle),
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
