"use client";

import { Button } from "@/components/ui/button";
import { choosable, columnTable, usual, withColumn } from "./queue-columns";
import type { ListState } from "./use-list-query";

/** Which columns the list has; kept in the address. */
export default function ColumnsMenu({ list: { query, show } }: { list: ListState }) {
  const chosen = query.columns ?? usual;
  return (
    <fieldset className="space-y-1">
      <legend className="mb-1 text-sm text-muted">Due and subject are always shown.</legend>
      {choosable.map((name) => (
        <label key={name} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) => show(withColumn(query.columns, name, event.target.checked))}
          />
          {columnTable[name].head}
        </label>
      ))}
      {query.columns && (
        <Button look="quiet" size="small" className="-ml-2" onClick={() => show(undefined)}>
          Reset columns
        </Button>
      )}
    </fieldset>
  );
}
