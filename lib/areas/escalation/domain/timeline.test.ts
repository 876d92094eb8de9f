import { describe, expect, it } from "vitest";
import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import { at } from "@/lib/testing/items";
import { prepareTimeline } from "./timeline";

const item = { path: "policy_denial" as const, openedByHand: false, blockedAt: at(0), openedAt: at(1), closedAt: null, closedIn: null, thegentWord: null };

const event = (action: string, after: Plain = null, before: Plain = null, change: Partial<AuditEvent> = {}): AuditEvent => ({
  at: at(5).toISOString(), action, outcome: "done", actor: { kind: "person", id: "olga", name: "Olga" }, role: "operator", letter: "R", subject: { kind: "escalation", id: "e1" },
  before, after, because: null, requestId: "r1", model: "om", ...change,
});

const told = (one: AuditEvent) => prepareTimeline({ item: { ...item, openedByHand: true }, events: [{ seq: "7", event: one }] })[0]!;

describe("every act has a sentence", () => {
  it.each<[AuditEvent, string, string, string | null]>([
    [event("escalation.open", { opened: true, reason: "Blocked by hand" }), "opened", "Opened the item by hand", "Blocked by hand"],
    [event("escalation.trigger", { opened: true, reason: "5 past SLA" }), "opened", "Opened the item, which no person declared", "5 past SLA"],
    [event("escalation.reopen", { opened: true, reopens: "e0", reason: "Came back" }), "opened", "Opened what was closed again, as this item", "Came back"],
    [event("escalation.reopen", { reopenedAs: "e2", reason: "Came back" }), "reopened", "Opened it again, as a new item", "Came back"],
    [event("escalation.claim", { status: "claimed", version: 2 }), "claimed", "Claimed the item", null],
    [event("escalation.assign", { toId: "omar", to: "Omar" }), "assigned", "Gave the item to Omar", null],
    [event("escalation.release"), "released", "Gave the item back to the queue", null],
    [event("escalation.report", { finding: "A field is gone", adapterChange: false }), "reported", "Recorded what was found out", "A field is gone"],
    [event("escalation.report", { finding: "x", adapterChange: true, level: 2 }), "reported", "Recorded what was found out; an adapter change is required, which raised it to level 2", "x"],
    [event("escalation.resolve", { outcome: "unblocked", note: "Done", lateCause: null }), "resolved", "Resolved the item as “unblocked”", "Done"],
    [event("escalation.resolve", { outcome: "rejected", note: "No", lateCause: "Asleep" }), "resolved", "Resolved the item as “rejected”", "No\nLate because: Asleep"],
    [event("escalation.cancel", { note: "A test", lateCause: null }), "cancelled", "Cancelled the item", "A test"],
    [event("escalation.comment", { text: "Looking\nat it" }), "commented", "Commented", "Looking\nat it"],
    [event("escalation.advise", { text: "Wait" }), "advised", "Gave advice", "Wait"],
    [event("escalation.add-again", { addedAgain: true }), "retried", "Asked for its record, which had vanished, to be added to thegent's queue file again", null],
    [event("escalation.retry", { effect: "pending" }), "retried", "Asked for it to be written to thegent again", null],
    [event("escalation.sign-off", { signedOff: true, note: "Seen" }), "signed-off", "Signed the breach off", "Seen"],
    [event("escalation.take-up", { effect: "applied", word: "resolved", closedRecords: 2 }), "taken-up", "Wrote the decision into thegent's queue file: 2 records closed", null],
    [event("escalation.take-up", { effect: "applied", closedRecords: 1 }), "taken-up", "Wrote the decision into thegent's queue file: 1 record closed", null],
    [event("escalation.take-up", { effect: "applied", closedRecords: 0 }), "taken-up", "Wrote the decision into thegent's queue file; nothing was pending there any more", null],
    [event("escalation.take-up", { effect: "applied", added: true }), "taken-up", "Added the record to thegent's queue file", null],
    [event("escalation.resolve", null, null, { outcome: "refused", because: "Operator can do this." }), "refused", "Was refused: Operator can do this.", null],
    [event("constructor"), "other", "constructor", null],
  ])("%j", (one, kind, says, text) => {
    expect(told(one)).toEqual({ at: one.at, seq: "7", kind, says, text, actor: "Olga", role: "operator", letter: "R" });
  });
});

describe("what the clocks did", () => {
  it.each<[Plain, Plain, string, string]>([
    [{ level: 0 }, { level: 1, clock: "resolve", missed: true, to: ["product_owner"], lateMs: 12 }, "missed", "The SLA clock “resolve” was missed; raised to level 1; told to Product Owner"],
    [{ level: 0 }, { level: 1, clock: "resolve", to: ["product_owner"], lateMs: 12 }, "missed", "The SLA clock “resolve” was missed; raised to level 1; told to Product Owner"],
    [{ level: 2 }, { level: 2, clock: "resolution", missed: true, to: ["tech_lead", "security"], lateMs: 45_000 }, "missed", "The SLA clock “resolution” was missed; told to Tech Lead, Security/Compliance (heard 45 s late)"],
    [{ level: 0 }, { level: 0, clock: "resolution", missed: true, to: [], lateMs: 7_500_000 }, "missed", "The SLA clock “resolution” was missed (heard 2 h 5 min late)"],
    [{ level: 0 }, { level: 1, clock: "tell the Tech Lead", missed: false, to: ["tech_lead"], lateMs: 180_000 }, "escalated", "Took the step “tell the Tech Lead”; raised to level 1; told to Tech Lead (heard 3 min late)"],
    [{ claimedById: "olga" }, { returned: true, lateMs: 0 }, "returned", "Returned the claim to the queue: its holder had gone quiet"],
  ])("%j %j", (before, after, kind, says) => {
    expect(told(event("escalation.escalate", after, before))).toMatchObject({ kind, says });
  });
});

it("begins with what thegent's file says of a denial, and ends with what it says of its end", () => {
  const closed = { ...item, closedAt: at(9), closedIn: "thegent" as const, thegentWord: "approved" };
  expect(prepareTimeline({ item: closed, events: [{ seq: "7", event: event("escalation.claim") }] }).map(({ kind, seq }) => [kind, seq])).toEqual([
    ["blocked", null], ["opened", null], ["claimed", "7"], ["closed-in-thegent", null],
  ]);
});

it("says of what no file brought only what the chain says, in its order", () => {
  const events = ["9", "10", "8"].map((seq) => ({ seq, event: event("escalation.comment", { text: seq }) }));
  expect(prepareTimeline({ item: { ...item, path: "incident" }, events }).map(({ text }) => text)).toEqual(["8", "9", "10"]);
});
