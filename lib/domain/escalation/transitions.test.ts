import { describe, expect, it } from "vitest";
import type { Escalation, Status } from "./escalation";
import { decideClaim, decideRelease, decideResolve, decideSignOff, type Transition } from "./transitions";

const due = new Date("2026-03-01T10:00:00.000Z");
const before = new Date("2026-03-01T09:59:59.999Z");
const after = new Date("2026-03-01T10:00:00.001Z");
const item = (change: Partial<Escalation> = {}): Escalation => ({
  id: "e1", version: 3, path: "policy_denial", runId: "run_1", status: "open", dueAt: due,
  claimedById: null, claimedAt: null, closedById: null, closedAt: null, level: 0, escalatedAt: null, signedOffById: null, ...change,
});
const claimed = (by: string) => item({ status: "claimed", claimedById: by, claimedAt: before });
const closed = (status: Status) => item({ status, closedById: "olga", closedAt: before });
const olga = (now = before) => ({ personId: "olga", now });
const resolution = (now: Date, lateCause: string | null = null) => ({ ...olga(now), outcome: "unblocked" as const, note: "Confidence raised.", lateCause });

type Row = [name: string, transition: () => Transition, expected: object];

const rows: Row[] = [
  ["claim an open item", () => decideClaim(item(), olga()), { ok: true, next: { status: "claimed", claimedById: "olga", claimedAt: before } }],
  ["claim an open item past its SLA", () => decideClaim(item(), olga(after)), { ok: true }],
  ["claim what I claimed", () => decideClaim(claimed("olga"), olga()), { rejection: { why: "already-claimed", byId: "olga" } }],
  ["claim what a colleague claimed", () => decideClaim(claimed("omar"), olga()), { rejection: { why: "already-claimed", byId: "omar" } }],
  ["claim a closed item", () => decideClaim(closed("resolved"), olga()), { rejection: { why: "already-closed", status: "resolved", byId: "olga" } }],
  ["release what I claimed", () => decideRelease(claimed("olga")), { ok: true, next: { status: "open", claimedById: null, claimedAt: null } }],
  ["release what nobody claimed", () => decideRelease(item()), { rejection: { why: "not-claimed" } }],
  ["release a closed item", () => decideRelease(closed("cancelled")), { rejection: { why: "already-closed" } }],
  ["resolve an open item in time", () => decideResolve(item(), resolution(before)), { ok: true, next: { status: "resolved", closedById: "olga", closedAt: before, outcome: "unblocked", lateCause: null } }],
  ["resolve what I claimed", () => decideResolve(claimed("olga"), resolution(before)), { ok: true }],
  ["resolve what a colleague claimed", () => decideResolve(claimed("omar"), resolution(before)), { rejection: { why: "claimed-by-another", byId: "omar" } }],
  ["resolve at the very due instant", () => decideResolve(item(), resolution(due)), { ok: true }],
  ["resolve late without a cause", () => decideResolve(item(), resolution(after)), { rejection: { why: "late-cause-missing" } }],
  ["resolve late with a cause", () => decideResolve(item(), resolution(after, "Waited for the vendor.")), { ok: true, next: { lateCause: "Waited for the vendor.", level: 1, escalatedAt: after } }],
  ["resolve late what was raised already keeps when it was raised", () => decideResolve(item({ level: 1, escalatedAt: due }), resolution(after, "Night.")), { ok: true, next: expect.not.objectContaining({ level: 1 }) }],
  ["sign off what never was a breach", () => decideSignOff(item(), { ...olga(), note: "Seen." }), { rejection: { why: "no-breach" } }],
  ["sign off an open breach", () => decideSignOff(item({ level: 1 }), { ...olga(after), note: "Seen." }), { ok: true, next: { signedOffById: "olga", signedOffAt: after, signOffNote: "Seen." } }],
  ["sign off the breach of a closed item", () => decideSignOff({ ...closed("resolved"), level: 1 }, { ...olga(after), note: "Seen." }), { ok: true }],
  ["sign off twice", () => decideSignOff(item({ level: 1, signedOffById: "paula" }), { ...olga(after), note: "Seen." }), { rejection: { why: "already-signed-off", byId: "paula" } }],
  ["a cause given in time is not kept as lateness", () => decideResolve(item(), resolution(before, "none needed")), { ok: true, next: { lateCause: null } }],
  ...(["resolved", "overridden", "cancelled"] as const).map((status): Row => [`resolve what is ${status}`, () => decideResolve(closed(status), resolution(before)), { rejection: { why: "already-closed", status } }]),
];

describe("what may happen to an item", () => {
  it.each(rows)("%s", (_, transition, expected) => {
    const got = transition();
    expect(got).toMatchObject(expected);
    expect(got.ok).toBe(!("rejection" in expected));
  });
});
