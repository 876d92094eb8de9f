import { sayDuration } from "./durations";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How far a clock has run: less than half of its time, half of it or more, or over. */
export type ClockStage = "calm" | "half" | "past";

/** So little time left is never calm, however short a clock was. */
const HURRY = 5 * MINUTE;

/** At the due instant itself the clock is not yet missed (as in thegent: now > escalate_by). Milliseconds since the epoch. */
export function clockStage(startedAt: number, dueAt: number, now: number): ClockStage {
  if (now > dueAt) return "past";
  return now - startedAt >= (dueAt - startedAt) / 2 || dueAt - now < HURRY ? "half" : "calm";
}

/** The same of an end, at which it is over and nothing is missed: thegent honours an override while now < expiry. */
export const endStage = (startedAt: number, endsAt: number, now: number): ClockStage =>
  now >= endsAt ? "past" : clockStage(startedAt, endsAt, now);

/** In whole seconds, rounded up, so that "0s" is said only at the instant itself. */
export const sayLeft = (at: number, now: number): string => sayDuration(Math.ceil((at - now) / SECOND) * SECOND);

/** "12m 04s left" or "Past SLA 3h 12m". */
export const sayCountdown = (dueAt: number, now: number): string =>
  now > dueAt ? `Past SLA ${sayDuration(now - dueAt)}` : `${sayLeft(dueAt, now)} left`;

/** How long is left until it is to be decided, or since when it is overdue. Nobody's decision is made by a clock. */
export const sayDeadline = (dueAt: number, now: number): string =>
  now > dueAt ? `Overdue by ${sayDuration(now - dueAt)}` : `${sayLeft(dueAt, now)} left`;

/** How long it still holds. */
export const sayEnd = (endsAt: number, now: number): string =>
  now >= endsAt ? "Has ended" : `Ends in ${sayLeft(endsAt, now)}`;
