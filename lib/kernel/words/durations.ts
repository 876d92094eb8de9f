const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const padded = (value: number): string => String(value).padStart(2, "0");

/** "4s", "12m 04s", "3h 12m", "2d 04h": at most two units, the smaller one padded so that a ticking text keeps its width. Never negative. */
export function sayDuration(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  const part = (unit: number, of: number) => Math.floor((span % of) / unit);
  if (span < MINUTE) return `${Math.floor(span / SECOND)}s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m ${padded(part(SECOND, MINUTE))}s`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h ${padded(part(MINUTE, HOUR))}m`;
  return `${Math.floor(span / DAY)}d ${padded(part(HOUR, DAY))}h`;
}

/** A length that was set, in the largest unit it is a whole number of: "30 min", "4 h", "14 days". */
export function sayMinutes(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return `${minutes / 1440} days`;
  return minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** How far a clock has run: less than half of its time, half of it or more, or missed. */
export type ClockStage = "calm" | "half" | "past";

/** At the due instant itself the clock is not yet missed (as in thegent: now > escalate_by). Milliseconds since the epoch. */
export function clockStage(startedAt: number, dueAt: number, now: number): ClockStage {
  if (now > dueAt) return "past";
  return now - startedAt >= (dueAt - startedAt) / 2 ? "half" : "calm";
}

/** "12m 04s left" or "Past SLA 3h 12m". What is left is rounded up, so "0s left" is said only at the due instant itself. */
export function sayCountdown(dueAt: number, now: number): string {
  return now > dueAt
    ? `Past SLA ${sayDuration(now - dueAt)}`
    : `${sayDuration(Math.ceil((dueAt - now) / SECOND) * SECOND)} left`;
}
