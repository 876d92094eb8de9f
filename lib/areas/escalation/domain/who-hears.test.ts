import { describe, expect, it } from "vitest";
import { decideNotices, type NewNotice } from "@/lib/kernel/notice/decide-notices";
import { reach, route, type Roster, type RosterPerson } from "@/lib/kernel/notice/roster";
import type { NoticeKind, Tell } from "@/lib/kernel/notice/steps";
import { operatingModel } from "@/lib/model/model";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Letter, type Role } from "@/lib/model/roles";
import { at, claimedBy, opened } from "@/lib/testing/items";
import type { Escalation } from "./escalation";
import { passTime } from "./next";
import { aboutItem, assignedTell, openedTell, raisedTell, routedBy, tellsOfTime } from "./tells";

const person = (id: string, held: Role[], onDuty: Role[] = []): RosterPerson => ({ id, name: id, roles: held, onDuty });
const everybody: Roster = [
  person("paula", ["product_owner"], ["product_owner"]),
  person("tessa", ["tech_lead"], ["tech_lead"]),
  person("olga", ["operator"], ["operator"]),
  person("omar", ["operator"]),
  person("sami", ["security"], ["security"]),
  person("stella", ["stakeholder"], ["stakeholder"]),
];
const off = (roster: Roster, ...some: Role[]): Roster =>
  roster.map((one) => ({ ...one, onDuty: one.onDuty.filter((role) => !some.includes(role)) }));

type Told = [personId: string, kind: NoticeKind, role: Role, letter: Letter, standsInFor?: Role];
const told = (notices: readonly NewNotice[]): Told[] =>
  notices
    .map(({ personId, kind, role, letter, standsInFor }): Told =>
      standsInFor ? [personId, kind, role, letter, standsInFor] : [personId, kind, role, letter],
    )
    .sort();

const facts = (item: Escalation, roster: Roster) => ({
  about: aboutItem(item),
  model: operatingModel,
  roster,
  routed: null,
  exceptId: null,
});
const tell = (tells: readonly Tell[], item: Escalation, roster: Roster = everybody) =>
  decideNotices(tells, facts(item, roster));
const open = (path: EscalationPath, roster: Roster, exceptId: string | null = null) =>
  decideNotices([openedTell(paths[path].activity)], {
    ...facts(opened(path), roster),
    routed: routedBy(route(paths[path].domain, roster), path),
    exceptId,
  });

/** The document's matrix says of the path's activity: who acts, who is consulted, who is informed. By hand. */
const openings: [EscalationPath, Told[]][] = [
  [
    "policy_denial",
    [
      ["paula", "action", "product_owner", "A"],
      ["olga", "action", "operator", "R"],
      ["sami", "consult", "security", "C"],
      ["tessa", "informed", "tech_lead", "I"],
      ["stella", "informed", "stakeholder", "I"],
    ],
  ],
  [
    "contract_drift",
    [
      ["tessa", "action", "tech_lead", "R"],
      ["olga", "action", "operator", "R"],
      ["paula", "informed", "product_owner", "I"],
      ["sami", "informed", "security", "I"],
      ["stella", "informed", "stakeholder", "I"],
    ],
  ],
  [
    "integrity",
    [
      ["tessa", "action", "tech_lead", "R"],
      ["sami", "action", "security", "R"],
      ["stella", "consult", "stakeholder", "C"],
      ["paula", "informed", "product_owner", "I"],
      ["olga", "informed", "operator", "I"],
    ],
  ],
  [
    "incident",
    [
      ["paula", "action", "product_owner", "A"],
      ["tessa", "action", "tech_lead", "R"],
      ["olga", "action", "operator", "R"],
      ["sami", "informed", "security", "I"],
      ["stella", "informed", "stakeholder", "I"],
    ],
  ],
];

