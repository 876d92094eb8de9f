"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "@/components/shell/keys";
import { awaitForm } from "@/components/shell/type-ahead";
import type { FormName } from "./prepare-acts";

/** On an item: `c` claims it or keeps the claim, `r` goes to the resolve form and `o` to the one that asks for an override. */
export function useDetailKeys(claim: (() => void) | null, go: (form: FormName) => void): void {
  const latest = useRef({ claim, go });
  useEffect(() => {
    latest.current = { claim, go };
  });
  useEffect(() => {
    const open = (form: FormName) => {
      awaitForm();
      latest.current.go(form);
    };
    const press = (event: KeyboardEvent) => {
      const key = commandOf(event);
      if (key === "r") open("resolve");
      else if (key === "o") open("override");
      else if (key === "c") latest.current.claim?.();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
