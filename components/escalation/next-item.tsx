"use client";

import { useCallback, useEffect, useState } from "react";
import { announce } from "@/components/shell/announcer";
import { commandOf } from "@/components/shell/keys";
import { useGo } from "@/components/shell/use-go";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { itemAddress } from "./prepare-address";

/** Goes on to the next item of the view that one came from; `n` does so too. */
export function NextItem({ id, from, look }: { id: string; from: string; look: "plain" | "primary" }) {
  const [pending, setPending] = useState(false);
  const go = useGo();
  const find = useCallback(async () => {
    setPending(true);
    try {
      const parameters = new URLSearchParams(from);
      // The next of the whole view, wherever its list was scrolled to.
      for (const name of ["after", "before", "columns"]) parameters.delete(name);
      parameters.set("from", id);
      const next = await fetchJson<{ id: string | null }>(`/api/escalations/next?${parameters}`);
      if (next.id) go(itemAddress(next.id, from));
      else announce("There is no further item in this view.", "plain");
    } catch (error) {
      announce(error instanceof Error ? error.message : "The next item could not be found.", "red");
    } finally {
      setPending(false);
    }
  }, [id, from, go]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (commandOf(event) !== "n") return;
      event.preventDefault();
      void find();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [find]);

  return (
    <Button look={look} pending={pending} onClick={() => void find()} title="Next item (n)">
      {pending ? "Finding…" : "Next item"}
    </Button>
  );
}
