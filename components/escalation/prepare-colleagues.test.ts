import { expect, test } from "vitest";
import type { DutyView } from "@/lib/areas/duty/page-port";
import type { EscalationPath } from "@/lib/model/paths";
import { colleaguesFor, sayColleague } from "./prepare-colleagues";
import type { Rights } from "./prepare-selection";

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
/** As the matrix has it: on a denial R and A, on drift and integrity the two R, on an incident all three. */
const workers: Rights["workers"] = {
  policy_denial: ["product_owner", "operator"],
  contract_drift: ["tech_lead", "operator"],
  integrity: ["tech_lead", "security"],
  incident: ["product_owner", "tech_lead", "operator"],
};
const names = (...paths: EscalationPath[]) => colleaguesFor(duty, workers, paths).map(({ name }) => name);

test("only who may work on such items by the matrix is offered: on denials the Operators, on integrity failures the Tech Leads", () => {
  expect(names("policy_denial")).toEqual(["Bo Both", "Olga Operator"]);
  expect(names("integrity")).toEqual(["Tara Lead", "Bo Both"]);
});

test("for items of several paths, only who may work on all of them", () => {
  expect(names("policy_denial", "integrity")).toEqual(["Bo Both"]);
  expect(names("policy_denial", "contract_drift")).toEqual(["Bo Both", "Olga Operator"]);
});

test("a colleague is named with their roles, and whether they are on duty", () => {
  const [first, second] = colleaguesFor(duty, workers, ["contract_drift"]);
  expect(sayColleague(first!, "olga")).toBe("Tara Lead · Tech Lead, on duty");
  expect(sayColleague(second!, "both")).toBe("Bo Both (you) · Tech Lead, Operator");
});
