import { unheard, firesAt, settle } from "./clocks";
import { isActive, type Clock, type Escalation } from "./escalation";

/** What is due for an item. `lateMs`: how long after the instant at which it was due this was noticed. */
export type Due =
  /** An SLA clock ran out: a breach; who the clock names are told, and the level rises to the clock's if that is higher. */
  | { do: "miss"; clock: Clock; lateMs: number }
  /** A step of the ladder is due. */
  | { do: "raise"; clock: Clock; lateMs: number }
  /** Its holder went quiet: the claim returns to the queue. */
  | { do: "return-claim"; fromId: string; lateMs: number };

export type Next = {
  /** Now, in the order in which it fell due. */
  due: readonly Due[];
  /** Then: the first instant after `now` at which more will be due; null when nothing will. */
  at: Date | null;
};

type OnClock = Pick<Escalation, "status" | "clocks" | "level" | "claimedById" | "claimQuietAt">;

/**
 * What is due for an item at `now`; the same answer however often it is asked. A closed item asks for nothing, and a ladder step for
 * a level that the item has already is superseded, so nothing stale is ever told. A clock that went backwards only waits.
 */
export function next(item: OnClock, now: Date): Next {
  if (!isActive(item.status)) return { due: [], at: null };
  const due: Due[] = [];
  const later: Date[] = [];
  let level = item.level;
  for (const clock of unheard(item)) {
    const at = firesAt(clock);
    if (clock.kind === "ladder" && clock.level <= level) continue;
    if (at > now) {
      later.push(at);
      continue;
    }
    due.push({ do: clock.kind === "sla" ? "miss" : "raise", clock, lateMs: now.getTime() - clock.dueAt.getTime() });
    level = Math.max(level, clock.level);
  }
  const { claimedById, claimQuietAt } = item;
  if (claimedById && claimQuietAt && claimQuietAt <= now)
    due.push({ do: "return-claim", fromId: claimedById, lateMs: now.getTime() - claimQuietAt.getTime() });
  else if (claimedById && claimQuietAt) later.push(claimQuietAt);
  return {
    due: due.sort((a, b) => dueSince(a, now) - dueSince(b, now)),
    at: later.length ? new Date(Math.min(...later.map((at) => at.getTime()))) : null,
  };
}

const dueSince = ({ lateMs }: Due, now: Date): number => now.getTime() - lateMs;

/** The item once everything that is due at `now` has happened to it, and what that was. Doing it twice changes nothing. */
export function passTime(item: Escalation, now: Date): { item: Escalation; happened: readonly Due[] } {
  const { due } = next(item, now);
  return {
    item: due.length ? settle(due.reduce((changed, step) => happen(changed, step, now), item)) : item,
    happened: due,
  };
}

/** What was signed off was signed off without knowing of this. */
const unsigned = { signedOffById: null, signedOffAt: null, signOffNote: null } as const;

function happen(item: Escalation, step: Due, now: Date): Escalation {
  if (step.do === "return-claim")
    return { ...item, status: "open", claimedById: null, claimedAt: null, claimQuietAt: null };
  const raised = step.clock.level > item.level;
  return {
    ...item,
    clocks: item.clocks.map((clock) => (clock === step.clock ? { ...clock, firedAt: now } : clock)),
    level: raised ? step.clock.level : item.level,
    escalatedAt: raised ? now : item.escalatedAt,
    ...(step.do === "miss" && { breachedAt: item.breachedAt ?? step.clock.dueAt, ...unsigned }),
  };
}
