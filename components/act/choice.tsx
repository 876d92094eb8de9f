"use client";

type Props<T extends string> = {
  legend: string;
  name: string;
  chosen: string | null;
  choices: readonly { value: T; name: string; says: string }[];
  onChoose: (value: T) => void;
  error?: string;
  disabled?: boolean;
};

/** One of a few, each with what it means beside it. */
export function Choice<T extends string>({
  legend,
  name,
  chosen,
  choices,
  onChoose,
  error,
  disabled = false,
}: Props<T>) {
  const errorId = `${name}-error`;
  return (
    <fieldset disabled={disabled} aria-describedby={error ? errorId : undefined} className="space-y-1">
      <legend className="mb-1 font-medium">{legend}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="grid grid-cols-[auto_1fr] items-baseline gap-x-2 sm:grid-cols-[auto_minmax(6rem,max-content)_1fr]"
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={chosen === choice.value}
            onChange={() => onChoose(choice.value)}
            className="translate-y-0.5"
          />
          <span className="font-medium">{choice.name}</span>
          <span className="text-sm text-muted max-sm:col-start-2">{choice.says}</span>
        </label>
      ))}
      {error && (
        <p id={errorId} className="text-sm font-medium text-red">
          {error}
        </p>
      )}
    </fieldset>
  );
}
