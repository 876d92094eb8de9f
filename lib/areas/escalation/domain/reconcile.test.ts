import { describe, expect, it } from "vitest";
import { reconcileRun, unlistedWord, type ActiveItem, type Decision, type RunState, type Step } from "./reconcile";
import { itemFacts, type QueueRecord } from "./waiting-set";

const at = (time: string) => new Date(`2026-03-01T${time}Z`);
const now = at("12:00:00");

function record(identityKey: string, change: Partial<QueueRecord> = {}): QueueRecord {
  const blockedAt = change.blockedAt ?? at("09:00:00");
  return {
    identityKey,
    count: 1,
    status: "pending",
    reason: "Circuit open",
    lane: "standard",
    owner: null,
    ownerShown: null,
    agent: null,
    priority: 0,
    blockedAt,
    blockedText: blockedAt.toISOString(),
    escalateBy: at("09:30:00"),
    slaMinutes: 30,
    resolvedAt: null,
    ...change,
  };
}

const a = record("a");
const b = record("b", { blockedAt: at("10:00:00") });
const done = (of: QueueRecord, resolvedAt: Date | null = at("11:00:00"), status = "resolved") => ({
  ...of,
  status,
  resolvedAt,
});
const facts = (...records: QueueRecord[]) => itemFacts(records)!;
const active = (...records: QueueRecord[]): ActiveItem => ({ id: "now", version: 3, facts: facts(...records) });
const lost = (item: ActiveItem): ActiveItem => ({ ...item, lost: true });
type ClosedItem = Pick<RunState, "previousId" | "decisions">;
const closedThere: ClosedItem = { previousId: "old", decisions: [] };
const decision = (change: Partial<Decision> & Pick<Decision, "keys">): Decision => ({
  itemId: "old",
  effectId: "effect",
  status: "applied",
  wasWritten: true,
  ...change,
});
/** Decided here, on these records. */
const decided = (change: Partial<Decision>, ...keys: string[]): ClosedItem => ({
  previousId: "old",
  decisions: [decision({ keys, ...change })],
});
const unwritten = { status: "pending", wasWritten: false } as const;
const written = {};
const again = { status: "pending" } as const;

const open = (previousId: string | null, ...of: QueueRecord[]): Step => ({
  do: "open",
  previousId,
  facts: facts(...of),
});
const update = (item: ActiveItem, ...to: QueueRecord[]): Step => ({ do: "update", item, facts: facts(...to) });
const close = (item: ActiveItem, word: string, closedAt: Date): Step => ({ do: "close", item, word, closedAt });
const lose = (item: ActiveItem): Step => ({ do: "lose", item });
const reapply: Step = { do: "reapply", itemId: "old", effectId: "effect" };

type Row = [
  situation: string,
  state: Partial<Omit<RunState, keyof ClosedItem>> & { closed?: ClosedItem },
  steps: Step[],
];

function table(rows: Row[]) {
  it.each(rows)("%s", (_, { closed, ...state }, steps) =>
    expect(
      reconcileRun({ active: null, previousId: null, decisions: [], records: [], now, ...closed, ...state }),
    ).toEqual(steps),
  );
}

describe("a run without an item", () => {
  table([
    ["stays so while the file says nothing of it", {}, []],
    ["stays so when everything was resolved before we looked", { records: [done(a)] }, []],
    ["gets one when a record waits", { records: [a] }, [open(null, a)]],
    ["gets one for all its waiting records", { records: [a, b] }, [open(null, a, b)]],
    ["gets none for a record that thegent does not list", { records: [record("a", { escalateBy: null })] }, []],
  ]);
});

