/** The queue is looked at several times a second, also during a long import: after this long without a look that got through it, nobody reads. */
export const readingLateAfterMs = 30_000;

/** Whether thegent's queue is being read; `lastReadAt`: when it was last got through without an error. A source never read is late. */
export function readingHealth(lastReadAt: Date | null, now: Date): "ok" | "late" {
  return lastReadAt !== null && now.getTime() - lastReadAt.getTime() <= readingLateAfterMs ? "ok" : "late";
}
