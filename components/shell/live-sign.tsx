"use client";

import { useSyncExternalStore } from "react";
import { Sign } from "@/components/ui/sign";
import { liveState, type LiveState } from "@/lib/kernel/query/live";
import { useOtherPerson } from "./use-other-person";

export const useLiveState = (): LiveState => useSyncExternalStore(liveState.subscribe, liveState.get, () => "joining");

/** Whether news arrive by themselves. Nothing is said while nothing is wrong and nothing known. */
export function LiveSign() {
  const state = useLiveState();
  const paused = useOtherPerson() !== undefined;
  return (
    <span role="status" className="text-sm">
      {state === "live" && !paused && (
        <Sign tone="muted" icon="wave" title="Changes appear on this page by themselves.">
          <span className="max-sm:sr-only">Live</span>
        </Sign>
      )}
      {(state === "broken" || paused) && (
        <Sign
          tone="amber"
          icon="hourglass"
          title={
            paused
              ? "Live updates are paused: this page belongs to somebody who is not signed in now. What you see may be old."
              : "The connection to the server is lost. What you see may be old."
          }
        >
          <span className="max-sm:sr-only">{paused ? "Not live" : "Reconnecting"}</span>
        </Sign>
      )}
    </span>
  );
}
