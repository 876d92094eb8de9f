import { describe, expect, it } from "vitest";
import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import { textOf, type EventFacts } from "@/lib/kernel/chain/timeline";
import { at } from "@/lib/testing/items";
import { prepareTimeline } from "./timeline";

const item = {
  path: "policy_denial" as const,
  openedByHand: false,
  blockedAt: at(0),
  openedAt: at(1),
  closedAt: null,
  closedIn: null,
  thegentWord: null,
};

const event = (
  action: string,
  after: Plain = null,
  before: Plain = null,
  change: Partial<AuditEvent> = {},
): AuditEvent => ({
  at: at(5).toISOString(),
  action,
  outcome: "done",
  actor: { kind: "person", id: "olga", name: "Olga" },
  role: "operator",
  letter: "R",
  subject: { kind: "escalation", id: "e1" },
  before,
  after,
  because: null,
  requestId: "r1",
  model: "om",
  ...change,
});

/** People's acts say themselves how they are told. */
const acts = {
  "escalation.comment": (after: EventFacts) => ({
    kind: "commented" as const,
    says: "Commented",
    text: textOf(after.text),
  }),
};

const told = (one: AuditEvent) =>
  prepareTimeline({ item: { ...item, openedByHand: true }, events: [{ seq: "7", event: one }] }, acts)[0]!;

describe("what the cockpit itself does, and what is opened, has a sentence", () => {
  it.each<[AuditEvent, string, string, string | null]>([
    [
      event("escalation.open", { opened: true, reason: "Blocked by hand" }),
      "opened",
      "Opened the item by hand",
      "Blocked by hand",
    ],
    [
      event("escalation.trigger", { opened: true, reason: "5 past SLA" }),
      "opened",
      "Opened the item, which no person declared",
      "5 past SLA",
    ],
    [
      event("escalation.take-up", { effect: "applied", word: "resolved", closedRecords: 2 }),
      "taken-up",
      "Wrote the decision into thegent's queue file: 2 records closed",
      null,
    ],
    [
      event("escalation.take-up", { effect: "applied", closedRecords: 1 }),
      "taken-up",
      "Wrote the decision into thegent's queue file: 1 record closed",
      null,
    ],
    [
      event("escalation.take-up", { effect: "applied", closedRecords: 0 }),
      "taken-up",
      "Wrote the decision into thegent's queue file; nothing was pending there any more",
      null,
    ],
    [
      event("escalation.take-up", { effect: "applied", added: true }),
      "taken-up",
      "Added the record to thegent's queue file",
      null,
    ],
    [
      event("escalation.comment", null, null, { outcome: "refused", because: "Operator can do this." }),
      "refused",
      "Was refused: Operator can do this.",
      null,
    ],
    [event("constructor"), "other", "constructor", null],
  ])("%j", (one, kind, says, text) => {
    expect(told(one)).toEqual({ at: one.at, seq: "7", kind, says, text, actor: "Olga", role: "operator", letter: "R" });
  });
});

describe("what the clocks did", () => {
  it.each<[Plain, Plain, string, string]>([
    [
      { level: 0 },
      { level: 1, clock: "resolve", missed: true, to: ["product_owner"], lateMs: 12 },
      "missed",
      "The SLA clock “resolve” was missed; raised to level 1; told to Product Owner",
    ],
    [
      { level: 0 },
      { level: 1, clock: "resolve", to: ["product_owner"], lateMs: 12 },
      "missed",
      "The SLA clock “resolve” was missed; raised to level 1; told to Product Owner",
    ],
    [
      { level: 2 },
      { level: 2, clock: "resolution", missed: true, to: ["tech_lead", "security"], lateMs: 45_000 },
      "missed",
      "The SLA clock “resolution” was missed; told to Tech Lead, Security/Compliance (heard 45 s late)",
    ],
    [
      { level: 0 },
      { level: 0, clock: "resolution", missed: true, to: [], lateMs: 7_500_000 },
      "missed",
      "The SLA clock “resolution” was missed (heard 2 h 5 min late)",
    ],
    [
      { level: 0 },
      { level: 1, clock: "tell the Tech Lead", missed: false, to: ["tech_lead"], lateMs: 180_000 },
      "escalated",
      "Took the step “tell the Tech Lead”; raised to level 1; told to Tech Lead (heard 3 min late)",
    ],
    [
      { claimedById: "olga" },
      { returned: true, lateMs: 0 },
      "returned",
      "Returned the claim to the queue: its holder had gone quiet",
    ],
  ])("%j %j", (before, after, kind, says) => {
    expect(told(event("escalation.escalate", after, before))).toMatchObject({ kind, says });
  });
});

it("begins with what thegent's file says of a denial, and ends with what it says of its end", () => {
  const closed = { ...item, closedAt: at(9), closedIn: "thegent" as const, thegentWord: "approved" };
  expect(
    prepareTimeline({ item: closed, events: [{ seq: "7", event: event("escalation.comment") }] }, acts).map(
      ({ kind, seq }) => [kind, seq],
    ),
  ).toEqual([
    ["blocked", null],
    ["opened", null],
    ["commented", "7"],
    ["closed-in-thegent", null],
  ]);
});

it("says of what no file brought only what the chain says, in its order", () => {
  const events = ["9", "10", "8"].map((seq) => ({ seq, event: event("escalation.comment", { text: seq }) }));
  expect(prepareTimeline({ item: { ...item, path: "incident" }, events }, acts).map(({ text }) => text)).toEqual([
    "8",
    "9",
    "10",
  ]);
});
