import { lastOf, type DriftWindow } from "./drift-window";
import type { Finding } from "./episodes";

/**
 * The line with which what is found began: the one that brought drift over its budget, and of what got worse the first of the window that shows
 * it. Null: there is none.
 */
export function beganWith(
  findings: readonly Pick<Finding, "what">[],
  { overSince, recent, rule }: DriftWindow,
): number | null {
  const lines = findings.flatMap(({ what }) => {
    if (what === "structural" || what === "semantic") return overSince[what] ?? [];
    return lastOf(recent, rule.window)[0]?.line ?? [];
  });
  return lines.length ? Math.min(...lines) : null;
}
