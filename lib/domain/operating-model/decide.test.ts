import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actions, type PersonActionId } from "./actions";
import { decide, lettersThatMay, rolesThatMay, type PersonActor } from "./decide";
import { type activities, matrix } from "./matrix";
import { operatingModel } from "./model";
import { roles, type Duty, type Role } from "./roles";

const person = (...held: Role[]): PersonActor => ({ kind: "person", id: "0197", name: "Somebody", roles: held });
const may = (action: PersonActionId, ...held: Role[]) => decide(operatingModel, action, person(...held));
const personActions = Object.keys(actions).filter((id) => actions[id as keyof typeof actions].activity) as PersonActionId[];

describe("which letters may carry out a duty", () => {
  it.each<[Duty, Role[]]>([
    ["decide", ["product_owner"]],
    ["perform", ["product_owner", "operator"]],
    ["advise", ["product_owner", "operator", "security"]],
    ["view", [...roles]],
  ])("escalation queue, %s: %j", (duty, who) => {
    expect(rolesThatMay(operatingModel, "escalation", duty)).toEqual(who);
  });
  it.each<[(typeof activities)[number], Role[]]>([
    ["drift", ["tech_lead", "operator"]],
    ["audit", ["tech_lead", "security"]],
    ["recovery", ["tech_lead", "operator"]],
    ["override", ["product_owner"]],
  ])("who decides on %s: its A, or its R roles where it has no A", (activity, who) => {
    expect(rolesThatMay(operatingModel, activity, "decide")).toEqual(who);
  });
});

describe("who may do what", () => {
  it.each<[PersonActionId, Role, boolean]>([
    ["escalation.resolve", "operator", true],
    ["escalation.resolve", "product_owner", true],
    ["escalation.resolve", "tech_lead", false],
    ["escalation.resolve", "security", false],
    ["escalation.resolve", "stakeholder", false],
    ["escalation.claim", "operator", true],
    ["escalation.claim", "stakeholder", false],
    ["escalation.view", "stakeholder", true],
    ["audit.verify", "operator", false],
    ["audit.verify", "security", true],
    ["audit.verify", "tech_lead", true],
  ])("%s by %s: %s", (action, role, allowed) => {
    expect(may(action, role).allowed).toBe(allowed);
  });

  it("records the role and letter that granted it, and whom to consult and inform", () => {
    expect(may("escalation.resolve", "stakeholder", "operator")).toMatchObject({
      allowed: true,
      role: "operator",
      letter: "R",
      consult: ["security"],
      inform: ["tech_lead", "stakeholder"],
      grant: { action: "escalation.resolve", role: "operator", letter: "R", modelVersion: operatingModel.version },
    });
  });
  it("says whose it is when it refuses", () => {
    const refused = may("escalation.resolve", "stakeholder");
    expect(refused).toMatchObject({ allowed: false, whoCan: ["product_owner", "operator"] });
    expect(!refused.allowed && refused.because).toMatch(/^Product Owner or Operator can do this; Stakeholder is Informed \(I\) on/);
  });
  it.each([
    ["nobody signed in", () => decide(operatingModel, "escalation.view", null)],
    ["a person without a role", () => may("escalation.view")],
    ["an unknown role", () => decide(operatingModel, "escalation.view", { ...person(), roles: ["admin" as Role] })],
    ["an unknown action", () => decide(operatingModel, "escalation.erase" as PersonActionId, person(...roles))],
    ["a name every object has", () => decide(operatingModel, "constructor" as PersonActionId, person(...roles))],
    ["what only the cockpit itself does", () => decide(operatingModel, "escalation.sync" as PersonActionId, person(...roles))],
  ])("%s: no", (_, ask) => {
    expect(ask().allowed).toBe(false);
  });
});

describe("for any person and any action", () => {
  it("a yes always rests on one of the person's own roles with a letter that may, a no never hides one", () => {
    fc.assert(
      fc.property(fc.constantFrom(...personActions), fc.subarray([...roles]), (action, held) => {
        const { activity, duty } = actions[action];
        const letters = lettersThatMay(operatingModel, activity, duty);
        const some = held.some((role) => letters.includes(matrix[activity][role]));
        const decision = may(action, ...held);
        expect(decision.allowed).toBe(some);
        if (decision.allowed) {
          expect(held).toContain(decision.role);
          expect(matrix[activity][decision.role]).toBe(decision.letter);
        }
      }),
    );
  });
});
