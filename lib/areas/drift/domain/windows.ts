const hourMs = 3_600_000;
/** A week is what a team remembers, and evens out its nights. */
const mostDays = 7;

/** The windows that an episode is held between: whole hours. The hour in which it began belongs to what came since. */
export type Windows = { from: Date; at: Date; until: Date };

/** `end`: when it ended, or now. */
export function windowsOf(began: Date, end: Date): Windows {
  const at = Math.floor(began.getTime() / hourMs) * hourMs;
  const most = mostDays * 24 * hourMs;
  const until = Math.min(Math.max(Math.ceil(end.getTime() / hourMs) * hourMs, at + hourMs), at + most);
  return { from: new Date(at - most), at: new Date(at), until: new Date(until) };
}
