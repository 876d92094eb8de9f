import { describe, expect, test } from "vitest";
import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import { at } from "@/lib/testing/items";
import { prepareOverrideTimeline } from "./timeline";

const event = (action: string, after: Plain, change: Partial<AuditEvent> = {}): AuditEvent => ({
  at: at(1).toISOString(),
  action,
  outcome: "done",
  actor: { kind: "person", id: "pia", name: "Pia" },
  role: "product_owner",
  letter: "A",
  subject: { kind: "override", id: "o1" },
  before: null,
  after,
  because: null,
  requestId: "r1",
  model: "om-1",
  ...change,
});
const tell = (one: AuditEvent) =>
  prepareOverrideTimeline({ expiresAt: at(60), names: { paul: "Paul" }, events: [{ seq: "7", event: one }] }, {})[0]!;

describe("each event is told in a sentence, with what the person wrote", () => {
  test.each<[string, { [key: string]: Plain }, string, string, string | null]>([
    [
      "override.request",
      { justification: "Why.", ticket: null, seconds: 86_400, previousId: null },
      "opened",
      "Asked for the override, for 24 h",
      "Why.",
    ],
    [
      "override.request",
      { justification: "Why.", ticket: "CHG-7", seconds: 5430, previousId: "o0" },
      "opened",
      "Asked for it again, as a renewal, for 1 h 30 min 30 s; ticket CHG-7",
      "Why.",
    ],
    [
      "override.pass-time",
      { did: "overdue", lateMs: 1 },
      "missed",
      "The deadline passed and nobody had decided; the request still waits",
      null,
    ],
    ["override.pass-time", { did: "warn", lateMs: 1 }, "warned", "Warned who asked that the end is near", null],
    [
      "override.pass-time",
      { did: "expire", lateMs: 1 },
      "expired",
      "It reached its end; thegent honours it no more",
      null,
    ],
    [
      "escalation.take-up",
      { honouredUntil: at(60).toISOString() },
      "taken-up",
      "Wrote it into thegent's override file: thegent honours it",
      null,
    ],
    [
      "escalation.take-up",
      { honouredUntil: at(9).toISOString() },
      "taken-up",
      "Ended it in thegent's override file: thegent honours it no more",
      null,
    ],
    ["override.later", {}, "other", "override.later", null],
    ["constructor", {}, "other", "constructor", null],
  ])("%s %j", (action, after, kind, says, text) =>
    expect(tell(event(action, after))).toEqual({
      at: at(1).toISOString(),
      seq: "7",
      kind,
      says,
      text,
      actor: "Pia",
      role: "product_owner",
      letter: "A",
    }),
  );

  test("a refused attempt, by its reason", () =>
    expect(
      tell(
        event("override.decide", null, {
          outcome: "refused",
          because: "Who asked never decides.",
          role: null,
          letter: null,
        }),
      ),
    ).toMatchObject({ kind: "refused", says: "Was refused: Who asked never decides.", text: null, role: null }));
});

test("the story is in the order of the chain, whatever the clocks said", () => {
  const events = [
    { seq: "12", event: event("override.withdraw", {}, { at: at(0).toISOString() }) },
    { seq: "9", event: event("override.request", { seconds: 60 }) },
  ];
  expect(prepareOverrideTimeline({ expiresAt: null, names: {}, events }, {}).map(({ seq }) => seq)).toEqual([
    "9",
    "12",
  ]);
});
