import { describe, expect, test } from "vitest";
import { isLateAt, nameOfClock, standingOfSla, standingOfStep } from "./prepare-clocks";

const due = "2026-02-10T09:30:00.000Z";
const early = "2026-02-10T09:12:00.000Z";
const lateBy = "2026-02-10T09:42:04.000Z";

test("a clock is named by what it waits for", () => expect(nameOfClock({ name: "root cause" })).toBe("Root cause by"));

describe("an SLA clock", () => {
  test.each([
    ["runs", null, { kind: "runs" }],
    ["was met", early, { kind: "stands", tone: "green", icon: "check", says: "Met at", at: early }],
    [
      "was met at the due instant itself",
      due,
      { kind: "stands", tone: "green", icon: "check", says: "Met at", at: due },
    ],
    [
      "was missed",
      lateBy,
      { kind: "stands", tone: "red", icon: "alert", says: "Missed by 12m 04s, ended at", at: lateBy },
    ],
  ] as const)("%s", (_, stoppedAt, standing) => expect(standingOfSla({ dueAt: due, stoppedAt })).toEqual(standing));
});

describe("a step of the ladder", () => {
  test.each([
    ["is ahead", { level: 2, stoppedAt: null, firedAt: null }, 1, "runs"],
    ["was taken", { level: 2, stoppedAt: null, firedAt: due }, 2, "Done at"],
    ["was taken before the item was closed", { level: 2, stoppedAt: lateBy, firedAt: due }, 2, "Done at"],
    ["is not needed once the item is closed", { level: 2, stoppedAt: early, firedAt: null }, 0, "Not needed any more"],
    [
      "is not needed where the level is there already",
      { level: 1, stoppedAt: null, firedAt: null },
      2,
      "Not needed: at level 2 already",
    ],
  ] as const)("%s", (_, step, level, says) => {
    const standing = standingOfStep(step, { level });
    expect(standing.kind === "runs" ? "runs" : standing.says).toBe(says);
  });
});

test("closing is late past the due instant, and after any miss", () => {
  expect(isLateAt({ breachedAt: null, dueAt: due }, Date.parse(due))).toBe(false);
  expect(isLateAt({ breachedAt: null, dueAt: due }, Date.parse(due) + 1)).toBe(true);
  expect(isLateAt({ breachedAt: early, dueAt: lateBy }, Date.parse(due))).toBe(true);
});
