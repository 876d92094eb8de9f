import { describe, expect, it } from "vitest";
import { decide, grantSelf, refuse, type PersonActor } from "@/lib/model/decide";
import { grantSystem, refuseStranger } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { toAuditEvent } from "./act-event";

const olga: PersonActor = { kind: "person", id: "p1", name: "Olga", roles: ["operator"] };
const stan: PersonActor = { kind: "person", id: "p2", name: "Stan", roles: ["stakeholder"] };
const where = { at: new Date("2026-03-01T10:00:00.000Z"), requestId: "r1", subject: { kind: "escalation", id: "e1" } };
const said = {
  at: "2026-03-01T10:00:00.000Z",
  requestId: "r1",
  subject: { kind: "escalation", id: "e1" },
  model: operatingModel.version,
};
const asked = (who: PersonActor | null) => decide(operatingModel, "escalation.claim", who, "policy_denial");

describe("the chain's event", () => {
  it("of what a person did says by which role and letter, as their grant does", () => {
    const decision = asked(olga);
    if (!decision.allowed) throw new Error(decision.because);
    expect(
      toAuditEvent({ ...where, grant: decision.grant, before: { status: "open" }, after: { status: "claimed" } }),
    ).toEqual({
      ...said,
      action: "escalation.claim",
      outcome: "done",
      actor: { kind: "person", id: "p1", name: "Olga" },
      role: "operator",
      letter: "R",
      before: { status: "open" },
      after: { status: "claimed" },
      because: null,
    });
  });

  it("of what the cockpit did by itself names its part, and no role", () => {
    const grant = grantSystem(operatingModel, "escalation.escalate", "The clock");
    expect(toAuditEvent({ ...where, grant, before: null, after: { level: 1 } })).toEqual({
      ...said,
      action: "escalation.escalate",
      outcome: "done",
      actor: { kind: "system", id: "system", name: "The clock" },
      role: null,
      letter: null,
      before: null,
      after: { level: 1 },
      because: null,
    });
  });

  it("of coming and going names the person, and no role", () => {
    const grant = grantSelf(operatingModel, "session.sign-in", olga);
    expect(toAuditEvent({ ...where, grant, before: null, after: null })).toMatchObject({
      action: "session.sign-in",
      outcome: "done",
      actor: { kind: "person", id: "p1" },
      role: null,
      letter: null,
    });
  });

  it.each([
    [
      "by the matrix",
      asked(stan),
      "p2",
      "Product Owner or Operator can do this; Stakeholder is Informed (I) on “Escalation queue (govern escalate)”.",
    ],
    [
      "by another rule",
      refuse(operatingModel, "escalation.claim", olga, "The input cannot be used."),
      "p1",
      "The input cannot be used.",
    ],
    ["of nobody", asked(null), null, "Nobody is signed in."],
  ])("of what was refused, %s, says to whom and why, and that nothing was before", (_, refusal, id, because) => {
    if (refusal.allowed) throw new Error("It was allowed.");
    expect(toAuditEvent({ ...where, refusal, after: null })).toEqual({
      ...said,
      action: "escalation.claim",
      outcome: "refused",
      actor: id ? { kind: "person", id, name: expect.any(String) } : { kind: "nobody", id: null, name: "Nobody" },
      role: null,
      letter: null,
      before: null,
      after: null,
      because,
    });
  });

  it("of what a stranger tried believes no session that came with it", () => {
    const refusal = refuseStranger(operatingModel, "act.from-elsewhere", "The act came from elsewhere.");
    expect(toAuditEvent({ ...where, refusal, after: { origin: "null" } })).toMatchObject({
      action: "act.from-elsewhere",
      outcome: "refused",
      actor: { kind: "nobody", id: null, name: "Nobody" },
      after: { origin: "null" },
      because: "The act came from elsewhere.",
    });
  });
});
