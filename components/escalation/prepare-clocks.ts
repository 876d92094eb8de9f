import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import type { ClockView, EscalationDetail } from "@/lib/areas/escalation/contract";
import { isLate } from "@/lib/areas/escalation/domain/escalation";
import type { Instant } from "@/lib/kernel/contract";
import { sayDuration } from "@/lib/kernel/words/durations";

/** How a clock stands. `at`: the instant that its words name, if they name one. */
export type ClockStanding =
  { kind: "runs" } | { kind: "stands"; tone: SignTone; icon: IconName; says: string; at: Instant | null };

/** "Root cause by", "Resolve by" */
export const nameOfClock = ({ name }: Pick<ClockView, "name">): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)} by`;

/** An SLA clock runs, or was met, or was missed by so much. At the due instant itself it is met. */
export function standingOfSla({ dueAt, stoppedAt }: Pick<ClockView, "dueAt" | "stoppedAt">): ClockStanding {
  if (stoppedAt === null) return { kind: "runs" };
  const lateMs = Date.parse(stoppedAt) - Date.parse(dueAt);
  if (lateMs <= 0) return { kind: "stands", tone: "green", icon: "check", says: "Met at", at: stoppedAt };
  return {
    kind: "stands",
    tone: "red",
    icon: "alert",
    says: `Missed by ${sayDuration(lateMs)}, ended at`,
    at: stoppedAt,
  };
}

/** A step of the ladder is ahead, was taken, or is not needed: the item was closed, or had that level already. */
export function standingOfStep(
  step: Pick<ClockView, "level" | "stoppedAt" | "firedAt">,
  { level }: Pick<EscalationDetail, "level">,
): ClockStanding {
  if (step.firedAt !== null) return { kind: "stands", tone: "ink", icon: "alert", says: "Done at", at: step.firedAt };
  if (step.stoppedAt !== null)
    return { kind: "stands", tone: "muted", icon: "check", says: "Not needed any more", at: null };
  if (step.level <= level)
    return { kind: "stands", tone: "muted", icon: "check", says: `Not needed: at level ${level} already`, at: null };
  return { kind: "runs" };
}

/** The SLA clocks, and the steps of the ladder, each in the path's order. */
export const bySort = (clocks: readonly ClockView[]) => ({
  slas: clocks.filter(({ kind }) => kind === "sla"),
  steps: clocks.filter(({ kind }) => kind === "ladder"),
});

/** Whether closing it at `now` is late, by the rule that will say so. */
export const isLateAt = ({ breachedAt, dueAt }: Pick<EscalationDetail, "breachedAt" | "dueAt">, now: number): boolean =>
  isLate({ breachedAt: breachedAt === null ? null : new Date(breachedAt), dueAt: new Date(dueAt) }, new Date(now));
