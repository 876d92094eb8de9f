import { clockStage, sayDuration, type ClockStage } from "@/lib/kernel/words/durations";

const SECOND = 1000;

/** How long is left until it is to be decided, or since when it is overdue. Nobody's decision is made by a clock. */
export const sayDeadline = (due: number, now: number): string =>
  now > due ? `Overdue by ${sayDuration(now - due)}` : `${sayLeft(due, now)} left`;

/** How long it still holds. At its end it is over: thegent honours an override while now < expiry. */
export const sayEnd = (end: number, now: number): string => (now >= end ? "Has ended" : `Ends in ${sayLeft(end, now)}`);

/** In whole seconds, rounded up. */
export const sayLeft = (at: number, now: number): string => sayDuration(Math.ceil((at - now) / SECOND) * SECOND);

/** As clockStage, of an end: nothing is missed when it comes. */
export const endStage = (start: number, end: number, now: number): ClockStage =>
  now >= end ? "past" : clockStage(start, end, now);
