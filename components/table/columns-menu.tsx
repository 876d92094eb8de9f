"use client";

import { Button } from "@/components/ui/button";
import { choosable, withColumn, type Column } from "./columns";

type Props = {
  columns: readonly Pick<Column<never>, "id" | "head" | "choice">[];
  /** Undefined: the usual ones. */
  chosen: readonly string[] | undefined;
  onChoose: (chosen: string[] | undefined) => void;
  /** Which columns stand there in any case, in a sentence. */
  always: string;
};

/** Which columns a table has. */
export default function ColumnsMenu({ columns, chosen, onChoose, always }: Props) {
  const isShown = ({ id, choice }: Props["columns"][number]) => (chosen ? chosen.includes(id) : choice === "usual");
  return (
    <fieldset className="space-y-1">
      <legend className="mb-1 text-sm text-muted">{always}</legend>
      {choosable(columns).map((column) => (
        <label key={column.id} className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={isShown(column)}
            onChange={(event) => onChoose(withColumn(columns, chosen, column.id, event.target.checked))}
          />
          {column.head}
        </label>
      ))}
      {chosen && (
        <Button look="quiet" size="small" className="-ml-2" onClick={() => onChoose(undefined)}>
          Reset columns
        </Button>
      )}
    </fieldset>
  );
}
