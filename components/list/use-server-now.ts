"use client";

import { useEffect, useState } from "react";
import { observeFirstPaint } from "@/lib/kernel/query/server-clock";

/**
 * The instant that a page's first paint is drawn from, on the server and while hydrating; later ones come with the clock. `now`: of the first
 * answer, undefined while there is none.
 */
export function useServerNow(now: string | undefined): string {
  const [firstNow] = useState(now ?? "");
  useEffect(() => {
    if (firstNow) observeFirstPaint(firstNow);
  }, [firstNow]);
  return firstNow || (now ?? "");
}
