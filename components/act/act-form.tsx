"use client";

import { useId, type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useTypedEarly } from "@/components/ui/typed-early";
import { useFocusWhenAsked } from "./asked-form";
import { Failure } from "./failure";
import type { ActForm as Form } from "./use-act-form";

type Props = {
  name: string;
  form: Form;
  /** Why it cannot be sent as things are; null when it can. */
  blocked?: string | null;
  /** Whether something is typed that must not be lost. */
  typed?: boolean;
  /** What pressing will do, in a sentence. */
  consequence: ReactNode;
  submit: readonly [idle: string, busy: string];
  children: ReactNode;
};

/** The frame of every form of an act: why it is blocked, the fields, what went wrong, what will happen, and the button. */
export function ActForm({ name, form, blocked = null, typed = false, consequence, submit, children }: Props) {
  const id = useId();
  const frame = useFocusWhenAsked();
  useTypedEarly(frame);
  return (
    <form
      ref={frame}
      tabIndex={-1}
      data-holds-text={typed || undefined}
      onSubmit={(event) => (blocked ? event.preventDefault() : form.onSubmit(event))}
      onBlur={form.onBlur}
      noValidate
      aria-label={name}
      className="space-y-3 outline-none"
    >
      {blocked && (
        <Notice tone="amber" live="assertive">
          {blocked} {typed && "What you typed is kept below, so that you can copy it."}
        </Notice>
      )}
      {(!blocked || typed) && children}
      {form.failure && <Failure failure={form.failure} />}
      {!blocked && (
        <div className="space-y-2">
          <p className="text-sm text-muted" id={id}>
            {consequence}
          </p>
          <SubmitButton look="primary" pending={form.pending} aria-describedby={id}>
            {submit[form.pending ? 1 : 0]}
          </SubmitButton>
        </div>
      )}
    </form>
  );
}
