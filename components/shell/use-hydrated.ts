"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/**
 * False on the server and while hydrating, then true. For what only the browser reads: parts of a page hydrate one after the other, and
 * an answer that arrives between two of them must not be drawn over what the server drew without it.
 */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
