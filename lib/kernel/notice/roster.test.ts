import { describe, expect, it } from "vitest";
import type { Domain } from "@/lib/model/ownership";
import { roles, type Role } from "@/lib/model/roles";
import { reach, route, type RosterPerson } from "./roster";

const person = (id: string, held: Role[], onDuty: Role[] = []): RosterPerson => ({ id, name: id, roles: held, onDuty });

/** Domain, its owner role and its backup: section 3, by hand. */
const ownership: [Domain, owner: Role, backup: Role][] = [
  ["orchestration", "tech_lead", "operator"],
  ["governance", "product_owner", "security"],
  ["recovery", "tech_lead", "operator"],
  ["observability", "operator", "tech_lead"],
  ["contracts", "tech_lead", "product_owner"],
  ["compliance", "security", "product_owner"],
];

describe.each(ownership)("a new item of %s", (domain, owner, backup) => {
  const all = roles.map((role) => person(`${role} on duty`, [role], [role]));
  it(`goes to the ${owner} on duty`, () => {
    expect(route(domain, all)).toEqual({ role: owner, personId: `${owner} on duty`, backup: false });
  });
  it(`goes to the ${backup} on duty when no ${owner} is, and says so`, () => {
    const roster = all.map((one) => (one.roles.includes(owner) ? { ...one, onDuty: [] } : one));
    expect(route(domain, roster)).toEqual({ role: backup, personId: `${backup} on duty`, backup: true });
  });
  it("waits for its owner role when neither is on duty", () => {
    const roster = all.map((one) =>
      one.roles.includes(owner) || one.roles.includes(backup) ? { ...one, onDuty: [] } : one,
    );
    expect(route(domain, roster)).toEqual({ role: owner, personId: null, backup: false });
  });
  it("waits for its owner role when there is nobody at all", () => {
    expect(route(domain, [])).toEqual({ role: owner, personId: null, backup: false });
  });
});

describe("on duty", () => {
  it("counts as a role that the person holds, and as no other of theirs", () => {
    const both = person("tessa", ["tech_lead", "operator"], ["tech_lead"]);
    expect(route("observability", [both])).toEqual({ role: "tech_lead", personId: "tessa", backup: true });
    expect(route("orchestration", [both])).toEqual({ role: "tech_lead", personId: "tessa", backup: false });
  });
  it("one person on duty as owner and as backup takes it as owner", () => {
    expect(route("observability", [person("tessa", ["tech_lead", "operator"], ["tech_lead", "operator"])])).toEqual({
      role: "operator",
      personId: "tessa",
      backup: false,
    });
  });
  it("as a role that was taken from the person since counts for nothing", () => {
    const former = person("omar", ["stakeholder"], ["operator"]);
    expect(route("observability", [former])).toEqual({ role: "operator", personId: null, backup: false });
    expect(reach("operator", [former])).toEqual({ people: [], onDuty: false });
  });
});

describe("a word to a role reaches", () => {
  const olga = person("olga", ["operator"], ["operator"]);
  const omar = person("omar", ["operator", "tech_lead"]);
  const paula = person("paula", ["product_owner"], ["product_owner"]);
  it("who is on duty as it, and nobody else who holds it", () => {
    expect(reach("operator", [omar, olga, paula])).toEqual({ people: [olga], onDuty: true });
  });
  it("everybody who holds it when nobody is on duty as it", () => {
    const off = { ...olga, onDuty: [] };
    expect(reach("operator", [omar, off, paula])).toEqual({ people: [omar, off], onDuty: false });
    expect(reach("tech_lead", [omar, off, paula])).toEqual({ people: [omar], onDuty: false });
  });
  it("nobody only when nobody holds it", () => {
    expect(reach("security", [omar, olga, paula])).toEqual({ people: [], onDuty: false });
  });
});
