import { describe, expect, test } from "vitest";
import { isAhead, sayComesNext, sayHears, sayReach, sayReaches, sayRelated, sayRoute } from "./prepare-reach";

const paula = { id: "p", name: "Paula" };
const sam = { id: "s", name: "Sam" };
const po = { role: "product_owner", letter: "A", onDuty: true, people: [paula] } as const;
const security = { role: "security", letter: "C", onDuty: false, people: [sam, paula] } as const;
const mutable = <T>(value: T) => structuredClone(value) as never;

describe("whom a word to a role reaches at this moment", () => {
  test("who is on duty", () => expect(sayReach(mutable(po))).toBe("the Product Owner on duty, Paula"));
  test("everybody who holds it while nobody is", () =>
    expect(sayReach(mutable(security))).toBe(
      "everybody who is Security/Compliance (Sam, Paula), as nobody is on duty as it",
    ));
  test("a role that nobody holds is said", () =>
    expect(sayReach({ role: "stakeholder", onDuty: false, people: [] })).toBe(
      "no Stakeholder: nobody holds that role",
    ));
  test("in the list of who hears, in short", () => {
    expect(sayHears(mutable(po))).toBe("Product Owner: Paula, on duty");
    expect(sayHears(mutable(security))).toBe("Security/Compliance: Sam, Paula, nobody on duty");
    expect(sayHears({ role: "stakeholder", onDuty: false, people: [] })).toBe("Stakeholder: nobody holds that role");
  });
  test("several are one phrase", () => {
    expect(sayReaches(mutable([po, security]))).toBe(
      "the Product Owner on duty, Paula; and everybody who is Security/Compliance (Sam, Paula), as nobody is on duty as it",
    );
    expect(sayReaches([])).toBe("nobody");
  });
});

describe("where a new item went", () => {
  test.each([
    [
      "the owner role",
      { role: "product_owner", person: paula, backup: false, standsInFor: null },
      "Governance: Product Owner Paula, on duty when it opened",
    ],
    [
      "the backup, and it says so",
      { role: "security", person: sam, backup: true, standsInFor: "product_owner" },
      "Governance: nobody was on duty as Product Owner, so it went to the backup, Security/Compliance Sam",
    ],
    [
      "nobody on duty at all",
      { role: "product_owner", person: null, backup: false, standsInFor: null },
      "Governance: nobody was on duty, so it went to everybody who is Product Owner",
    ],
  ] as const)("%s", (_, route, says) => expect(sayRoute(route, "policy_denial")).toBe(says));
});

describe("what comes next", () => {
  const at = "2026-02-10T09:30:00.001Z";
  const item = { level: 0, claimedBy: null };
  test.each([
    [
      "a missed clock that raises",
      { what: "miss", clock: "resolve", level: 1, reaches: [po] },
      item,
      "the SLA clock “resolve” is missed, and the item rises to level 1. It would reach the Product Owner on duty, Paula.",
    ],
    [
      "a missed clock at its level already",
      { what: "miss", clock: "remediate", level: 1, reaches: [po] },
      { ...item, level: 1 },
      "the SLA clock “remediate” is missed. It would reach the Product Owner on duty, Paula.",
    ],
    [
      "a missed clock that reaches nobody",
      { what: "miss", clock: "resolution", level: 0, reaches: [] },
      item,
      "the SLA clock “resolution” is missed. It reaches nobody more; it waits for the sign-off as a breach.",
    ],
    [
      "a step of the ladder",
      { what: "raise", clock: "tell the Tech Lead", level: 1, reaches: [po] },
      item,
      "the next step is due, “tell the Tech Lead”, and the item rises to level 1. It would reach the Product Owner on duty, Paula.",
    ],
    [
      "a claim that goes quiet",
      { what: "return-claim", clock: null, level: 0, reaches: [po] },
      { ...item, claimedBy: sam },
      "the claim of Sam returns to the queue, unless they do something. It would reach the Product Owner on duty, Paula.",
    ],
  ] as const)("%s", (_, next, of, says) => expect(sayComesNext(mutable({ at, ...next }), of)).toBe(says));

  test("is announced until its instant", () => {
    const comesNext = { at, what: "miss", clock: "resolve", level: 1, reaches: [] } as const;
    expect(isAhead(mutable({ comesNext }), Date.parse(at) - 1)).toBe(true);
    expect(isAhead(mutable({ comesNext }), Date.parse(at))).toBe(false);
    expect(isAhead({ comesNext: null }, 0)).toBe(false);
  });
});

test("related items say why", () =>
  expect(sayRelated({ because: ["run", "reason"] })).toBe("the same run, the same reason"));
