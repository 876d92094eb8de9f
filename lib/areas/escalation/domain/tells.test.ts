import { describe, expect, it, test } from "vitest";
import { ends, type Ending, type NoticeKind, type Tell } from "@/lib/kernel/notice/steps";
import type { Role } from "@/lib/model/roles";
import { at, claimedBy, clock, opened } from "@/lib/testing/items";
import type { Escalation } from "./escalation";
import { passTime, type Due } from "./next";
import {
  aboutItem,
  assignedTell,
  endingOf,
  openedTell,
  raisedTell,
  tellsOfTime,
  type ItemStep,
  type SettlingAct,
} from "./tells";

const breach: Tell = { step: "breach", activity: "escalation", to: { letters: ["A"] } };

describe("what is told because time passed", () => {
  const item = claimedBy("olga", opened("contract_drift"), 90);

  it("nothing happened: nothing", () => {
    expect(tellsOfTime([], "drift")).toEqual([]);
  });
  it("a missed clock: to whom it names, and as a breach to who signs breaches off", () => {
    expect(tellsOfTime(passTime(opened("policy_denial"), at(31)).happened, "escalation")).toEqual([
      { step: "missed-resolve", activity: "escalation", to: { roles: ["product_owner"] } },
      breach,
    ]);
    expect(tellsOfTime(passTime(item, at(61)).happened, "drift")).toEqual([
      { step: "missed-investigate", activity: "drift", to: { roles: ["tech_lead"] } },
      breach,
    ]);
  });
  it("a missed clock of an item that alerts of no breach: still to whom it names", () => {
    const due: Due = { do: "miss", clock: clock("investigate", 60, { alert: false }), lateMs: 1 };
    expect(tellsOfTime([due], "drift")).toEqual([
      { step: "missed-investigate", activity: "drift", to: { roles: ["tech_lead"] } },
    ]);
  });
  it("a missed clock that reaches nobody is a breach all the same", () => {
    expect(tellsOfTime(passTime(opened("incident", "P4"), at(1441)).happened, "observation")).toEqual([
      { step: "missed-first response", activity: "observation", to: { roles: [] } },
      breach,
    ]);
  });
  it("a step of the ladder: to whom it names, and no breach", () => {
    expect(
      tellsOfTime(passTime(claimedBy("olga", opened("incident", "P2"), 90), at(61)).happened, "observation"),
    ).toEqual([{ step: "raised-1", activity: "observation", to: { roles: ["tech_lead"] } }]);
  });
  it("a claim that went quiet: to who may work on it, and to who held it", () => {
    expect(tellsOfTime(passTime(claimedBy("olga", opened("contract_drift")), at(15)).happened, "drift")).toEqual([
      { step: "returned", activity: "drift", to: { letters: ["R"] } },
      { step: "returned", activity: "drift", to: { personId: "olga" } },
    ]);
  });
  it("all of it, in the order in which it fell due", () => {
    expect(tellsOfTime(passTime(item, at(300)).happened, "drift").map(({ step }) => step)).toEqual([
      "missed-investigate",
      "breach",
      "returned",
      "returned",
      "missed-remediate",
      "breach",
    ]);
  });
  it("by the clock's own row of the matrix, whatever the path's is now", () => {
    expect(
      tellsOfTime([{ do: "miss", clock: clock("investigate", 60, { activity: "contracts" }), lateMs: 1 }], "drift")[0],
    ).toMatchObject({ activity: "contracts" });
  });
});

describe("what is told of an act", () => {
  it.each<[string, Tell, Tell]>([
    [
      "a new item: every letter",
      openedTell("audit"),
      { step: "opened", activity: "audit", to: { letters: ["R", "A", "C", "I"] } },
    ],
    [
      "a raised one: whom it now reaches",
      raisedTell(2, ["product_owner"], "contracts"),
      { step: "raised-2", activity: "contracts", to: { roles: ["product_owner"] } },
    ],
    [
      "an assigned one: who got it",
      assignedTell("omar", "drift"),
      { step: "assigned", activity: "drift", to: { personId: "omar" } },
    ],
  ])("%s", (_, tell, expected) => {
    expect(tell).toEqual(expected);
  });
});

describe("which act ends which standing notices", () => {
  it.each<[SettlingAct, Ending]>([
    ["claim", { only: null, but: "breach", kinds: ["action"], role: null }],
    ["assign", { only: null, but: "breach", kinds: ["action"], role: null }],
    ["advise", { only: null, but: "breach", kinds: ["consult"], role: "security" }],
    ["close", { only: null, but: "breach", kinds: ["action", "consult", "informed"], role: null }],
    ["sign-off", { only: "breach", but: null, kinds: ["action", "consult", "informed"], role: null }],
  ])("%s: %j", (act, ending) => {
    expect(endingOf(act, "security")).toEqual(ending);
  });
});

describe("of an item's notices end", () => {
  it.each<[SettlingAct, ItemStep, NoticeKind, Role, boolean]>([
    ["claim", "missed-resolve", "action", "product_owner", true],
    ["claim", "missed-first response", "informed", "security", false],
    ["claim", "breach", "action", "product_owner", false],
    ["advise", "opened", "consult", "security", true],
    ["advise", "opened", "consult", "stakeholder", false],
    ["advise", "opened", "action", "security", false],
    ["close", "raised-2", "informed", "stakeholder", true],
    ["close", "breach", "action", "product_owner", false],
    ["sign-off", "breach", "action", "product_owner", true],
    ["sign-off", "missed-resolve", "action", "product_owner", false],
  ])("by %s of Security: %s as %s of %s: %s", (act, step, kind, role, expected) => {
    expect(ends(endingOf(act, "security"), { step, kind, role })).toBe(expected);
  });
});

describe("a notice of an item is urgent", () => {
  const denial = { path: "policy_denial", severity: null } as const;
  test.each<[ItemStep, Pick<Escalation, "path" | "severity">, boolean]>([
    ["breach", denial, true],
    ["missed-resolve", denial, true],
    ["opened", { path: "integrity", severity: null }, true],
    ["assigned", { path: "integrity", severity: null }, true],
    ["opened", { path: "incident", severity: "P1" }, true],
    ["opened", { path: "incident", severity: "P2" }, false],
    ["opened", denial, false],
    ["opened", { path: "contract_drift", severity: null }, false],
    ["raised-1", denial, false],
    ["assigned", denial, false],
    ["returned", denial, false],
  ])("about %s of %j: %s", (step, item, is) =>
    expect(aboutItem({ owner: null, reason: "", ...item }).isUrgent(step)).toBe(is),
  );
});
