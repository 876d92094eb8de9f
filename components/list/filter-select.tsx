"use client";

export type Choice = { value: string; label: string };

type Props = {
  name: string;
  label: string;
  /** What stands for no choice; none where there always is one. */
  none?: string;
  value: string | undefined;
  choices: readonly Choice[];
  /** `/` goes to it. */
  first?: boolean;
  onChoose: (value: string | undefined) => void;
  className?: string;
};

/** A filter that is one of several; in sight when it narrows the list. */
export function FilterSelect({ name, label, none, value, choices, first, onChoose, className = "" }: Props) {
  const set = none !== undefined && value !== undefined;
  return (
    <select
      name={name}
      aria-label={label}
      data-first-filter={first || undefined}
      value={value ?? ""}
      onChange={(event) => onChoose(event.target.value || undefined)}
      className={`field-sizing-content h-[30px] max-w-40 min-w-0 truncate rounded border bg-raised px-1.5 text-sm max-md:max-w-full ${set ? "border-accent bg-accent-wash font-medium" : "border-edge text-muted"} ${className}`}
    >
      {none !== undefined && <option value="">{none}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
