import type { Activity } from "@/lib/model/matrix";
import { paths, type EscalationPath, type PathClock, type StoppedBy } from "@/lib/model/paths";
import { severityTable, type Raise, type Severity } from "@/lib/model/severities";
import { isActive, type Clock, type Escalation } from "./escalation";

/** The settings that an item is opened under, and keeps. */
export type OpeningSettings = { slaMinutes: number; breachAlert: boolean };

type Opening = {
  path: EscalationPath;
  severity: Severity | null;
  startedAt: Date;
  settings: OpeningSettings;
  /** An instant that rules over the first clock's minutes: a thegent record's own escalate_by_utc. */
  dueAt?: Date;
};

/** Paths whose clocks run by severity; an item of them without one is treated as P1, so that nothing grave runs slowly. */
export const severityOf = (path: EscalationPath, severity: Severity | null): Severity | null =>
  path === "incident" || path === "integrity" ? (severity ?? "P1") : null;

const later = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000);

/** The clocks that an item of a path opens with, in the path's order; the ladder after the SLA clocks. */
export function startClocks({ path, severity: given, startedAt, settings, dueAt }: Opening): Clock[] {
  const { clocks, activity, ladderBySeverity } = paths[path];
  const severity = severityOf(path, given);
  const row = severity ? severityTable[severity] : null;
  const common = { activity, alert: settings.breachAlert, startedAt, stoppedAt: null, firedAt: null };
  const slas = clocks.map((clock, index): Clock => {
    const due = index === 0 && dueAt ? dueAt : later(startedAt, minutesOf(clock, severity, settings));
    return {
      ...common,
      ...missedOf(clock, severity),
      name: clock.name,
      kind: "sla",
      stoppedBy: clock.stoppedBy,
      dueAt: due,
    };
  });
  const ladder = (ladderBySeverity ? (row?.ladder ?? []) : []).map(({ name, afterMinutes, level, to }): Clock => ({
    ...common,
    name,
    level,
    to,
    kind: "ladder",
    stoppedBy: "close",
    dueAt: later(startedAt, afterMinutes),
  }));
  return [...slas, ...ladder];
}

function minutesOf({ minutes }: PathClock, severity: Severity | null, { slaMinutes }: OpeningSettings): number {
  if (typeof minutes === "number") return minutes;
  if (minutes === "escalation_sla_minutes") return slaMinutes;
  const row = severityTable[severity ?? "P1"];
  return minutes === "first response" ? row.firstResponseMinutes : row.resolutionMinutes;
}

function missedOf({ missed }: PathClock, severity: Severity | null): Raise {
  const row = severityTable[severity ?? "P1"];
  if (missed === "response by severity") return row.responseMissed;
  return missed === "resolution by severity" ? row.resolutionMissed : missed;
}

/** Whom an item reaches at T0, beyond those its path's activity tells, and as which level; null: nobody. */
export function atOnce(path: EscalationPath, severity: Severity | null): (Raise & { activity: Activity }) | null {
  const rule = paths[path];
  const raise = rule.atOnce ?? (rule.ladderBySeverity ? severityTable[severityOf(path, severity)!].atOnce : null);
  return raise && { ...raise, activity: rule.activity };
}

const isRunning = (clock: Clock): boolean => clock.stoppedAt === null;

/** The clocks after something happened that stops some of them. */
export const stopClocks = (clocks: readonly Clock[], by: StoppedBy, at: Date): Clock[] =>
  clocks.map((clock) =>
    isRunning(clock) && (by === "close" || clock.stoppedBy === by) ? { ...clock, stoppedAt: at } : clock,
  );

/** Whether time still has to hear this clock. A ladder step is superseded once the level is there already. */
const isUnheard = (clock: Clock, level: number): boolean =>
  isRunning(clock) && clock.firedAt === null && (clock.kind === "sla" || clock.level > level);

/** The first instant past which a clock has run out: the due instant itself is not yet past. */
export const firesAt = (clock: Clock): Date => new Date(clock.dueAt.getTime() + 1);

/** Clocks that time still has to hear, by due instant; those due together in the path's order. */
export const unheard = ({ clocks, level }: Pick<Escalation, "clocks" | "level">): Clock[] =>
  clocks.filter((clock) => isUnheard(clock, level)).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());

/** What an item's own columns say of its clocks; call it after every change of them, of the claim or of the status. */
export function settle(item: Escalation): Escalation {
  const running = item.clocks.filter((clock) => clock.kind === "sla" && isRunning(clock));
  // Closed, it keeps what it was due by.
  const due = running.length
    ? running.reduce((first, clock) => (clock.dueAt < first.dueAt ? clock : first))
    : { dueAt: item.dueAt, name: item.dueClock };
  const instants = isActive(item.status)
    ? [...unheard(item).slice(0, 1).map(firesAt), ...(item.claimQuietAt ? [item.claimQuietAt] : [])]
    : [];
  return {
    ...item,
    dueAt: due.dueAt,
    dueClock: due.name,
    nextAt: instants.length ? new Date(Math.min(...instants.map((at) => at.getTime()))) : null,
  };
}
