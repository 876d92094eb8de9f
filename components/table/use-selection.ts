"use client";

import { useMemo, useState } from "react";
import { announce } from "@/components/shell/announcer";

export type Selection<Row> = {
  /** By id, as the rows were last seen; never more than may be acted on at once. */
  items: ReadonlyMap<string, Row>;
  /** No more can be selected. */
  full: boolean;
  set: (rows: readonly Row[], on: boolean) => void;
  drop: (ids: readonly string[]) => void;
  clear: () => void;
};

type Asked<Row> = {
  /** What the list is of: another list starts with none. */
  scope: string;
  loaded: readonly Row[];
  most: number;
};

/** Which rows are selected, kept by id while the list lives: also when they move, leave it or are not loaded any more. */
export function useSelection<Row extends { id: string }>({ scope, loaded, most }: Asked<Row>): Selection<Row> {
  const [kept, setKept] = useState<{ scope: string; items: ReadonlyMap<string, Row> }>({ scope, items: new Map() });
  const items = kept.scope === scope ? kept.items : null;
  const seen = useMemo((): ReadonlyMap<string, Row> => {
    if (!items?.size) return new Map();
    const rows = new Map(loaded.map((row) => [row.id, row]));
    return new Map([...items].map(([id, row]) => [id, rows.get(id) ?? row]));
  }, [items, loaded]);

  return useMemo(
    () => ({
      items: seen,
      full: seen.size >= most,
      set(rows, on) {
        const next = new Map(seen);
        for (const row of rows) {
          if (!on) next.delete(row.id);
          else if (next.size < most || next.has(row.id)) next.set(row.id, row);
        }
        if (on && rows.some(({ id }) => !next.has(id))) announce(`At most ${most} items can be selected.`, "amber");
        setKept({ scope, items: next });
      },
      drop(ids) {
        setKept({ scope, items: new Map([...seen].filter(([id]) => !ids.includes(id))) });
      },
      clear: () => setKept({ scope, items: new Map() }),
    }),
    [scope, seen, most],
  );
}
