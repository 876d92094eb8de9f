"use client";

import { useEffect, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Notice, type Tone } from "@/components/ui/notice";
import { commandOf } from "./keys";

/** What can be done about what was said, by a press or by `u`. */
type Offer = { name: string; run: () => void };
type Saying = { text: string; tone: Tone; offer: Offer | null; count: number };

const SHOWN_MS = 8_000;
/** Long enough to see that it was not meant, and to find the way back. */
const OFFERED_MS = 20_000;

let saying: Saying | null = null;
let count = 0;
const listeners = new Set<() => void>();

function set(next: Saying | null): void {
  saying = next;
  for (const listener of listeners) listener();
}

/** Shows a sentence at the foot of the page for a while, and says it aloud when the reader has a moment; with it, what takes it back. */
export function announce(text: string, tone: Tone = "plain", offer: Offer | null = null): void {
  set({ text, tone, offer, count: ++count });
}

/** What was offered is overtaken by what is done now. */
export function withdrawOffer(): void {
  if (saying?.offer) set(null);
}

function take({ run }: Offer): void {
  set(null);
  run();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The one place where `announce` is seen and heard. */
export function Announcer() {
  const now = useSyncExternalStore(
    subscribe,
    () => saying,
    () => null,
  );
  useEffect(() => {
    if (!now) return;
    const { offer } = now;
    const timer = setTimeout(() => set(null), offer ? OFFERED_MS : SHOWN_MS);
    const press = (event: KeyboardEvent) => {
      if (offer && commandOf(event) === "u") take(offer);
    };
    document.addEventListener("keydown", press);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", press);
    };
  }, [now]);
  return (
    <div
      aria-live="polite"
      className="no-print fixed bottom-4 left-1/2 z-20 max-w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2"
    >
      {now && (
        <Notice tone={now.tone} key={now.count} className="shadow-lg">
          {now.text}
          {now.offer && (
            <Button size="tiny" className="ml-3" onClick={() => take(now.offer!)} title={`${now.offer.name} (u)`}>
              {now.offer.name}
            </Button>
          )}
        </Notice>
      )}
    </div>
  );
}
