import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";

type Common = { id: string; label: ReactNode; error?: string | null; hint?: ReactNode };

const box =
  "block w-full rounded border bg-raised px-2 py-1 text-base text-ink read-only:bg-surface aria-[invalid=true]:border-red border-edge";

function Frame({ id, label, error, hint, children }: Common & { children: ReactNode }) {
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm font-medium text-red">
          {error}
        </p>
      )}
    </div>
  );
}

/** What says an input's hint and error aloud. */
const described = ({ id, error, hint }: Common) =>
  [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;

/** One line of text with its label, hint and error. */
export function TextField({
  id,
  label,
  error,
  hint,
  ref,
  ...input
}: Common & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <input
        ref={ref}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described({ id, label, error, hint })}
        className={`${box} h-8`}
        {...input}
      />
    </Frame>
  );
}

/** Several lines of text with their label, hint and error. */
export function TextArea({
  id,
  label,
  error,
  hint,
  ref,
  ...input
}: Common & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <textarea
        ref={ref}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described({ id, label, error, hint })}
        className={`${box} min-h-14 resize-y`}
        {...input}
      />
    </Frame>
  );
}

/** One of several, with its label, hint and error. */
export function SelectField({
  id,
  label,
  error,
  hint,
  ref,
  ...input
}: Common & SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }) {
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <select
        ref={ref}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described({ id, label, error, hint })}
        className={`${box} h-8`}
        {...input}
      />
    </Frame>
  );
}
