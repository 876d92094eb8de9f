"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { announce } from "@/components/shell/announcer";
import { isCommand } from "@/components/shell/keys";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/lib/queries/fetch-json";
import { itemAddress } from "./prepare-address";

/** Goes on to the next item of the view that one came from; `n` does so too. */
export function NextItem({ id, from, look }: { id: string; from: string; look: "plain" | "primary" }) {
  const [pending, setPending] = useState(false);
  const router = useRouter();
  const go = useCallback(async () => {
    setPending(true);
    try {
      const parameters = new URLSearchParams(from);
      // The next of the whole view, wherever its list was scrolled to.
      for (const name of ["after", "before", "columns"]) parameters.delete(name);
      parameters.set("from", id);
      const next = await fetchJson<{ id: string | null }>(`/api/escalations/next?${parameters}`);
      if (next.id) router.push(itemAddress(next.id, from));
      else announce("There is no further item in this view.", "plain");
    } catch (error) {
      announce(error instanceof Error ? error.message : "The next item could not be found.", "red");
    } finally {
      setPending(false);
    }
  }, [id, from, router]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "n" || !isCommand(event)) return;
      event.preventDefault();
      void go();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [go]);

  return (
    <Button look={look} pending={pending} onClick={() => void go()} title="Next item (n)">
      {pending ? "Finding…" : "Next item"}
    </Button>
  );
}
