"use client";

import { useEffect, useRef } from "react";
import { isCommand } from "@/components/shell/keys";

/** On an item: `c` claims it or keeps the claim, `r` goes to the resolve form and `o` to the one that asks for an override; so do #resolve and #override of the address. */
export function useDetailKeys(claim: (() => void) | null, go: (form: "resolve" | "override") => void): void {
  const latest = useRef({ claim, go });
  useEffect(() => {
    latest.current = { claim, go };
  });
  useEffect(() => {
    const asked = (["resolve", "override"] as const).find((form) => window.location.hash === `#${form}`);
    if (asked) latest.current.go(asked);
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return;
      if (event.key === "r") latest.current.go("resolve");
      else if (event.key === "o") latest.current.go("override");
      else if (event.key === "c") latest.current.claim?.();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