describe("who hears that an item was opened", () => {
  describe.each(openings)("%s", (path, expected) => {
    it("who is on duty as each role, in the way of its letter; a colleague off duty hears nothing", () => {
      expect(told(open(path, everybody))).toEqual([...expected].sort());
    });
    it("everybody who holds a role, when nobody is on duty as anything", () => {
      const asOlga = expected.find(([id]) => id === "olga")!;
      const omar: Told = ["omar", asOlga[1], asOlga[2], asOlga[3]];
      expect(told(open(path, off(everybody, ...roles)))).toEqual([...expected, omar].sort());
    });
    it("nobody where there is nobody", () => {
      expect(open(path, [])).toEqual([]);
    });
    it("not who opened it", () => {
      expect(told(open(path, everybody, "olga"))).toEqual(expected.filter(([id]) => id !== "olga").sort());
    });
  });
});

describe("the person an item was routed to", () => {
  const of = (notices: readonly NewNotice[], id: string) => told(notices).filter(([personId]) => personId === id);

  it.each<[EscalationPath, absent: Role, Told]>([
    ["policy_denial", "product_owner", ["sami", "consult", "security", "C", "product_owner"]],
    ["contract_drift", "operator", ["tessa", "action", "tech_lead", "R", "operator"]],
    ["integrity", "security", ["paula", "informed", "product_owner", "I", "security"]],
    ["incident", "operator", ["tessa", "action", "tech_lead", "R", "operator"]],
  ])(
    "%s with no %s on duty: the backup is told once, by their own letter, and for whom they stand in",
    (path, absent, expected) => {
      expect(of(open(path, off(everybody, absent)), expected[0])).toEqual([expected]);
    },
  );
  it.each(openings)("%s with its owner on duty: nobody stands in for anybody", (path) => {
    expect(open(path, everybody).every(({ standsInFor }) => standsInFor === null)).toBe(true);
  });
  it("who holds the owner role off duty and stands in for it on duty as its backup is told by the stronger claim", () => {
    const both: Roster = [person("pavel", ["product_owner", "security"], ["security"])];
    expect(told(open("policy_denial", both))).toEqual([["pavel", "action", "product_owner", "A"]]);
  });
});

describe("a person with several roles", () => {
  it.each<[string, Role[], EscalationPath, Told]>([
    [
      "acts where another role is only informed",
      ["stakeholder", "operator"],
      "policy_denial",
      ["maya", "action", "operator", "R"],
    ],
    [
      "is consulted where another role is only informed",
      ["tech_lead", "security"],
      "policy_denial",
      ["maya", "consult", "security", "C"],
    ],
    [
      "is told once where two roles act",
      ["operator", "tech_lead"],
      "contract_drift",
      ["maya", "action", "tech_lead", "R"],
    ],
    ["holding all of them", [...roles], "policy_denial", ["maya", "action", "product_owner", "A"]],
  ])("%s", (_, held, path, expected) => {
    expect(told(open(path, [person("maya", held)]))).toEqual([expected]);
    // On duty, too; for whom she then stands in is told above.
    expect(told(open(path, [person("maya", held, held)]).map((notice) => ({ ...notice, standsInFor: null })))).toEqual([
      expected,
    ]);
  });
});

