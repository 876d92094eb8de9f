import { expect, test } from "vitest";
import type { DutyView } from "@/lib/areas/duty/page-port";
import { colleaguesFor, sayColleague } from "./prepare-colleagues";

const olga = { id: "olga", name: "Olga Operator" };
const tara = { id: "tara", name: "Tara Lead" };
const both = { id: "both", name: "Bo Both" };
const stan = { id: "stan", name: "Stan Holder" };

const duty: DutyView = [
  { role: "product_owner", person: null, since: null, holders: [] },
  { role: "tech_lead", person: tara, since: "2026-02-10T09:00:00.000Z", holders: [both, tara] },
  { role: "operator", person: null, since: null, holders: [both, olga] },
  { role: "security", person: null, since: null, holders: [] },
  { role: "stakeholder", person: null, since: null, holders: [stan] },
];
const names = (...paths: Parameters<typeof colleaguesFor>[1]) => colleaguesFor(duty, paths).map(({ name }) => name);

test("only who may work on such items by the matrix is offered: on denials the Operators, on integrity failures the Tech Leads", () => {
  expect(names("policy_denial")).toEqual(["Bo Both", "Olga Operator"]);
  expect(names("integrity")).toEqual(["Tara Lead", "Bo Both"]);
});

test("for items of several paths, only who may work on all of them", () => {
  expect(names("policy_denial", "integrity")).toEqual(["Bo Both"]);
  expect(names("policy_denial", "contract_drift")).toEqual(["Bo Both", "Olga Operator"]);
});

test("a colleague is named with their roles, and whether they are on duty", () => {
  const [first, second] = colleaguesFor(duty, ["contract_drift"]);
  expect(sayColleague(first!, "olga")).toBe("Tara Lead · Tech Lead, on duty");
  expect(sayColleague(second!, "both")).toBe("Bo Both (you) · Tech Lead, Operator");
});
