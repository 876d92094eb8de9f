import { describe, expect, test } from "vitest";
import { decideLeaving, windowMs } from "./window";

const t0 = new Date("2026-03-01T10:00:00.000Z");
const after = (seconds: number) => new Date(t0.getTime() + seconds * 1000);
const later = after(1800);
const usual = { name: "usual", urgent: false, dueAt: later };
const other = { name: "other", urgent: false, dueAt: later };
const urgent = { name: "urgent", urgent: true, dueAt: later };
const soon = { name: "soon", urgent: false, dueAt: after(299) };
const past = { name: "past", urgent: false, dueAt: after(-1) };

describe("what waits for one person", () => {
  test.each([
    ["leaves at once when nothing left before", [usual, other], null, 0, ["usual", "other"], [], null, true],
    ["is held back while a window is open", [usual, other], 0, 1, [], ["usual", "other"], 300, false],
    ["is held back to the last moment of it", [usual], 0, 299.999, [], ["usual"], 300, false],
    ["leaves when it ends, and opens the next", [usual, other], 0, 300, ["usual", "other"], [], null, true],
    ["leaves when it ended long ago", [usual], 0, 4000, ["usual"], [], null, true],
    ["and is urgent leaves alone, and opens no other", [usual, urgent], 0, 1, ["urgent"], ["usual"], 300, false],
    ["and is urgent opens none", [urgent], null, 0, ["urgent"], [], null, false],
    [
      "leaves with what is urgent when no window is open",
      [usual, urgent],
      null,
      0,
      ["usual", "urgent"],
      [],
      null,
      true,
    ],
    ["is not held back past its deadline", [usual, soon], 0, 1, ["soon"], ["usual"], 300, false],
    ["is not held back when its deadline has passed", [past], 0, 1, ["past"], [], null, false],
    ["is not held back by a window that a clock set back left behind", [usual], 3600, 0, ["usual"], [], null, true],
    ["may be nothing", [], 0, 1, [], [], null, false],
  ])("%s", (_, waiting, openedAt, now, leaves, held, until, opens) => {
    const decided = decideLeaving(waiting, openedAt === null ? null : after(openedAt), after(now));
    expect(decided.leaves.map(({ name }) => name)).toEqual(leaves);
    expect(decided.held?.all.map(({ name }) => name) ?? []).toEqual(held);
    expect(decided.held?.until ?? null).toEqual(until === null ? null : after(until));
    expect(decided.opens).toBe(opens);
  });

  test("is, of 40 told one a second, one message at once and one for the other 39", () => {
    const messages: number[] = [];
    let openedAt: Date | null = null;
    let waiting: (typeof usual)[] = [];
    for (let second = 0; second <= 400; second++) {
      if (second < 40) waiting.push(usual);
      const { leaves, held, opens }: ReturnType<typeof decideLeaving<typeof usual>> = decideLeaving(
        waiting,
        openedAt,
        after(second),
      );
      if (leaves.length) messages.push(leaves.length);
      if (opens) openedAt = after(second);
      waiting = [...(held?.all ?? [])];
    }
    expect(messages).toEqual([1, 39]);
    expect(windowMs).toBe(300_000);
  });
});
