"use client";

import { useEffect, useRef } from "react";
import { isCommand } from "@/components/shell/keys";

const focusForm = () => {
  const form = document.getElementById("resolve");
  form?.scrollIntoView({ block: "nearest" });
  form?.querySelector<HTMLElement>("input, textarea")?.focus();
};

/** On an item: `r` goes to the resolve form (so does the address's #resolve), `c` claims. */
export function useDetailKeys(claim: (() => void) | null): void {
  const latest = useRef(claim);
  useEffect(() => {
    latest.current = claim;
  });
  useEffect(() => {
    if (window.location.hash === "#resolve") focusForm();
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return;
      if (event.key === "r") focusForm();
      else if (event.key === "c") latest.current?.();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