describe("who hears that time passed", () => {
  const pass = (item: Escalation, minutes: number, roster = everybody) => {
    const { happened, item: after } = passTime(item, at(minutes));
    const notices = tell(tellsOfTime(happened, paths[item.path].activity), after, roster);
    return notices.map(({ step, personId, kind, letter, activity }) => [step, personId, kind, letter, activity]);
  };
  const breach = ["breach", "paula", "action", "A", "escalation"];

  it.each<[string, Escalation, minutes: number, string[][]]>([
    ["a policy denial past its SLA", opened("policy_denial"), 31, [breach]],
    [
      "drift not investigated",
      opened("contract_drift"),
      61,
      [["missed-investigate", "tessa", "action", "R", "drift"], breach],
    ],
    [
      "an integrity failure (P1) without a root cause",
      opened("integrity", "P1"),
      121,
      [
        ["missed-root cause", "tessa", "action", "R", "audit"],
        ["missed-root cause", "sami", "action", "R", "audit"],
        breach,
      ],
    ],
    [
      "a P1 that nobody took",
      opened("incident", "P1"),
      16,
      [
        ["missed-first response", "tessa", "action", "R", "observation"],
        ["missed-first response", "sami", "informed", "I", "observation"],
        breach,
      ],
    ],
    [
      "a P2 that nobody took",
      opened("incident", "P2"),
      31,
      [["missed-first response", "tessa", "action", "R", "observation"], breach],
    ],
    [
      "a P2 that was taken, after an hour",
      claimedBy("olga", opened("incident", "P2"), 9999),
      61,
      [["raised-1", "tessa", "action", "R", "observation"]],
    ],
    [
      "a P2 that was taken, after four hours",
      passTime(claimedBy("olga", opened("incident", "P2"), 9999), at(61)).item,
      241,
      [["raised-2", "paula", "action", "A", "observation"]],
    ],
    ["a P4 that nobody took: nobody, but who signs it off", opened("incident", "P4"), 1441, [breach]],
    [
      "a quiet claim: who may work on it, the former holder once among them",
      claimedBy("olga", opened("contract_drift")),
      15,
      [
        ["returned", "tessa", "action", "R", "drift"],
        ["returned", "olga", "action", "R", "drift"],
      ],
    ],
    [
      "a quiet claim of the accountable: they hear of it too",
      claimedBy("paula", opened("policy_denial")),
      15,
      [
        ["returned", "olga", "action", "R", "escalation"],
        ["returned", "paula", "action", "A", "escalation"],
      ],
    ],
    [
      "a quiet claim of who is off duty by now: they hear of it too",
      claimedBy("omar", opened("policy_denial")),
      15,
      [
        ["returned", "olga", "action", "R", "escalation"],
        ["returned", "omar", "action", "R", "escalation"],
      ],
    ],
  ])("%s", (_, item, minutes, expected) => {
    expect(pass(item, minutes)).toEqual(expected);
  });
  it("a night noticed at once tells each person each thing once", () => {
    expect(pass(opened("contract_drift"), 300)).toEqual([
      ["missed-investigate", "tessa", "action", "R", "drift"],
      breach,
      ["missed-remediate", "tessa", "action", "R", "drift"],
    ]);
  });
  it("with nobody on duty as the role, everybody who holds it", () => {
    const two: Roster = [
      person("tessa", ["tech_lead"]),
      person("timo", ["tech_lead"]),
      person("paula", ["product_owner"]),
    ];
    expect(pass(opened("contract_drift"), 61, two)).toEqual([
      ["missed-investigate", "tessa", "action", "R", "drift"],
      ["missed-investigate", "timo", "action", "R", "drift"],
      breach,
    ]);
  });
  it("an item that alerts of no breach tells whom its clock names, and no breach", () => {
    const quiet = opened("contract_drift");
    const item = { ...quiet, clocks: quiet.clocks.map((one) => ({ ...one, alert: false })) };
    expect(pass(item, 61)).toEqual([["missed-investigate", "tessa", "action", "R", "drift"]]);
  });
});

