/**
 * A storm is not a mail a notice: the first one leaves at once and opens a window, for one person through one channel; what is told while
 * it is open leaves as one message when it ends. What cannot wait is never held back and opens no window.
 */
export const windowMs = 5 * 60_000;

/** What waits for one person. */
export type Waiting = { urgent: boolean; dueAt: Date };

export type Leaving<W> = {
  leaves: readonly W[];
  /** What is held back until `until`; null: nothing is. */
  held: { all: readonly W[]; until: Date } | null;
  /** Whether a window opens with it. */
  opens: boolean;
};

/**
 * Which of what waits for one person leaves now as one message. `openedAt`: when their last window opened; null: never. What is due before
 * the window ends is not held back either.
 */
export function decideLeaving<W extends Waiting>(waiting: readonly W[], openedAt: Date | null, now: Date): Leaving<W> {
  const until = new Date((openedAt ?? now).getTime() + windowMs);
  const cannotWait = ({ urgent, dueAt }: W) => urgent || dueAt <= until;
  // A clock that was set back leaves windows of the future behind; they hold nobody back.
  const isOpen = openedAt !== null && openedAt <= now && now < until;
  if (!isOpen) return { leaves: waiting, held: null, opens: waiting.some((one) => !one.urgent) };
  const all = waiting.filter((one) => !cannotWait(one));
  return { leaves: waiting.filter(cannotWait), held: all.length ? { all, until } : null, opens: false };
}
