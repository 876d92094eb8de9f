import { describe, expect, it } from "vitest";
import { at, T0 } from "@/lib/testing/items";
import {
  backupRole,
  decideDelegation,
  delegationOf,
  holds,
  ownerRole,
  type Delegation,
  type Holder,
} from "./delegation";
import { mostDelegationDays } from "./limits";
import type { Role } from "./roles";

const delegation = (change: Partial<Delegation> = {}): Delegation => ({
  id: "d1",
  fromId: "pia",
  toId: "sam",
  from: T0,
  until: at(60),
  endedAt: null,
  ...change,
});
const holder = (id: string, ...roles: Role[]): Holder => ({ id, roles });
const [pia, sam] = [holder("pia", "product_owner"), holder("sam", "security")];

it("is from the Product Owner to Security, as the ownership of governance says", () => {
  expect([ownerRole, backupRole]).toEqual(["product_owner", "security"]);
});

describe("a delegation holds", () => {
  it.each<[string, Date, Partial<Delegation>, boolean]>([
    ["just before it begins", at(0, -1), {}, false],
    ["when it begins", T0, {}, true],
    ["just before it ends", at(60, -1), {}, true],
    ["at its end", at(60), {}, false],
    ["before it was ended early", at(30, -1), { endedAt: at(30) }, true],
    ["when it was ended early", at(30), { endedAt: at(30) }, false],
    ["past its end, though it was taken back later still", at(60), { endedAt: at(90) }, false],
    ["when it was taken back before it began", T0, { endedAt: at(-10) }, false],
  ])("%s: %s", (_, now, change, does) => {
    expect(holds(delegation(change), now)).toBe(does);
  });
});

describe("a person decides by delegation", () => {
  const people = (...all: Holder[]) => new Map(all.map((one) => [one.id, one]));
  it.each<[string, Holder, Delegation[], Map<string, Holder>, Date, string | null]>([
    ["whose backup role was delegated to", sam, [delegation()], people(pia, sam), at(1), "d1"],
    ["to whom nothing was delegated: the backup role alone grants nothing", sam, [], people(pia, sam), at(1), null],
    ["when it was delegated to a colleague", sam, [delegation({ toId: "sia" })], people(pia, sam), at(1), null],
    ["before it begins", sam, [delegation()], people(pia, sam), at(0, -1), null],
    ["after it ended", sam, [delegation()], people(pia, sam), at(60), null],
    ["who lost the backup role", holder("sam", "operator"), [delegation()], people(pia), at(1), null],
    [
      "whose giver lost the accountable role",
      sam,
      [delegation()],
      people(holder("pia", "stakeholder"), sam),
      at(1),
      null,
    ],
    ["whose giver may not sign in any more", sam, [delegation()], people(sam), at(1), null],
    [
      "whose first delegation is over, by the second",
      sam,
      [delegation({ until: at(1) }), delegation({ id: "d2", from: at(1) })],
      people(pia, sam),
      at(1),
      "d2",
    ],
    [
      "a delegate of a delegate",
      holder("sia", "security"),
      [delegation(), delegation({ id: "d2", fromId: "sam", toId: "sia" })],
      people(pia, sam),
      at(1),
      null,
    ],
  ])("%s", (_, person, delegations, known, now, id) => {
    expect(delegationOf(person, delegations, known, now, null)?.id ?? null).toBe(id);
  });
});

describe("of two delegations", () => {
  const paul = holder("paul", "product_owner");
  const both = [delegation(), delegation({ id: "d2", fromId: "paul" })];
  const people = new Map([pia, paul, sam].map((one) => [one.id, one]));
  it.each<[string, string, Delegation[], string]>([
    ["the first, when neither giver asked", "olga", both, "d1"],
    ["the other, when the giver of the first asked", "pia", both, "d2"],
    ["the only one, though its giver asked: the refusal names it", "pia", both.slice(0, 1), "d1"],
  ])("%s", (_, requestedById, delegations, id) => {
    expect(delegationOf(sam, delegations, people, at(1), requestedById)?.id).toBe(id);
  });
});

describe("a delegation may be made", () => {
  const span = { from: T0, until: at(60) };
  const longest = mostDelegationDays * 24 * 60;
  it.each<[string, Holder, Holder, { from: Date; until: Date }, Date, string | null]>([
    ["by who is accountable, to the backup", pia, sam, span, T0, null],
    ["by who holds both roles", holder("pia", "product_owner", "security"), sam, span, T0, null],
    ["for a time to come", pia, sam, { from: at(100), until: at(200) }, T0, null],
    ["not by the backup: a delegate cannot delegate", sam, holder("sia", "security"), span, T0, "not-accountable"],
    ["not by an Operator", holder("olga", "operator"), sam, span, T0, "not-accountable"],
    [
      "not to oneself, though one holds both roles",
      holder("pia", "product_owner", "security"),
      holder("pia", "product_owner", "security"),
      span,
      T0,
      "oneself",
    ],
    ["not to who does not hold the backup role", pia, holder("olga", "operator", "tech_lead"), span, T0, "not-backup"],
    ["not for no time", pia, sam, { from: T0, until: T0 }, at(-1), "no-time"],
    ["not backwards", pia, sam, { from: at(60), until: T0 }, at(-1), "no-time"],
    ["not for what has passed", pia, sam, span, at(60), "no-time"],
    ["for the longest time", pia, sam, { from: T0, until: at(longest) }, T0, null],
    ["not a millisecond longer", pia, sam, { from: T0, until: at(longest, 1) }, T0, "too-long"],
  ])("%s", (_, from, to, when, now, why) => {
    const decision = decideDelegation(from, to, when, now);
    expect(decision.ok ? null : decision.rejection.why).toBe(why);
  });
});
