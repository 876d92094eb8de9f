"use client";

import { useSyncExternalStore } from "react";
import { subscribeToTicks, tickedTime } from "@/lib/kernel/query/server-clock";
import { sayAgo, sayAsOf, sayExact } from "@/lib/kernel/words/instants";

/**
 * A value that follows the clock, as a primitive: the component draws again when the value changes, not every second. On the server and
 * while hydrating it is computed from `serverNow`, the instant the data was read, so that both draw the same.
 */
export function useTicking<T extends string | number | boolean>(read: (now: number) => T, serverNow: string): T {
  return useSyncExternalStore(
    subscribeToTicks,
    () => read(tickedTime()),
    () => read(Date.parse(serverNow)),
  );
}

/** Words that follow the clock; only they are drawn again, not what they stand in. */
export function Ticking({ says, serverNow }: { says: (now: number) => string; serverNow: string }) {
  return useTicking(says, serverNow);
}

const never = () => () => undefined;
let ownZone: string | undefined;

/** The reader's time zone; "UTC" on the server and until the page is hydrated. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => (ownZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"),
    () => "UTC",
  );
}

/** "3h 12m ago", the exact instant on hover. */
export function Ago({ at, serverNow }: { at: string; serverNow: string }) {
  const zone = useTimeZone();
  return (
    <time dateTime={at} title={sayExact(at, zone)}>
      <Ticking says={(now) => sayAgo(at, now)} serverNow={serverNow} />
    </time>
  );
}

/** The exact instant in the reader's zone. */
export function Exact({ at }: { at: string }) {
  const zone = useTimeZone();
  return <time dateTime={at}>{sayExact(at, zone)}</time>;
}

/** The time of day, and the date too when it was not today. */
export function AsOf({ at, serverNow }: { at: string; serverNow: string }) {
  const zone = useTimeZone();
  return (
    <time dateTime={at} title={sayExact(at, zone)}>
      {sayAsOf(at, Date.parse(serverNow), zone)}
    </time>
  );
}
