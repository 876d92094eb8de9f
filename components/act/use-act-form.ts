"use client";

import { useState, type FocusEvent, type SyntheticEvent } from "react";
import type { AskFailure } from "@/components/shell/ask";
import type { Problems } from "@/lib/kernel/act/view";

type Asked = {
  /** What is wrong with what was typed, by the field's name. */
  judge: () => Problems;
  /** Sends it; null when it was done, else what to say. */
  send: () => Promise<AskFailure | null>;
  onDone: () => void;
};

export type ActForm = {
  problems: Problems;
  failure: AskFailure | null;
  pending: boolean;
  /** To be called when a field changes: what the server said of it is about the text before. */
  changed: () => void;
  onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
  onBlur: (event: FocusEvent<HTMLFormElement>) => void;
};

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const fieldsOf = (form: HTMLFormElement): Field[] =>
  [...form.elements].filter((element): element is Field => "name" in element && element.name !== "");

/**
 * A form of one act: a field is judged once it was left with something in it, all of them once a press was refused, then as they are
 * typed; the first that is wrong gets the focus. Nothing typed is ever lost here: React empties a form after a form action, so it is none.
 */
export function useActForm({ judge, send, onDone }: Asked): ActForm {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [pressed, setPressed] = useState(false);
  const [refused, setRefused] = useState<Problems>({});
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const [pending, setPending] = useState(false);
  const judged = pressed || left.size > 0 ? Object.entries(judge()).filter(([name]) => pressed || left.has(name)) : [];

  const focusFirst = (form: HTMLFormElement, problems: Problems) =>
    fieldsOf(form)
      .find(({ name }) => problems[name])
      ?.focus();
  const submit = async (form: HTMLFormElement) => {
    if (pending) return;
    setPressed(true);
    setFailure(null);
    const found = judge();
    if (Object.values(found).some(Boolean)) return focusFirst(form, found);
    setPending(true);
    const result = await send();
    setPending(false);
    if (!result) {
      setPressed(false);
      setLeft(new Set());
      return onDone();
    }
    setFailure(result);
    setRefused(result.fields ?? {});
    focusFirst(form, result.fields ?? {});
  };
  return {
    problems: { ...Object.fromEntries(judged), ...refused },
    failure,
    pending,
    changed: () => setRefused({}),
    onSubmit: (event) => {
      event.preventDefault();
      void submit(event.currentTarget);
    },
    onBlur: ({ target, relatedTarget }) => {
      // Whoever leaves a field by pressing a button means the button: a sentence that appeared now would move it away under the pointer.
      if (relatedTarget instanceof HTMLButtonElement) return;
      const field = target as Element as Field;
      // A choice is judged when it is made; passing it by is no fault.
      if (field.type === "radio" || field.type === "checkbox") return;
      if (field.name && field.value?.trim())
        setLeft((before) => (before.has(field.name) ? before : new Set([...before, field.name])));
    },
  };
}
