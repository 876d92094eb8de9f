import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actions, itemActions, type ActionId, type ItemActionId, type PersonActionId } from "./actions";
import { decide, decideAnywhere, lettersThatMay, rolesThatMay, type Decision, type PersonActor } from "./decide";
import { type activities, matrix, type Activity } from "./matrix";
import { operatingModel } from "./model";
import { escalationPaths, type EscalationPath } from "./paths";
import { roles, type Duty, type Role } from "./roles";

const person = (...held: Role[]): PersonActor => ({ kind: "person", id: "0197", name: "Somebody", roles: held });
const isItemAction = (action: PersonActionId): action is ItemActionId =>
  (itemActions as readonly string[]).includes(action);
/** `path` matters to what is done to an item only. */
const ask = (action: PersonActionId, path: EscalationPath, actor: PersonActor | null): Decision =>
  isItemAction(action) ? decide(operatingModel, action, actor, path) : decide(operatingModel, action, actor);
const may = (action: PersonActionId, path: EscalationPath, ...held: Role[]) => ask(action, path, person(...held));
const personActions = Object.keys(actions).filter((id) => actions[id as ActionId].activity) as PersonActionId[];

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

/** Who may work on an item, and who may say something about it, by its path. By hand, from the matrix: R and A; C, R and A. */
const works: Record<EscalationPath, Role[]> = {
  policy_denial: ["product_owner", "operator"],
  contract_drift: ["tech_lead", "operator"],
  integrity: ["tech_lead", "security"],
  incident: ["product_owner", "tech_lead", "operator"],
};
const speaks: Record<EscalationPath, Role[]> = {
  policy_denial: ["product_owner", "operator", "security"],
  contract_drift: ["tech_lead", "operator"],
  integrity: ["tech_lead", "security", "stakeholder"],
  incident: ["product_owner", "tech_lead", "operator"],
};

const ofItems: Record<ItemActionId, Record<EscalationPath, Role[]>> = {
  "escalation.open": works,
  "escalation.claim": works,
  "escalation.assign": works,
  "escalation.release": works,
  "escalation.report": works,
  "escalation.resolve": works,
  "escalation.cancel": works,
  "escalation.reopen": works,
  "escalation.retry": works,
  "escalation.add-again": works,
  "escalation.comment": speaks,
  "escalation.advise": speaks,
};
const others: Record<Exclude<PersonActionId, ItemActionId>, Role[]> = {
  "escalation.view": [...roles],
  "escalation.sign-off": ["product_owner"],
  "override.view": [...roles],
  "override.export": [...roles],
  "override.request": ["product_owner", "operator"],
  "override.advise": ["product_owner", "operator", "security"],
  "override.decide": ["product_owner"],
  "override.withdraw": ["product_owner", "operator"],
  "override.revoke": ["product_owner", "operator"],
  "override.delegate": ["product_owner"],
  "finding.settle": ["product_owner"],
  "view.keep": [...roles],
  "inbox.read": [...roles],
  "inbox.set-email": [...roles],
  "duty.view": [...roles],
  "duty.take": [...roles],
  "duty.leave": [...roles],
  "operating-model.view": [...roles],
  "source.view": [...roles],
  "drift.view": [...roles],
  "drift.sweep": ["tech_lead", "operator"],
  "drift.investigate": ["tech_lead", "operator"],
  "drift.decide": ["tech_lead", "operator"],
  "drift.finish": ["tech_lead", "operator"],
  "drift.decide-change": ["product_owner"],
  "drift.decide-waiver": ["product_owner"],
  "audit.verify": ["tech_lead", "security"],
};

const table = [
  ...itemActions.flatMap((action) => escalationPaths.map((path) => [action, path, ofItems[action][path]] as const)),
  ...(Object.keys(others) as (keyof typeof others)[]).flatMap((action) =>
    escalationPaths.map((path) => [action, path, others[action]] as const),
  ),
];

