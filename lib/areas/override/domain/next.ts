import { isInForce, type Override } from "./override";

/** What time does to an override. `lateMs`: how long after its instant this was noticed. */
export type OverrideDue =
  /** Nobody decided by the deadline. It stays a request: a timeout is never a person's refusal. */
  | { do: "overdue"; lateMs: number }
  /** It ends soon. */
  | { do: "warn"; lateMs: number }
  | { do: "expire"; lateMs: number };

type OnTime = Pick<
  Override,
  "status" | "decideBy" | "overdueAt" | "decidedAt" | "expiresAt" | "warnedAt" | "warnMinutes"
>;

/** When who asked is to be warned: `warnMinutes` before the end, or at half of a shorter life. Null while it has no end. */
export function warnsAt({
  decidedAt,
  expiresAt,
  warnMinutes,
}: Pick<Override, "decidedAt" | "expiresAt" | "warnMinutes">): Date | null {
  if (!decidedAt || !expiresAt) return null;
  const half = (decidedAt.getTime() + expiresAt.getTime()) / 2;
  return new Date(Math.max(Math.ceil(half), expiresAt.getTime() - warnMinutes * 60_000));
}

/**
 * What is due for an override at `now`, in order; the same answer however often it is asked. At its end it is over: thegent honours an
 * override while now < expiry. One that ended needs no warning any more, and a decided one has no deadline.
 */
export function nextOfOverride(override: OnTime, now: Date): { due: readonly OverrideDue[]; at: Date | null } {
  const { status, decideBy, overdueAt, expiresAt, warnedAt } = override;
  const late = (since: Date) => now.getTime() - since.getTime();
  if (status === "requested") {
    if (overdueAt) return { due: [], at: null };
    return decideBy < now
      ? { due: [{ do: "overdue", lateMs: late(decideBy) }], at: null }
      : { due: [], at: new Date(decideBy.getTime() + 1) };
  }
  if (!isInForce(status) || !expiresAt) return { due: [], at: null };
  if (expiresAt <= now) return { due: [{ do: "expire", lateMs: late(expiresAt) }], at: null };
  const warning = warnedAt ? null : warnsAt(override);
  if (warning && warning <= now) return { due: [{ do: "warn", lateMs: late(warning) }], at: expiresAt };
  return { due: [], at: warning ?? expiresAt };
}

/** With its clock set. What is due already is due now: taken up by thegent late, it is still warned of, and still ends. */
export function settleOverride(override: Override, now: Date): Override {
  const { due, at } = nextOfOverride(override, now);
  return { ...override, nextAt: due.length ? now : at };
}

/** The override once everything due at `now` has happened to it, and what that was. Doing it twice changes nothing. */
export function passTimeOfOverride(
  override: Override,
  now: Date,
): { override: Override; happened: readonly OverrideDue[] } {
  const { due } = nextOfOverride(override, now);
  if (!due.length) return { override, happened: [] };
  const changed = due.reduce((before, step): Override => {
    if (step.do === "overdue") return { ...before, overdueAt: now };
    if (step.do === "warn") return { ...before, warnedAt: now };
    return { ...before, status: "expired", endedAt: before.expiresAt, endReason: null, endedById: null };
  }, override);
  return { override: settleOverride(changed, now), happened: due };
}
