"use client";

import { useMemo, useState } from "react";
import { announce } from "@/components/shell/announcer";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { mostAtOnce } from "@/lib/areas/escalation/limits";

export type Selection = {
  /** By id, as the rows were last seen; never more than may be acted on at once. */
  items: ReadonlyMap<string, EscalationRow>;
  /** No more can be selected. */
  full: boolean;
  set: (rows: readonly EscalationRow[], on: boolean) => void;
  drop: (ids: readonly string[]) => void;
  clear: () => void;
};

const none: ReadonlyMap<string, EscalationRow> = new Map();

/** Which items are selected, kept by id while the list lives: also when their rows move, leave it or are not loaded any more. Another list (`scope`) starts with none. */
export function useSelection(scope: string, loaded: readonly EscalationRow[]): Selection {
  const [kept, setKept] = useState({ scope, items: none });
  const items = kept.scope === scope ? kept.items : none;
  const seen = useMemo(() => {
    if (!items.size) return none;
    const rows = new Map(loaded.map((row) => [row.id, row]));
    return new Map([...items].map(([id, row]) => [id, rows.get(id) ?? row]));
  }, [items, loaded]);

  return useMemo(
    () => ({
      items: seen,
      full: seen.size >= mostAtOnce,
      set(rows, on) {
        const next = new Map(seen);
        for (const row of rows) {
          if (!on) next.delete(row.id);
          else if (next.size < mostAtOnce || next.has(row.id)) next.set(row.id, row);
        }
        if (on && rows.some(({ id }) => !next.has(id)))
          announce(`At most ${mostAtOnce} items can be selected.`, "amber");
        setKept({ scope, items: next });
      },
      drop(ids) {
        setKept({ scope, items: new Map([...seen].filter(([id]) => !ids.includes(id))) });
      },
      clear: () => setKept({ scope, items: none }),
    }),
    [scope, seen],
  );
}