describe("an active item", () => {
  const item = active(a);
  table([
    ["stays when nothing changed", { active: item, records: [a] }, []],
    ["takes up a further record", { active: item, records: [a, b] }, [update(item, a, b)]],
    ["lets go of one of its records", { active: active(a, b), records: [done(a), b] }, [update(active(a, b), b)]],
    [
      "closes with thegent's word and instant",
      { active: item, records: [done(a, at("11:00:00"), "approved")] },
      [close(item, "approved", at("11:00:00"))],
    ],
    [
      "closes with the latest word of several",
      { active: active(a, b), records: [done(b, at("11:30:00"), "rejected"), done(a)] },
      [close(active(a, b), "rejected", at("11:30:00"))],
    ],
    [
      "closes now when thegent gave no instant",
      { active: item, records: [done(a, null, "done")] },
      [close(item, "done", now)],
    ],
    [
      "closes now when thegent's instant is yet to come",
      { active: item, records: [done(a, at("12:00:01"))] },
      [close(item, "resolved", now)],
    ],
    [
      "stays, lost, when its records are gone from the file: nobody resolved them",
      { active: item, records: [] },
      [lose(item)],
    ],
    ["is lost once", { active: lost(item), records: [] }, []],
    [
      "is not closed with the word of an earlier item's record",
      { active: active(b), records: [done(a, at("09:30:00"))] },
      [lose(active(b))],
    ],
    ["is lost no more when its record is back", { active: lost(item), records: [a] }, [update(lost(item), a)]],
    [
      "that was lost closes when its record is back, resolved",
      { active: lost(item), records: [done(a)] },
      [close(lost(item), "resolved", at("11:00:00"))],
    ],
    [
      "keeps what is left when one of its records is gone",
      { active: active(a, b), records: [b] },
      [update(active(a, b), b)],
    ],
    ["is not lost before its record was first seen", { active: { ...item, adding: true }, records: [] }, []],
    [
      "closes when thegent lists its record no more",
      { active: item, records: [record("a", { escalateBy: null })] },
      [close(item, unlistedWord, now)],
    ],
  ]);
});

describe("an item decided here", () => {
  const earlier = decision({ itemId: "older", effectId: "earlier", keys: ["a"] });
  table([
    ["is left alone until its decision is taken up", { closed: decided(unwritten, "a"), records: [a] }, []],
    [
      "is left alone when the write failed",
      { closed: decided({ status: "failed", wasWritten: false }, "a"), records: [a] },
      [],
    ],
    [
      "is left alone when a record came before the write, which closes it too",
      { closed: decided(unwritten, "a"), records: [a, b] },
      [],
    ],
    ["is done once the file says so", { closed: decided(written, "a"), records: [done(a)] }, []],
    ["is done when the records it closed are gone", { closed: decided(written, "a"), records: [] }, []],
    ["is written again when thegent wrote over it", { closed: decided(written, "a"), records: [a] }, [reapply]],
    ["is not asked for twice while it is being written again", { closed: decided(again, "a"), records: [a] }, []],
    [
      "is not asked for again when writing it again failed",
      { closed: decided({ status: "failed" }, "a"), records: [a] },
      [],
    ],
    [
      "is named by the new item when the run is blocked again",
      { closed: decided(written, "a"), records: [done(a), b] },
      [open("old", b)],
    ],
    [
      "is written again and followed by a new item when both happened",
      { closed: decided(written, "a"), records: [a, b] },
      [reapply, open("old", b)],
    ],
    [
      "is written again without touching the item that followed it",
      { closed: decided(written, "a"), active: active(b), records: [a, b] },
      [reapply],
    ],
    [
      "does not keep the item that followed it open",
      { closed: decided(written, "a"), active: active(b), records: [a, done(b)] },
      [reapply, close(active(b), "resolved", at("11:00:00"))],
    ],
    [
      "is written again, not asked for again, after another decision about the run",
      { closed: { previousId: "old", decisions: [earlier, decision({ keys: ["b"] })] }, records: [a, done(b)] },
      [{ do: "reapply", itemId: "older", effectId: "earlier" }],
    ],
    [
      "is written again, not asked for again, when its record comes back after a later item was closed in thegent",
      { closed: { previousId: "later", decisions: [earlier] }, records: [a, done(b)] },
      [{ do: "reapply", itemId: "older", effectId: "earlier" }],
    ],
    [
      "and reopened by hand before it was written lends its record to the new item in no way",
      { closed: decided(unwritten, "a"), active: { ...active(b), adding: true }, records: [a] },
      [],
    ],
    [
      "leaves a later item lost, not closed with its own word",
      { closed: decided(written, "a"), active: active(b), records: [done(a)] },
      [lose(active(b))],
    ],
  ]);
});

describe("an item closed in thegent", () => {
  table([
    ["stays closed", { closed: closedThere, records: [done(a)] }, []],
    ["is named by the new item when a record waits again", { closed: closedThere, records: [a] }, [open("old", a)]],
    ["is named by the new item of another record", { closed: closedThere, records: [done(a), b] }, [open("old", b)]],
  ]);
});
