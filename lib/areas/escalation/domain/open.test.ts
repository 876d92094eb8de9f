import { describe, expect, it } from "vitest";
import type { Tell } from "@/lib/kernel/notice/steps";
import type { EscalationPath } from "@/lib/model/paths";
import type { Severity } from "@/lib/model/severities";
import { at, opened, T0 } from "@/lib/testing/items";
import { passTime } from "./next";
import { moveDue, openItem, type Draft } from "./open";

const draft = (path: EscalationPath, severity: Severity | null = null, change: Partial<Draft> = {}): Draft => ({
  id: "e1",
  path,
  subject: "run_1",
  severity,
  owner: "ana:shop",
  reason: "Trust score too low",
  startedAt: T0,
  ...change,
});
const open = (...of: Parameters<typeof draft>) => openItem(draft(...of), { slaMinutes: 30, breachAlert: true }, T0);
const everyLetter = { letters: ["R", "A", "C", "I"] } as const;

describe("a new item", () => {
  it.each<[EscalationPath, Severity | null, level: number, Tell[]]>([
    ["policy_denial", null, 0, [{ step: "opened", activity: "escalation", to: everyLetter }]],
    ["contract_drift", null, 0, [{ step: "opened", activity: "drift", to: everyLetter }]],
    [
      "integrity",
      "P1",
      1,
      [
        { step: "opened", activity: "audit", to: everyLetter },
        { step: "raised-1", activity: "audit", to: { roles: ["security"] } },
      ],
    ],
    [
      "integrity",
      "P4",
      1,
      [
        { step: "opened", activity: "audit", to: everyLetter },
        { step: "raised-1", activity: "audit", to: { roles: ["security"] } },
      ],
    ],
    [
      "incident",
      "P1",
      1,
      [
        { step: "opened", activity: "observation", to: everyLetter },
        { step: "raised-1", activity: "observation", to: { roles: ["tech_lead", "product_owner", "security"] } },
      ],
    ],
    ["incident", "P2", 0, [{ step: "opened", activity: "observation", to: everyLetter }]],
    ["incident", "P4", 0, [{ step: "opened", activity: "observation", to: everyLetter }]],
  ])("%s %s opens at level %i, and tells", (path, severity, level, tells) => {
    const { item, tells: told } = open(path, severity);
    expect(item).toMatchObject({
      status: "open",
      severity,
      level,
      escalatedAt: level ? T0 : null,
      breachedAt: null,
      claimedById: null,
    });
    expect(told).toEqual(tells);
  });
  it("names its run only where a run is what it is about", () => {
    expect(open("policy_denial").item).toMatchObject({ subject: "run_1", runId: "run_1" });
    expect(open("contract_drift", null, { subject: "episode_1" }).item).toMatchObject({
      subject: "episode_1",
      runId: null,
    });
  });
  it("has no severity where nothing runs by it, and is a P1 where none was given", () => {
    expect(open("policy_denial", "P3").item.severity).toBeNull();
    expect(open("incident").item).toMatchObject({ severity: "P1", dueAt: at(15), level: 1 });
  });
  it("that was past its SLA before it was seen here is due at once, and told late", () => {
    const { item } = open("policy_denial", null, { startedAt: at(-600), dueAt: at(-570) });
    expect(item).toMatchObject({ breachedAt: null, level: 0, dueAt: at(-570), nextAt: at(-570, 1) });
    expect(passTime(item, T0)).toMatchObject({
      happened: [{ do: "miss", lateMs: 570 * 60_000 }],
      item: { level: 1, breachedAt: at(-570) },
    });
  });
});

describe("an item whose record falls due at another instant than before", () => {
  it("is due then", () => {
    expect(moveDue(opened("policy_denial"), at(-5), at(25))).toMatchObject({
      dueAt: at(25),
      nextAt: at(25, 1),
      clocks: [{ startedAt: at(-5), dueAt: at(25) }],
    });
  });
  it("is not heard again when it was heard before", () => {
    const { item } = passTime(opened("policy_denial"), at(31));
    const moved = moveDue(item, T0, at(60));
    expect(moved).toMatchObject({ breachedAt: at(30), level: 1, dueAt: at(60), nextAt: null });
    expect(passTime(moved, at(61)).happened).toEqual([]);
  });
});
