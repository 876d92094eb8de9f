import { expect, it } from "vitest";
import { readingHealth, readingLateAfterMs } from "./reading";

const now = new Date("2026-03-01T10:00:00.000Z");
const ago = (ms: number) => new Date(now.getTime() - ms);

it.each<[string, Date | null, "ok" | "late"]>([
  ["got through the queue this moment", now, "ok"],
  ["got through it half a minute ago", ago(readingLateAfterMs), "ok"],
  ["got through it a moment longer ago", ago(readingLateAfterMs + 1), "late"],
  ["never got through it", null, "late"],
  ["got through it a moment ahead, by another machine's clock", ago(-5000), "ok"],
])("a reader that %s is %s", (_, lastReadAt, health) => {
  expect(readingHealth(lastReadAt, now)).toBe(health);
});
