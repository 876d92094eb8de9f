import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endInSameForm } from "./same-form-time";
import { formatPythonUtc, parsePythonTime } from "./time";

const end = new Date("2026-03-01T10:11:12.500Z");

describe("an earlier time in the same form", () => {
  it.each([
    ["2026-03-02T09:00:00+00:00", "2026-03-01T10:11:12+00:00"],
    ["2026-03-02T09:00:00.250000+00:00", "2026-03-01T10:11:12.250000+00:00"],
    ["2026-03-02T09:00:00.500001+00:00", "2026-03-01T10:11:11.500001+00:00"],
    ["2026-03-02T09:00:00.500000+00:00", "2026-03-01T10:11:12.500000+00:00"],
    ["2026-03-02T09:00:00Z", "2026-03-01T10:11:12Z"],
    ["2026-03-02 09:00:00,5+0530", "2026-03-01 15:41:12,5+0530"],
    ["2026-03-02😀09:00:00.1234567-11:00", "2026-02-28😀23:11:12.1234567-11:00"],
    ["2026-03-02T09:00:00+00:00:30.5", "2026-03-01T10:11:43+00:00:30.5"],
    ["9999-12-31T23:59:59.999999-23:59", "2026-02-28T10:12:11.999999-23:59"],
  ])("%s becomes %s", (text, expected) => expect(endInSameForm(text, end)).toBe(expected));

  it.each([
    ["20260302T090000Z", "19920302T090000Z"],
    ["2028-02-29T09Z", "1992-02-29T09Z"],
    ["2026-W53-7T00:00:00+00:00", "1992-W53-7T00:00:00+00:00"],
    ["2026W07T00Z", "1992W07T00Z"],
  ])("%s, of a rarer form, becomes %s", (text, expected) => {
    expect(endInSameForm(text, end)).toBe(expected);
    expect(parsePythonTime(expected)).toMatchObject({ aware: true });
  });

  const number = (below: number, digits = 2) => fc.nat(below - 1).map((value) => String(value).padStart(digits, "0"));
  const date = fc.oneof(
    fc.tuple(number(10_000, 4), number(14), number(33)).map(([year, month, day]) => `${year}-${month}-${day}`),
    fc.tuple(number(10_000, 4), number(14), number(33)).map(([year, month, day]) => `${year}${month}${day}`),
    fc
      .tuple(number(10_000, 4), number(54), fc.constantFrom("", "-1", "-7", "1", "7"))
      .map(([year, week, day]) => `${year}-W${week}${day}`),
    fc
      .tuple(number(10_000, 4), number(54), fc.constantFrom("", "1", "7"))
      .map(([year, week, day]) => `${year}W${week}${day}`),
  );
  const clock = fc.oneof(
    fc.tuple(number(24), number(60), number(60)).map((parts) => parts.join(":")),
    fc.tuple(number(24), number(60), number(60)).map((parts) => parts.join("")),
    fc.tuple(number(24), number(60)).map((parts) => parts.join(":")),
    number(24),
  );
  const fraction = fc.constantFrom("", ".0", ".5", ",25", ".123456", ".000000", ".1234567890");
  const zone = fc.oneof(
    fc.constantFrom("Z", "+00:00", "-23:59", "+2359", "+05:30:15.25", "+00.7"),
    number(24).map((hours) => `-${hours}`),
  );
  const text = fc
    .tuple(date, fc.constantFrom("T", " ", "é", "7", "😀", "\u2028"), clock, fraction, zone)
    .map((parts) => parts.join(""));
  const instant = fc.date({
    min: new Date("2000-01-01T00:00:00Z"),
    max: new Date("2199-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });

  it("is an aware time at or before the end, of which only digits differ, whatever aware time it was", () => {
    fc.assert(
      fc.property(text, instant, (old, at) => {
        fc.pre(parsePythonTime(old)?.aware ?? false);
        const next = endInSameForm(old, at);
        expect(next.replace(/\d/g, "0")).toBe(old.replace(/\d/g, "0"));
        const time = parsePythonTime(next);
        expect(time?.aware).toBe(true);
        expect(time!.micros).toBeLessThanOrEqual(at.getTime() * 1000);
      }),
      { numRuns: 5000 },
    );
  });

  it("lies less than a second before the end in thegent's own forms, which Python would have written so", () => {
    fc.assert(
      fc.property(instant, instant, (old, at) => {
        const next = endInSameForm(formatPythonUtc(old), at);
        expect(parsePythonTime(next)!.micros).toBeGreaterThan((at.getTime() - 1000) * 1000);
        expect(next).toBe(formatPythonUtc(new Date(parsePythonTime(next)!.micros / 1000)));
      }),
      { numRuns: 2000 },
    );
  });
});
