import { describe, expect, it } from "vitest";
import type { Roster } from "@/lib/kernel/notice/roster";
import { operatingModel } from "@/lib/model/model";
import { at, claimedBy, onClocks, clock, opened } from "@/lib/testing/items";
import { comesNext, hearsOf } from "./comes-next";

const person = (id: string, roles: Roster[number]["roles"], onDuty: Roster[number]["onDuty"] = []) => ({
  id,
  name: id,
  roles,
  onDuty,
});
const roster: Roster = [
  person("petra", ["product_owner"]),
  person("paul", ["product_owner"], ["product_owner"]),
  person("theo", ["tech_lead"]),
  person("olga", ["operator"]),
  person("omar", ["operator"]),
];
const around = { model: operatingModel, roster };
const olga = { id: "olga", name: "olga" };
const omar = { id: "omar", name: "omar" };
const paul = { role: "product_owner", letter: "A", onDuty: true, people: [{ id: "paul", name: "paul" }] };

describe("what comes next, and whom it would reach now", () => {
  it("is a policy denial's SLA: the Product Owner on duty", () => {
    expect(comesNext(opened("policy_denial"), at(1), around)).toEqual({
      at: at(30, 1),
      what: "miss",
      clock: "resolve",
      level: 1,
      reaches: [paul],
    });
  });
  it("of drift reaches everybody who is Tech Lead, and alerts who signs the breach off", () => {
    expect(comesNext(opened("contract_drift"), at(1), around)).toMatchObject({
      at: at(60, 1),
      clock: "investigate",
      reaches: [{ role: "tech_lead", letter: "R", onDuty: false, people: [{ id: "theo" }] }, paul],
    });
  });
  it("is the return of a claim where that is sooner: everybody who works on such items", () => {
    expect(comesNext(claimedBy("olga", opened("policy_denial")), at(1), around)).toEqual({
      at: at(15),
      what: "return-claim",
      clock: null,
      level: 0,
      reaches: [{ role: "operator", letter: "R", onDuty: false, people: [olga, omar] }],
    });
  });
  it("is what is due already, since when it was", () => {
    expect(comesNext(opened("policy_denial"), at(45), around)).toMatchObject({ at: at(30), what: "miss" });
  });
  it("is a step of the ladder; without an alert only whom the clock names", () => {
    const item = onClocks([
      clock("tell the Tech Lead", 60, { kind: "ladder", alert: false }),
      clock("resolution", 480, { alert: false, level: 2 }),
    ]);
    expect(comesNext(item, at(0), around)).toMatchObject({
      what: "raise",
      clock: "tell the Tech Lead",
      level: 1,
      reaches: [{ role: "tech_lead" }],
    });
  });
  it("is nothing once it is closed, or every clock was heard", () => {
    expect(comesNext({ ...opened("policy_denial"), status: "resolved" }, at(45), around)).toBeNull();
    expect(comesNext(onClocks([clock("resolve", 30, { firedAt: at(30, 1) })]), at(45), around)).toBeNull();
  });
});

it("names everybody who hears of an item, by letter: who acts, who is accountable, who is consulted, who is informed", () => {
  expect(hearsOf("policy_denial", around).map(({ role, letter, people }) => [letter, role, people.length])).toEqual([
    ["R", "operator", 2],
    ["A", "product_owner", 1],
    ["C", "security", 0],
    ["I", "tech_lead", 1],
    ["I", "stakeholder", 0],
  ]);
});
