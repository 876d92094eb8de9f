"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useTransition } from "react";
import { navigated, navigating } from "./keys";

/** Goes to another page of the cockpit; until it is there, no key acts on this one. */
export function useGo(): (href: string) => void {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  useEffect(() => (pending ? navigating() : undefined), [pending]);
  return useCallback(
    (href) => {
      navigated();
      startTransition(() => router.push(href));
    },
    [router],
  );
}
