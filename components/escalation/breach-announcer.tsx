"use client";

import { useEffect, useRef } from "react";
import { announce } from "@/components/shell/announcer";
import { useTicking } from "@/components/ui/time";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { saySubject } from "@/lib/kernel/words/subjects";
import { pastIds } from "./prepare";

/** Says aloud, once, that an item on the screen has passed its SLA; says nothing of those that had when the page was opened. */
export function BreachAnnouncer({ rows, serverNow }: { rows: readonly EscalationRow[]; serverNow: string }) {
  const past = useTicking((now) => pastIds(rows, now).join(" "), serverNow);
  const before = useRef<{ rows: ReadonlySet<string>; past: ReadonlySet<string> } | null>(null);

  useEffect(() => {
    const ids = past.split(" ").filter(Boolean);
    const known = before.current;
    const subjects = rows
      .filter(({ id }) => ids.includes(id) && known?.rows.has(id) && !known.past.has(id))
      .map(({ subject }) => saySubject(subject));
    before.current = { rows: new Set(rows.map(({ id }) => id)), past: new Set(ids) };
    if (subjects.length) announce(`Past SLA now: ${subjects.join(", ")}`, "red");
  }, [past, rows]);

  return null;
}
