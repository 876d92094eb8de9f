"use client";

import { createContext, useContext, useEffect, useRef, useState, type RefObject } from "react";
import { expectNoForm, formIsThere } from "@/components/shell/type-ahead";

/** How often a form was asked for by key or address; 0 when it was opened by its tab, which keeps the focus. */
export const AskedForm = createContext(0);

/** The form that is asked for takes the focus to its first field, however late its script comes. */
export function useFocusWhenAsked(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  const asked = useContext(AskedForm);
  useEffect(() => {
    if (!asked || !form.current) return;
    form.current.scrollIntoView({ block: "nearest" });
    formIsThere(form.current);
  }, [asked]);
  return form;
}

/**
 * Which of the forms `names` is open, chosen by its tab, by a key, or by the page's address behind `#`. Asking for one that this person is
 * not offered opens nothing, and answers false.
 */
export function useOpenForm<Name extends string>(names: readonly Name[], first: Name | null) {
  const [{ chosen, asked }, setState] = useState<{ chosen: Name | null; asked: number }>({ chosen: first, asked: 0 });
  const open = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? null);
  const ask = (name: Name): boolean => {
    const offered = names.includes(name);
    if (offered) setState((before) => ({ chosen: name, asked: before.asked + 1 }));
    else expectNoForm();
    return offered;
  };
  return { open, asked, ask, choose: (name: Name) => setState({ chosen: name, asked: 0 }) };
}

/** Calls back once, with what the page's address asks for behind `#`, if anything. */
export function useAddressedForm(ask: (name: string) => void): void {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const name = window.location.hash.slice(1);
    if (name) latest.current(name);
  }, []);
}
