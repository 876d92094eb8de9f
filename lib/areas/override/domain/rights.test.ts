import { describe, expect, test } from "vitest";
import type { PersonActor } from "@/lib/model/decide";
import type { Delegation } from "@/lib/model/delegation";
import { operatingModel as model } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";
import { at } from "@/lib/testing/items";
import { inState } from "@/lib/testing/overrides";
import { overrideStatuses, type OverrideStatus } from "./override";
import { overrideRights, type OverrideRightName } from "./rights";

const person = (id: string, ...roles: Role[]): PersonActor => ({ kind: "person", id, name: id, roles });
const by = (fromId: string, toId: string): Delegation => ({
  id: "d1",
  fromId,
  toId,
  from: at(0),
  until: at(60),
  endedAt: null,
});
const allowed = (
  status: OverrideStatus,
  who: PersonActor | null,
  delegation: Delegation | null = null,
): OverrideRightName[] =>
  Object.entries(overrideRights({ override: inState[status], person: who, delegation, model })).flatMap(
    ([act, right]) => (right.allowed ? [act as OverrideRightName] : []),
  );

/** What each may do in each state, by hand; Olga asked. */
describe("what a person may do with an override", () => {
  const inForce = { operator: ["revoke", "renew"], owner: ["revoke", "renew"] } as const;
  const table: Record<
    OverrideStatus,
    {
      olga: readonly OverrideRightName[];
      operator: readonly OverrideRightName[];
      owner: readonly OverrideRightName[];
      security: readonly OverrideRightName[];
    }
  > = {
    requested: { olga: ["withdraw"], operator: [], owner: ["decide"], security: ["advise"] },
    approved: { olga: inForce.operator, ...inForce, security: [] },
    active: { olga: inForce.operator, ...inForce, security: [] },
    denied: { olga: [], operator: [], owner: [], security: [] },
    withdrawn: { olga: [], operator: [], owner: [], security: [] },
    expired: { olga: ["renew"], operator: ["renew"], owner: ["renew"], security: [] },
    revoked: { olga: [], operator: [], owner: [], security: [] },
  };

  test.each(overrideStatuses)("when it is %s", (status) => {
    const { olga, operator, owner, security } = table[status];
    expect(allowed(status, person("olga", "operator"))).toEqual(olga);
    expect(allowed(status, person("omar", "operator"))).toEqual(operator);
    expect(allowed(status, person("pia", "product_owner"))).toEqual(owner);
    expect(allowed(status, person("sam", "security"))).toEqual(security);
    for (const role of ["tech_lead", "stakeholder"] as const) expect(allowed(status, person("x", role))).toEqual([]);
    expect(allowed(status, null)).toEqual([]);
  });

  test("who asked decides nothing and advises nothing, whatever they hold", () =>
    expect(allowed("requested", person("olga", "operator", "product_owner", "security"))).toEqual(["withdraw"]));

  test("a delegate decides for who is accountable, unless that is who asked, or they asked themselves", () => {
    expect(allowed("requested", person("sam", "security"), by("pia", "sam"))).toEqual(["advise", "decide"]);
    expect(allowed("requested", person("sam", "security"), by("olga", "sam"))).toEqual(["advise"]);
    expect(allowed("requested", person("olga", "security"), by("pia", "olga"))).toEqual([]);
  });

  test("who is accountable themselves decides by their own right, whoever delegated to them", () =>
    expect(allowed("requested", person("pia", "product_owner", "security"), by("olga", "pia"))).toEqual([
      "advise",
      "decide",
    ]));
});
