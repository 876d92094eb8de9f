import { describe, expect, test } from "vitest";
import type { QueueStanding } from "@/lib/areas/escalation/contract";
import { resolveSchema } from "@/lib/areas/escalation/contract-acts";
import { detail, row } from "./fixtures";
import { draftProblems, pastIds, prepareStanding, sayBlocked, sayConsequence, sayHeld, sayHolder, sayOutcome, type Draft } from "./prepare";

const me = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const other = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Jon Berg" };
const asOf = "2026-02-10T10:42:07.000Z";
const soon = Date.parse(asOf) + 5_000;

describe("all clear is a claim", () => {
  const clear: QueueStanding = { kind: "reconciled", asOf, line: 34, waiting: 0 };
  const say = (standing: QueueStanding, active: number, pastSla: number, now = soon, connected = true) => prepareStanding({ standing, active, pastSla }, now, connected);

  test("it is made of an empty, reconciled, fresh queue, with the time and the line", () => {
    expect(say(clear, 0, 0)).toEqual({ tone: "green", icon: "check", says: "All clear", asOf, line: 34 });
  });

  test("it is not made when the cockpit does not know", () => {
    const said = say({ kind: "unknown", asOf, because: "One line of the queue file could not be used." }, 0, 0);
    expect(said).toMatchObject({ tone: "amber", says: "0 open, not known whether that is all. One line of the queue file could not be used.", asOf, line: null });
  });

  test("it is withdrawn when nothing has confirmed it for a while, whatever was said last", () => {
    expect(say(clear, 0, 0, Date.parse(asOf) + 3 * 60_000)).toMatchObject({ tone: "amber", says: "0 open, not known whether that is all. The server has sent no confirmation for 3m 00s." });
  });

  test("it is withdrawn when the connection is lost", () => {
    expect(say(clear, 0, 0, soon, false)).toMatchObject({ tone: "amber", says: "0 open, not known whether that is all. The connection to the server is lost." });
  });

  test("it is not made while thegent has decisions to take up", () => {
    expect(say({ ...clear, waiting: 2 }, 0, 0)).toMatchObject({ tone: "ink", says: "Nothing open; thegent has yet to take up 2 decisions" });
  });

  test("open items are counted, those past their SLA in red", () => {
    expect(say({ ...clear, waiting: 12 }, 12, 0)).toMatchObject({ tone: "ink", says: "12 open" });
    expect(say({ ...clear, waiting: 12 }, 12, 3)).toMatchObject({ tone: "red", icon: "alert", says: "12 open, 3 past SLA" });
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

describe("what a resolution will do is said before it is pressed", () => {
  test("how many records it closes, and by which word of thegent's", () => {
    expect(sayConsequence(detail, "unblocked")).toBe("Closes this item and marks 2 pending records of run_1b65b17e as “resolved” in thegent's escalation_queue.jsonl.");
    expect(sayConsequence({ ...detail, records: detail.records.slice(0, 1) }, null)).toBe("Closes this item and marks 1 pending record of run_1b65b17e in thegent's escalation_queue.jsonl.");
  });

  test("and when no record waits any more", () => {
    expect(sayConsequence({ ...detail, records: [] }, "rejected")).toContain("holds no pending record");
  });
});

describe("what a colleague did meanwhile is told before anything is pressed", () => {
  const now = Date.parse(detail.now);
  test.each([
    ["nothing happened", {}, null],
    ["I claimed it", { status: "claimed", claimedBy: me }, null],
    ["a colleague claimed it", { status: "claimed", claimedBy: other }, "Jon Berg works on this item; it is theirs to resolve until it is released."],
    ["a colleague resolved it", { status: "resolved", closedBy: other, closedIn: "cockpit", outcome: "rejected" }, "Jon Berg resolved this item as “rejected”."],
    ["I resolved it elsewhere", { status: "resolved", closedBy: me, closedIn: "cockpit", outcome: "duplicate" }, "You resolved this item as “duplicate”."],
    ["it was closed in thegent", { status: "resolved", closedIn: "thegent", thegentWord: "approved" }, "This item was closed in thegent itself as “approved”."],
  ] as const)("%s", (_, change, says) => expect(sayBlocked({ ...detail, ...change }, me, now)).toBe(says));

  test("lateness alone does not block: the form asks for its cause", () => expect(sayBlocked(detail, me, Date.parse(detail.dueAt) + 1)).toBeNull());
});

describe("the form judges as the server does", () => {
  const whole: Draft = { outcome: "unblocked", note: "Trust score was raised", lateCause: "" };
  const target = { id: row.id, version: 1 };

  test.each<[string, Draft, boolean, string[]]>([
    ["a whole draft", whole, false, []],
    ["no outcome", { ...whole, outcome: null }, false, ["outcome"]],
    ["a note of spaces", { ...whole, note: "   " }, false, ["note"]],
    ["a long note", { ...whole, note: "x".repeat(4001) }, false, ["note"]],
    ["late without a cause", whole, true, ["lateCause"]],
    ["late with a cause", { ...whole, lateCause: "Nobody was on duty" }, true, []],
  ])("%s", (_, draft, late, wrong) => {
    expect(Object.keys(draftProblems(draft, late))).toEqual(wrong);
    if (!late) expect(resolveSchema.safeParse({ ...target, ...draft }).success).toBe(wrong.length === 0);
  });
});
