import { describe, expect, it } from "vitest";
import { itemFacts, type QueueRecord } from "./waiting-set";

const at = (time: string) => new Date(`2026-03-01T${time}Z`);

function record(change: Partial<QueueRecord> = {}): QueueRecord {
  const blockedAt = change.blockedAt === undefined ? at("09:00:00") : change.blockedAt;
  return {
    identityKey: "a",
    count: 1,
    status: "pending",
    reason: "Circuit open",
    lane: "standard",
    owner: "ana:shop",
    ownerShown: null,
    agent: "codex",
    priority: 0,
    blockedAt,
    blockedText: blockedAt?.toISOString() ?? "",
    escalateBy: at("09:30:00"),
    slaMinutes: 30,
    resolvedAt: null,
    ...change,
  };
}

describe("the item of a run's records", () => {
  it.each<[string, QueueRecord[]]>([
    ["there are none", []],
    ["all are resolved", [record({ status: "resolved" })]],
    ["thegent would not list the pending one, for want of a deadline", [record({ escalateBy: null })]],
    ["the status word only looks like pending", [record({ status: "Pending" })]],
  ])("is none when %s", (_, records) => expect(itemFacts(records)).toBeNull());

  it("of one record says what the record says", () => {
    expect(itemFacts([record()])).toEqual({
      priority: 0,
      lane: "standard",
      owner: "ana:shop",
      ownerShown: null,
      agent: "codex",
      reason: "Circuit open",
      recordCount: 1,
      blockedAt: at("09:00:00"),
      dueAt: at("09:30:00"),
      slaMinutes: 30,
    });
  });

  it("speaks with the most urgent record, is due with the earliest deadline, and counts only what waits", () => {
    const records = [
      record({ reason: "first", slaMinutes: 60, escalateBy: at("10:00:00") }),
      record({
        reason: "urgent",
        priority: 5,
        lane: "critical",
        owner: null,
        agent: null,
        blockedAt: at("09:10:00"),
        escalateBy: at("10:10:00"),
        slaMinutes: 60,
      }),
      record({ reason: "soonest", blockedAt: at("09:20:00"), escalateBy: at("09:25:00"), slaMinutes: 5 }),
      record({ reason: "done", priority: 9, status: "resolved", blockedAt: at("08:00:00") }),
    ];
    expect(itemFacts(records)).toEqual({
      priority: 5,
      lane: "critical",
      owner: null,
      ownerShown: null,
      agent: null,
      reason: "urgent",
      recordCount: 3,
      blockedAt: at("09:00:00"),
      dueAt: at("09:25:00"),
      slaMinutes: 5,
    });
  });

  it.each<[string, QueueRecord[], string]>([
    ["the newest", [record({ reason: "new", blockedAt: at("09:05:00") }), record({ reason: "old" })], "new"],
    ["the later line, blocked at the same instant", [record({ reason: "one" }), record({ reason: "two" })], "two"],
    [
      "the one with a priority above none",
      [record({ reason: "none", priority: null }), record({ reason: "below", priority: -1 })],
      "none",
    ],
  ])("lets %s speak on ties", (_, records, reason) => expect(itemFacts(records)?.reason).toBe(reason));

  it.each([
    [1e30, 2_147_483_647],
    [-1e30, -2_147_483_648],
    [2.6, 3],
    [null, 0],
  ])("keeps a priority of %s as %s", (priority, kept) =>
    expect(itemFacts([record({ priority })])?.priority).toBe(kept),
  );

  it("reckons from the deadline what the record leaves out", () => {
    expect(itemFacts([record({ blockedAt: null })])).toMatchObject({ blockedAt: at("09:00:00"), slaMinutes: 30 });
    expect(itemFacts([record({ slaMinutes: null, escalateBy: at("09:12:00") })])).toMatchObject({ slaMinutes: 12 });
  });

  it("is held within the calendar where the deadline less its minutes is not", () => {
    expect(itemFacts([record({ blockedAt: null, slaMinutes: 2_147_483_647 })])?.blockedAt.toISOString()).toBe(
      "0001-01-01T00:00:00.000Z",
    );
    expect(
      itemFacts([
        record({ blockedAt: null, slaMinutes: -2_147_483_648, escalateBy: new Date("9999-12-31T00:00:00Z") }),
      ])?.blockedAt.toISOString(),
    ).toBe("9999-12-31T23:59:59.000Z");
  });

  it("may be made of as many records as a file holds, whether they differ or are equal", () => {
    expect(itemFacts(Array.from({ length: 300_000 }, () => record()))).toMatchObject({
      recordCount: 300_000,
      blockedAt: at("09:00:00"),
    });
    expect(
      itemFacts([record({ count: 300_000 }), record({ count: 2 }), record({ status: "resolved", count: 7 })]),
    ).toMatchObject({ recordCount: 300_002 });
  });
});