describe("who may do what", () => {
  it("is written down for every action that people do, and no other", () => {
    expect([...Object.keys(ofItems), ...Object.keys(others)].sort()).toEqual([...personActions].sort());
  });
  it("and which of them only look, is too", () => {
    const looks = (Object.keys(actions) as ActionId[]).filter((id) => "reads" in actions[id]);
    expect(looks.sort()).toEqual([
      "audit.verify",
      "drift.view",
      "duty.view",
      "escalation.view",
      "inbox.read",
      "operating-model.view",
      "override.view",
      "source.view",
    ]);
  });
  describe.each(table)("%s, %s", (action, path, who) => {
    it.each(roles.filter((role) => who.includes(role)).map((role) => [role]))("%s may", (role) => {
      expect(may(action, path, role)).toMatchObject({ allowed: true, role, grant: { action, role } });
    });
    it.each(roles.filter((role) => !who.includes(role)).map((role) => [role]))(
      "%s may not, and is told who can",
      (role) => {
        expect(may(action, path, role)).toMatchObject({ allowed: false, whoCan: who });
      },
    );
    it("who may not do it by any one role may not do it by all of them", () => {
      expect(may(action, path, ...roles.filter((role) => !who.includes(role))).allowed).toBe(false);
    });
    it("nobody may without being signed in", () => {
      expect(ask(action, path, null)).toEqual({
        allowed: false,
        action,
        actor: null,
        because: "Nobody is signed in.",
        whoCan: who,
        modelVersion: operatingModel.version,
      });
    });
  });

  it("records the role and letter that granted it, and whom to consult and inform", () => {
    expect(may("escalation.resolve", "policy_denial", "stakeholder", "operator")).toMatchObject({
      allowed: true,
      role: "operator",
      letter: "R",
      consult: ["security"],
      inform: ["tech_lead", "stakeholder"],
      grant: { action: "escalation.resolve", role: "operator", letter: "R", modelVersion: operatingModel.version },
    });
  });
  it("consults and informs by the path's own row", () => {
    expect(may("escalation.resolve", "integrity", "security")).toMatchObject({
      role: "security",
      letter: "R",
      consult: ["stakeholder"],
      inform: ["product_owner", "operator"],
    });
    expect(may("escalation.resolve", "contract_drift", "operator")).toMatchObject({
      consult: [],
      inform: ["product_owner", "security", "stakeholder"],
    });
  });
  it.each<[PersonActionId, EscalationPath, Role[], Role]>([
    ["escalation.resolve", "policy_denial", ["product_owner", "operator"], "operator"],
    ["escalation.comment", "policy_denial", ["product_owner", "operator", "security"], "security"],
    ["escalation.sign-off", "policy_denial", ["operator", "product_owner"], "product_owner"],
    ["escalation.view", "policy_denial", ["stakeholder", "product_owner"], "product_owner"],
    ["override.request", "policy_denial", ["product_owner", "operator"], "operator"],
    ["override.advise", "policy_denial", ["product_owner", "security"], "security"],
    ["override.decide", "policy_denial", ["operator", "product_owner", "security"], "product_owner"],
    ["escalation.resolve", "incident", ["product_owner", "tech_lead", "operator"], "tech_lead"],
  ])("%s, %s, by somebody who is %j: as %s", (action, path, held, role) => {
    expect(may(action, path, ...held)).toMatchObject({ allowed: true, role });
  });
  it("says whose it is when it refuses", () => {
    const refused = may("escalation.resolve", "policy_denial", "stakeholder");
    expect(!refused.allowed && refused.because).toBe(
      "Product Owner or Operator can do this; Stakeholder is Informed (I) on “Escalation queue (govern escalate)”.",
    );
    const elsewhere = may("escalation.resolve", "integrity", "operator");
    expect(!elsewhere.allowed && elsewhere.because).toBe(
      "Tech Lead or Security/Compliance can do this; Operator is Informed (I) on “Audit trail & integrity”.",
    );
  });
  it.each<[string, () => Decision]>([
    ["a person without a role", () => may("escalation.view", "policy_denial")],
    ["an unknown role", () => decide(operatingModel, "escalation.view", { ...person(), roles: ["admin" as Role] })],
    ["an unknown action", () => decide(operatingModel, "escalation.erase" as "escalation.view", person(...roles))],
    ["a name every object has", () => decide(operatingModel, "constructor" as "escalation.view", person(...roles))],
    [
      "what only the cockpit itself does",
      () => decide(operatingModel, "escalation.sync" as "escalation.view", person(...roles)),
    ],
    [
      "what is done to an item, without its path",
      () => decide(operatingModel, "escalation.claim" as "escalation.view", person(...roles)),
    ],
    [
      "what is done to an item of an unknown path",
      () => decide(operatingModel, "escalation.claim", person(...roles), "outage" as EscalationPath),
    ],
    [
      "what is done to an item of a path by a name every object has",
      () => decide(operatingModel, "escalation.claim", person(...roles), "constructor" as EscalationPath),
    ],
  ])("%s: no", (_, asked) => {
    expect(asked().allowed).toBe(false);
  });
  it.each(Object.keys(actions).filter((id) => !actions[id as ActionId].activity))(
    "%s: no person may, whatever they hold",
    (id) => {
      expect(decide(operatingModel, id as "escalation.view", person(...roles))).toMatchObject({
        allowed: false,
        whoCan: [],
      });
    },
  );
});

describe("before anything is known of what somebody asks", () => {
  const cases = personActions.flatMap((action) =>
    roles.map((role) => [action, role, escalationPaths.some((path) => may(action, path, role).allowed)] as const),
  );
  it.each(cases)("%s, %s: let on to the path when some path allows it (%s)", (action, role, some) => {
    expect(decideAnywhere(operatingModel, action, person(role)).allowed).toBe(some);
  });
  it("by hand: work on items is nobody's who is only informed of all four, and nobody's who is not signed in", () => {
    const anywhere = (...held: Role[]) => decideAnywhere(operatingModel, "escalation.resolve", person(...held)).allowed;
    expect(roles.filter((role) => anywhere(role))).toEqual(roles.filter((role) => role !== "stakeholder"));
    expect([anywhere(), decideAnywhere(operatingModel, "escalation.resolve", null).allowed]).toEqual([false, false]);
    expect(decideAnywhere(operatingModel, "escalation.erase" as "escalation.view", person(...roles)).allowed).toBe(
      false,
    );
  });
});

describe("for any person and any action", () => {
  const activityOf: Record<EscalationPath, Activity> = {
    policy_denial: "escalation",
    contract_drift: "drift",
    integrity: "audit",
    incident: "observation",
  };

  it("a yes always rests on one of the person's own roles with a letter that may, a no never hides one", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...personActions),
        fc.constantFrom(...escalationPaths),
        fc.subarray([...roles]),
        (action, path, held) => {
          const { activity, duty } = actions[action];
          const row = activity === "path" ? activityOf[path] : activity;
          const letters = lettersThatMay(operatingModel, row, duty);
          const some = held.some((role) => letters.includes(matrix[row][role]));
          const decision = may(action, path, ...held);
          expect(decision.allowed).toBe(some);
          if (decision.allowed) {
            expect(held).toContain(decision.role);
            expect(matrix[row][decision.role]).toBe(decision.letter);
          }
        },
      ),
    );
  });
});
