"use client";

import { useEffect, useSyncExternalStore } from "react";
import { Notice, type Tone } from "@/components/ui/notice";

type Saying = { text: string; tone: Tone; count: number };

const SHOWN_MS = 8_000;

let saying: Saying | null = null;
let count = 0;
const listeners = new Set<() => void>();

function set(next: Saying | null): void {
  saying = next;
  for (const listener of listeners) listener();
}

/** Shows a sentence at the foot of the page for a while, and says it aloud when the reader has a moment. */
export function announce(text: string, tone: Tone = "plain"): void {
  set({ text, tone, count: ++count });
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
    const timer = setTimeout(() => set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <div aria-live="polite" className="no-print fixed bottom-4 left-1/2 z-20 max-w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2">
      {now && <Notice tone={now.tone} key={now.count} className="shadow-lg">{now.text}</Notice>}
    </div>
  );
}
