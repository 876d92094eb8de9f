"use client";

import { useEffect, useRef } from "react";
import { commandOf } from "@/components/shell/keys";
import { awaitForm } from "@/components/shell/type-ahead";
import type { ActView } from "@/lib/kernel/act/view";

/** On an item each act has its letter, where it has one: it presses the button, or goes to the form. */
export function useDetailKeys(acts: readonly ActView[], press: (act: string) => void, go: (act: string) => void): void {
  const latest = useRef({ acts, press, go });
  useEffect(() => {
    latest.current = { acts, press, go };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const key = commandOf(event);
      const act = latest.current.acts.find((one) => one.key !== null && one.key === key);
      if (!act) return;
      event.preventDefault();
      if (act.allowed && act.button) return latest.current.press(act.name);
      awaitForm();
      latest.current.go(act.name);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}
