import { systemClock } from "@/lib/kernel/time";

/**
 * One clock for every countdown on the page, running on the server's time. Each answer brings the server's `now`; it is always a little
 * late by the time it arrives, so of many observations the one that is furthest ahead is nearest to the truth.
 */
const FAR_BEHIND_MS = 5_000;

/** Milliseconds to add to the reader's clock. An observation far behind means that the reader's clock was set, and rules at once. */
export function betterOffset(known: number | null, observed: number): number {
  if (known === null || observed > known || known - observed > FAR_BEHIND_MS) return observed;
  return known;
}

let offset: number | null = null;
/** What was observed before the reader's clock jumped is only good until the next answer. */
let outdated = false;
/** Of the reader's clock, which may be set, over the one that only runs. */
let lead: number | null = null;
const JUMP_MS = 250;
const jumpListeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let shown = 0;
const listeners = new Set<() => void>();

const serverTime = (): number => systemClock().getTime() + (offset ?? 0);

/**
 * Notices that the reader's clock jumped since it was last looked at. Back: it was set, and that is taken out. Forward: it was set, or the
 * machine slept, in which the one that only runs may stand still; nothing may look less late than it is, so that it is followed until the
 * server has said.
 */
function noticeJump(): void {
  const now = systemClock().getTime() - performance.now();
  const jump = lead === null ? 0 : now - lead;
  lead = now;
  if (Math.abs(jump) <= JUMP_MS || offset === null) return;
  if (jump < 0) offset -= jump;
  outdated = true;
  for (const listener of jumpListeners) listener();
}

/** Calls back when the reader's clock jumped: whoever hears it asks the server for the time. */
export function subscribeToJumps(listener: () => void): () => void {
  jumpListeners.add(listener);
  return () => void jumpListeners.delete(listener);
}

/** Takes the server's time from an answer that arrived at `receivedAt` by the reader's clock. */
export function observeServerTime(now: unknown, receivedAt: number): void {
  const at = typeof now === "string" ? Date.parse(now) : NaN;
  if (Number.isNaN(at)) return;
  noticeJump();
  offset = betterOffset(outdated ? null : offset, at - receivedAt);
  outdated = false;
}

/** Takes the server's time from the document itself, if nothing better is known: it was `now` when its first byte arrived. */
export function observeFirstPaint(now: string): void {
  if (offset !== null) return;
  const [document] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  observeServerTime(now, document ? performance.timeOrigin + document.responseStart : systemClock().getTime());
}

const isSeen = (): boolean => typeof document === "undefined" || document.visibilityState === "visible";

function tick(): void {
  clearTimeout(timer);
  noticeJump();
  shown = serverTime();
  for (const listener of listeners) listener();
  // Wake just after the server's next whole second; a page that nobody sees, once it is seen.
  if (isSeen()) timer = setTimeout(tick, 1000 - (shown % 1000) + 5);
}

const turn = (): void => (isSeen() ? tick() : clearTimeout(timer));

/** Calls back once a second for as long as anybody listens and the page is seen; one timer, however many listen. */
export function subscribeToTicks(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    tick();
    globalThis.addEventListener?.("visibilitychange", turn);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    globalThis.removeEventListener?.("visibilitychange", turn);
    shown = 0;
  };
}

/** The server's time at the last tick, in milliseconds. */
export function tickedTime(): number {
  return shown || serverTime();
}
