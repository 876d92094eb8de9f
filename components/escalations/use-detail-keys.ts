"use client";

import { useEffect, useRef } from "react";
import { isCommand } from "@/components/shell/keys";

/** On an item: `c` claims it or keeps the claim, `r` goes to the resolve form, and so does the address's #resolve. */
export function useDetailKeys(claim: (() => void) | null, resolve: (() => void) | null): void {
  const latest = useRef({ claim, resolve });
  useEffect(() => {
    latest.current = { claim, resolve };
  });
  useEffect(() => {
    if (window.location.hash === "#resolve") latest.current.resolve?.();
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return;
      if (event.key === "r") latest.current.resolve?.();
      else if (event.key === "c") latest.current.claim?.();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
