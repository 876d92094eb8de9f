"use client";

import { usePathname } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { ActKey } from "@/lib/kernel/act/view";
import { announce } from "./announcer";
import { commandOf, isHeldByText, keysOfPages, navigated, places } from "./keys";
import { keepTyped } from "./type-ahead";
import { useGo } from "./use-go";

const CHORD_MS = 1_500;

/** The keys of every page, and the list of all of them; `acts`: those of the acts on an item. */
export function Shortcuts({ acts }: { acts: readonly ActKey[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const go = useGo();
  const path = usePathname();
  const letters = useMemo(() => acts.map(({ letter }) => letter), [acts]);

  useEffect(navigated, [path]);
  useEffect(() => {
    const press = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest("a[href]")) navigated();
    };
    document.addEventListener("click", press, true);
    return () => document.removeEventListener("click", press, true);
  }, []);
  useEffect(() => {
    let chordUntil = 0;
    const press = (event: KeyboardEvent) => {
      if (keepTyped(event)) return;
      const key = commandOf(event);
      if (!key && isHeldByText(event, letters))
        announce("Keys that act are off while a form on this page holds text.", "amber");
      const place = key && event.timeStamp < chordUntil && Object.hasOwn(places, key) ? places[key] : undefined;
      chordUntil = key === "g" ? event.timeStamp + CHORD_MS : 0;
      if (place) go(place.href);
      else if (key === "?") dialog.current?.showModal();
      else return;
      event.preventDefault();
    };
    // Before the page's own keys hear of it: the second letter of a chord may be one of theirs.
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, [go, letters]);

  return (
    <>
      <Button
        look="quiet"
        size="small"
        className="max-md:hidden"
        onClick={() => dialog.current?.showModal()}
        title="Keyboard shortcuts (?)"
      >
        <kbd aria-hidden="true">?</kbd>
        <span className="sr-only">Keyboard shortcuts</span>
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby="shortcuts-title"
        className="w-96 max-w-[calc(100vw-2rem)] rounded border border-line bg-raised p-4 text-ink"
      >
        <h2 id="shortcuts-title" className="mb-2 font-semibold">
          Keyboard shortcuts
        </h2>
        <dl className="grid grid-cols-[5rem_1fr] gap-y-1.5">
          {keysOfPages.map(([key, , says]) => (
            <Key key={key} keys={[key]} says={says} />
          ))}
          {acts.map(({ act, letter, says }) => (
            <Key key={act} keys={[letter]} says={says} />
          ))}
          {Object.entries(places).map(([key, { name }]) => (
            <Key key={key} keys={["g", key]} says={name} />
          ))}
          <Key keys={["?"]} says="Show this list" />
        </dl>
        <form method="dialog" className="mt-3">
          <Button type="submit">Close</Button>
        </form>
      </dialog>
    </>
  );
}

function Key({ keys, says }: { keys: readonly string[]; says: string }) {
  return (
    <>
      <dt className="flex gap-1">
        {keys.map((key) => (
          <kbd key={key} className="rounded border border-edge px-1.5 font-mono text-xs">
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{says}</dd>
    </>
  );
}
