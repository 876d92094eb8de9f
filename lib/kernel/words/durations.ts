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