describe("who hears of an act", () => {
  it("a P1: Tech Lead, Product Owner and Security, at once", () => {
    const tells = [raisedTell(1, ["tech_lead", "product_owner", "security"], "observation")];
    expect(told(tell(tells, opened("incident", "P1")))).toEqual([
      ["paula", "action", "product_owner", "A"],
      ["sami", "informed", "security", "I"],
      ["tessa", "action", "tech_lead", "R"],
    ]);
  });
  it("an integrity failure: Security, at once, to act", () => {
    expect(told(tell([raisedTell(1, ["security"], "audit")], opened("integrity", "P2")))).toEqual([
      ["sami", "action", "security", "R"],
    ]);
  });
  it("an adapter change: the Product Owner, to decide on contracts, although drift only informs them", () => {
    const { level, to, activity } = paths.contract_drift.adapterChange!;
    expect(tell([raisedTell(level, to, activity)], opened("contract_drift"))).toMatchObject([
      {
        personId: "paula",
        step: "raised-2",
        kind: "action",
        role: "product_owner",
        letter: "A",
        activity: "contracts",
      },
    ]);
  });
  it.each<[string, Role[], EscalationPath, Told[]]>([
    ["who acts", ["operator"], "policy_denial", [["maya", "action", "operator", "R"]]],
    [
      "by the strongest of their letters",
      ["stakeholder", "operator", "product_owner"],
      "policy_denial",
      [["maya", "action", "product_owner", "A"]],
    ],
    [
      "the consulted before the informed",
      ["tech_lead", "security"],
      "policy_denial",
      [["maya", "consult", "security", "C"]],
    ],
    ["nobody, who lost every role", [], "policy_denial", []],
  ])("an assignment: the person named alone, on duty or not: %s", (_, held, path, expected) => {
    expect(
      told(tell([assignedTell("maya", paths[path].activity)], opened(path), [...everybody, person("maya", held)])),
    ).toEqual(expected);
  });
  it("an assignment to nobody known: nobody", () => {
    expect(tell([assignedTell("gone", "drift")], opened("contract_drift"))).toEqual([]);
  });
  it("who assigned it to themselves hears nothing", () => {
    expect(
      decideNotices([assignedTell("olga", "drift")], {
        ...facts(opened("contract_drift"), everybody),
        exceptId: "olga",
      }),
    ).toEqual([]);
  });
  it("who is routed a new item is told of its opening only", () => {
    const roster = off(everybody, "product_owner");
    const item = opened("policy_denial");
    const notices = decideNotices([raisedTell(1, ["tech_lead"], "escalation")], {
      ...facts(item, roster),
      routed: routedBy(route("governance", roster), "policy_denial"),
    });
    expect(notices.map(({ personId }) => personId)).toEqual(reach("tech_lead", roster).people.map(({ id }) => id));
  });
});

describe("like notices fold", () => {
  const key = (item: Escalation, tells: Tell[] = [openedTell("escalation")]) => tell(tells, item)[0]!.foldKey;
  const item = opened("policy_denial");

  it("of the same path, owner and reason, whatever the run", () => {
    expect(key({ ...item, id: "e2", subject: "run_2", runId: "run_2" })).toBe(key(item));
  });
  it.each<[string, string]>([
    ["another step", key(item, [raisedTell(1, ["product_owner"], "escalation")])],
    ["another path", key({ ...item, path: "incident" })],
    ["another owner", key({ ...item, owner: "ben:shop" })],
    ["no owner", key({ ...item, owner: null })],
    ["another reason", key({ ...item, reason: "Drift budget exceeded" })],
  ])("not those of %s", (_, other) => {
    expect(other).not.toBe(key(item));
  });
});

describe("an item that is raised when it opens", () => {
  it("is told once to whom it was raised to, and to the others as opened", () => {
    const got = decideNotices([openedTell("audit"), raisedTell(1, ["security"], "audit")], {
      ...facts(opened("integrity"), everybody),
      routed: routedBy(route("compliance", everybody), "integrity"),
    });
    expect(got.map(({ personId, step }) => `${personId} ${step}`).sort()).toEqual([
      "olga opened",
      "paula opened",
      "sami raised-1",
      "stella opened",
      "tessa opened",
    ]);
  });
});

it("who acts is told nothing of it, but that a breach waits for their sign-off", () => {
  const { happened, item } = passTime(opened("policy_denial"), at(31));
  const got = decideNotices(tellsOfTime(happened, "escalation"), { ...facts(item, everybody), exceptId: "paula" });
  expect(got.map(({ personId, step }) => [personId, step])).toEqual([["paula", "breach"]]);
});

it("what is urgent is marked so, for everybody who hears of it: a missed SLA, an integrity failure, a P1", () => {
  const { happened, item } = passTime(opened("policy_denial"), at(31));
  const urgent = (notices: readonly NewNotice[]) => [...new Set(notices.map((notice) => notice.urgent))];
  expect(urgent(tell(tellsOfTime(happened, "escalation"), item))).toEqual([true]);
  expect(urgent(open("integrity", everybody))).toEqual([true]);
  expect(urgent(tell([openedTell("escalation")], { ...opened("incident"), severity: "P1" }))).toEqual([true]);
  expect(urgent(tell([openedTell("escalation")], { ...opened("incident"), severity: "P3" }))).toEqual([false]);
  expect(urgent(open("policy_denial", everybody))).toEqual([false]);
});
