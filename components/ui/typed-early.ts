"use client";

import { useLayoutEffect, type RefObject } from "react";

/**
 * What was typed and chosen in a form before the page's script ran is done once more, so that the form knows of it. Otherwise the fields show
 * it until the form is next drawn, and then it is gone.
 */
export function useTypedEarly(form: RefObject<HTMLFormElement | null>): void {
  // Before anything is drawn again: that would put the empty text back.
  useLayoutEffect(() => {
    if (form.current) void inTurn([...form.current.elements].map(typedIn).filter((again) => again !== null));
  }, [form]);
}

/** What repeats a person's typing or choice in a field, null when it is as it was drawn. */
function typedIn(field: Element): (() => void) | null {
  if (field instanceof HTMLSelectElement) return chosenIn(field);
  if (field instanceof HTMLTextAreaElement)
    return field.value === field.defaultValue ? null : typeAgain(field, field.value);
  if (!(field instanceof HTMLInputElement)) return null;
  if (field.type !== "checkbox" && field.type !== "radio")
    return field.value === field.defaultValue ? null : typeAgain(field, field.value);
  if (field.checked === field.defaultChecked || (field.type === "radio" && !field.checked)) return null;
  return () => {
    field.checked = field.defaultChecked;
    field.click();
  };
}

function chosenIn(select: HTMLSelectElement): (() => void) | null {
  const { value } = select;
  if ([...select.options].every((option) => option.selected === option.defaultSelected)) return null;
  return () => {
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
}

/** React hears of a text only when it differs from the last it set: the text is taken away by the way it watches, and put back past it. */
function typeAgain(field: HTMLInputElement | HTMLTextAreaElement, text: string): () => void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  return () => {
    // Whoever has gone on typing since was heard.
    if (field.value !== text && field.value !== field.defaultValue) return;
    field.value = field.defaultValue;
    Object.getOwnPropertyDescriptor(prototype, "value")!.set!.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
}

/** One after another: a form takes a change as one of what it was when last drawn. */
async function inTurn(changes: readonly (() => void)[]): Promise<void> {
  for (const change of changes) {
    await new Promise((drawn) => setTimeout(drawn));
    change();
  }
}
