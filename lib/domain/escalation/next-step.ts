import { paths } from "../operating-model/paths";
import type { Role } from "../operating-model/roles";
import { isActive, isPastSla, type Escalation } from "./escalation";

/** What an item's clocks ask for. */
export type NextStep =
  /** Now. `lateMs`: how long after the due instant this was noticed. */
  | { do: "escalate"; clock: string; level: number; to: readonly Role[]; lateMs: number }
  /** Later: the first instant at which it is due. */
  | { do: "wait"; clock: string; level: number; to: readonly Role[]; until: Date }
  | { do: "nothing" };

type OnClock = Pick<Escalation, "path" | "status" | "dueAt" | "level">;

/**
 * What is due for an item at `now`, by the clocks of its path; the same answer however often it is asked. A closed item asks for
 * nothing, so nothing stale is ever raised; a clock that went backwards only waits. The due instant itself is not yet past.
 */
export function nextStep({ path, status, dueAt, level }: OnClock, now: Date): NextStep {
  const clock = paths[path].clocks[0];
  if (!isActive(status) || level > 0 || !clock) return { do: "nothing" };
  const missed = { clock: clock.name, level: 1, to: clock.missedTo };
  if (!isPastSla(dueAt, now)) return { do: "wait", ...missed, until: new Date(dueAt.getTime() + 1) };
  return { do: "escalate", ...missed, lateMs: now.getTime() - dueAt.getTime() };
}
