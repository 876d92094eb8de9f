"use client";

import { useSyncExternalStore } from "react";
import { Sign } from "@/components/ui/sign";
import { liveState, type LiveState } from "@/lib/queries/live";

export const useLiveState = (): LiveState => useSyncExternalStore(liveState.subscribe, liveState.get, () => "joining");

/** Whether news arrive by themselves. Nothing is said while nothing is wrong and nothing known. */
export function LiveSign() {
  const state = useLiveState();
  return (
    <span role="status" className="text-sm">
      {state === "live" && (
        <Sign tone="muted" icon="wave" title="Changes appear on this page by themselves.">
          <span className="max-sm:sr-only">Live</span>
        </Sign>
      )}
      {state === "broken" && (
        <Sign tone="amber" icon="hourglass" title="The connection to the server is lost. What you see may be old.">
          Reconnecting
        </Sign>
      )}
    </span>
  );
}
