"use client";

import { useId, useState, type ReactNode, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { sayCount } from "@/lib/kernel/words/quantities";

type Props = {
  label: string;
  /** The rows of what was chosen are on their way. */
  pending: boolean;
  /** How many filters are in force. */
  chosen: number;
  onClear: () => void;
  /** How many rows there are of what was chosen; null where that is not counted. */
  total?: number | null;
  /** Before the filters: which list it is. */
  lists?: ReactNode;
  /** After them, in sight on a telephone, too. */
  end?: ReactNode;
  onSubmit?: () => void;
  children: ReactNode;
};

/** What narrows a list, all of it in the address; on a telephone folded behind a button. The first filter is where `/` goes. */
export function FilterBar(props: Props) {
  const { label, pending, chosen, onClear, total = null, lists, end, onSubmit, children } = props;
  const [unfolded, setUnfolded] = useState(false);
  const id = useId();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <form
      role="search"
      aria-label={label}
      aria-busy={pending}
      onSubmit={submit}
      className="flex flex-wrap items-center gap-x-1.5 gap-y-2 px-4 pb-2"
    >
      {lists}
      <Button
        size="small"
        className="md:hidden"
        aria-expanded={unfolded}
        aria-controls={id}
        data-first-filter
        onClick={() => setUnfolded(!unfolded)}
      >
        Filters{chosen > 0 && ` (${chosen})`}
      </Button>
      <div
        id={id}
        className={
          unfolded
            ? "max-md:grid max-md:w-full max-md:grid-cols-2 max-md:gap-2 md:contents"
            : "max-md:hidden md:contents"
        }
      >
        {children}
      </div>
      {chosen > 0 && (
        <Button look="quiet" size="small" onClick={onClear}>
          Clear filters ({chosen})
        </Button>
      )}
      <span role="status" className="text-sm text-muted">
        {pending ? "Reading…" : chosen > 0 && total !== null ? `${sayCount(total)} match` : ""}
      </span>
      {end}
    </form>
  );
}
