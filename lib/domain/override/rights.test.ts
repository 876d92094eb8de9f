import { describe, expect, test } from "vitest";
import { inState } from "@/lib/testing/overrides";
import { at, opened } from "@/lib/testing/items";
import type { PersonActor } from "../operating-model/decide";
import { operatingModel as model } from "../operating-model/model";
import type { Role } from "../operating-model/roles";
import type { Delegation } from "./delegation";
import { overrideStatuses, type OverrideStatus } from "./override";
import { overrideRights, requestRight, whyNoOverride, type OverrideActName } from "./rights";

const person = (id: string, ...roles: Role[]): PersonActor => ({ kind: "person", id, name: id, roles });
const by = (fromId: string, toId: string): Delegation => ({ id: "d1", fromId, toId, from: at(0), until: at(60), endedAt: null });
const allowed = (status: OverrideStatus, who: PersonActor | null, delegation: Delegation | null = null): OverrideActName[] =>
  Object.entries(overrideRights({ override: inState[status], person: who, delegation, model })).flatMap(([act, right]) => (right.allowed ? [act as OverrideActName] : []));

/** What each may do in each state, by hand; Olga asked. */
describe("what a person may do with an override", () => {
  const inForce = { operator: ["revoke", "renew"], owner: ["revoke", "renew"] } as const;
  const table: Record<OverrideStatus, { olga: readonly OverrideActName[]; operator: readonly OverrideActName[]; owner: readonly OverrideActName[]; security: readonly OverrideActName[] }> = {
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

  test("who asked decides nothing and advises nothing, whatever they hold", () => expect(allowed("requested", person("olga", "operator", "product_owner", "security"))).toEqual(["withdraw"]));

  test("a delegate decides for who is accountable, unless that is who asked, or they asked themselves", () => {
    expect(allowed("requested", person("sam", "security"), by("pia", "sam"))).toEqual(["advise", "decide"]);
    expect(allowed("requested", person("sam", "security"), by("olga", "sam"))).toEqual(["advise"]);
    expect(allowed("requested", person("olga", "security"), by("pia", "olga"))).toEqual([]);
  });

  test("who is accountable themselves decides by their own right, whoever delegated to them", () =>
    expect(allowed("requested", person("pia", "product_owner", "security"), by("olga", "pia"))).toEqual(["advise", "decide"]));
});

describe("an override can be asked for from an open policy denial that names an owner", () => {
  const denial = opened("policy_denial");
  test.each([
    ["an open one", denial, null],
    ["a closed one", { ...denial, status: "resolved" as const }, "Only an open policy denial can be overridden."],
    ["another path", opened("contract_drift"), "Only an open policy denial can be overridden."],
    ["one of an owner that no text keeps", { ...denial, owner: null, ownerShown: "kp:thegent⟨U+0000⟩" }, "This run’s owner, kp:thegent⟨U+0000⟩, holds a character that cannot be kept exactly, so an override would be for somebody else. Have the run started again under another owner tag, or resolve this item."],
    ["one of nobody", { ...denial, owner: null }, "This run names no owner, and an override belongs to an owner."],
  ])("%s", (_, item, why) => {
    expect(whyNoOverride(item)).toBe(why);
    expect(requestRight(item, person("olga", "operator"), model).allowed).toBe(why === null);
    expect(requestRight(item, person("tim", "tech_lead"), model)).toMatchObject({ allowed: false, whoCan: ["product_owner", "operator"] });
  });
});
