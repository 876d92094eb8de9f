import { describe, expect, test } from "vitest";
import type { QueueStanding } from "@/lib/areas/escalation/contract";
import { row } from "./fixtures";
import { draftProblems, pastIds, prepareStanding, sayHeld, sayHolder, sayOutcome, type Draft } from "./prepare";

const me = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const other = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Jon Berg" };
const asOf = "2026-02-10T10:42:07.000Z";
const soon = Date.parse(asOf) + 5_000;

describe("all clear is a claim", () => {
  const clear: QueueStanding = { kind: "reconciled", asOf, line: 34, waiting: 0 };
  const say = (standing: QueueStanding, active: number, pastSla: number, now = soon, connected = true) =>
    prepareStanding({ standing, active, pastSla }, now, connected);

  test("it is made of an empty, reconciled, fresh queue, with the time and the line", () => {
    expect(say(clear, 0, 0)).toEqual({ tone: "green", icon: "check", says: "All clear", asOf, line: 34 });
  });

  test("it is not made when the cockpit does not know", () => {
    const said = say({ kind: "unknown", asOf, because: "One line of the queue file could not be used." }, 0, 0);
    expect(said).toMatchObject({
      tone: "amber",
      says: "0 open, not known whether that is all. One line of the queue file could not be used.",
      asOf,
      line: null,
    });
  });

  test("it is withdrawn when nothing has confirmed it for a while, whatever was said last", () => {
    expect(say(clear, 0, 0, Date.parse(asOf) + 3 * 60_000)).toMatchObject({
      tone: "amber",
      says: "0 open, not known whether that is all. The server has sent no confirmation for 3m 00s.",
    });
  });

  test("it is withdrawn when the connection is lost", () => {
    expect(say(clear, 0, 0, soon, false)).toMatchObject({
      tone: "amber",
      says: "0 open, not known whether that is all. The connection to the server is lost.",
    });
  });

  test("it is not made while thegent has decisions to take up", () => {
    expect(say({ ...clear, waiting: 2 }, 0, 0)).toMatchObject({
      tone: "ink",
      says: "Nothing open; thegent has yet to take up 2 decisions",
    });
  });

  test("open items are counted, those past their SLA in red", () => {
    expect(say({ ...clear, waiting: 12 }, 12, 0)).toMatchObject({ tone: "ink", says: "12 open" });
    expect(say({ ...clear, waiting: 12 }, 12, 3)).toMatchObject({
      tone: "red",
      icon: "alert",
      says: "12 open, 3 past SLA",
    });
  });
});

test("an item breaches after its due instant, and only while it is open", () => {
  const due = Date.parse(row.dueAt);
  expect(pastIds([row], due)).toEqual([]);
  expect(pastIds([row], due + 1)).toEqual([row.id]);
  expect(pastIds([{ ...row, status: "resolved" }], due + 1)).toEqual([]);
});

test("a claim names its holder, and you are you", () => {
  expect(sayHolder({ claimedBy: null }, me).says).toBe("Unclaimed");
  expect(sayHolder({ claimedBy: me }, me).says).toBe("You");
  expect(sayHolder({ claimedBy: other }, me).says).toBe("Jon Berg");
});

test("among the breaches an open item says its state and its holder", () => {
  expect(sayHeld({ claimedBy: null }, me)).toBe("Open");
  expect(sayHeld({ claimedBy: me }, me)).toBe("Claimed by you");
  expect(sayHeld({ claimedBy: other }, me)).toBe("Claimed by Jon Berg");
});

test.each([
  [{ status: "resolved", outcome: "unblocked", closedIn: "cockpit" }, "Resolved: unblocked"],
  [{ status: "resolved", outcome: null, closedIn: "thegent" }, "Resolved in thegent"],
  [{ status: "cancelled", outcome: null, closedIn: "thegent" }, "Cancelled in thegent"],
] as const)("a closed item says how it ended: %j", (item, says) => expect(sayOutcome(item)).toBe(says));

describe("the form judges as the server does", () => {
  const whole: Draft = { outcome: "unblocked", note: "Trust score was raised", lateCause: "" };

  test.each<[string, Draft, boolean, string[]]>([
    ["a whole draft", whole, false, []],
    ["no outcome", { ...whole, outcome: null }, false, ["outcome"]],
    ["a note of spaces", { ...whole, note: "   " }, false, ["note"]],
    ["a long note", { ...whole, note: "x".repeat(4001) }, false, ["note"]],
    ["late without a cause", whole, true, ["lateCause"]],
    ["late with a cause", { ...whole, lateCause: "Nobody was on duty" }, true, []],
  ])("%s", (_, draft, late, wrong) => {
    expect(Object.keys(draftProblems(draft, late))).toEqual(wrong);
  });
});
