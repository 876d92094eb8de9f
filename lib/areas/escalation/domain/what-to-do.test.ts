import { describe, expect, it } from "vitest";
import { at, claimedBy, opened } from "@/lib/testing/items";
import type { Escalation } from "./escalation";
import { sayWhatToDo } from "./what-to-do";

type Facts = Parameters<typeof sayWhatToDo>[0];

const olga = { id: "olga", name: "Olga" };
const operator: Facts["reader"] = { id: "olga", works: true, signsOff: false };
const productOwner: Facts["reader"] = { id: "petra", works: true, signsOff: true };
const stakeholder: Facts["reader"] = { id: "stan", works: false, signsOff: false };
const roles: Facts["roles"] = { work: ["product_owner", "operator"], signOff: ["product_owner"] };
const denial = opened("policy_denial");
const drift = opened("contract_drift");
const incident = opened("incident", "P2");
const breached = { breachedAt: at(30) };
const closed: Partial<Escalation> = { status: "resolved", closedAt: at(10), closedById: "olga" };

const says = (item: Escalation, reader: Facts["reader"], minutes: number, rest: Partial<Facts> = {}) =>
  sayWhatToDo({
    item,
    holder: item.claimedById ? olga : null,
    effect: null,
    resolvesByRemoving: false,
    reader,
    roles,
    now: at(minutes),
    ...rest,
  });

describe("what is to be done next", () => {
  it.each<[string, string, string]>([
    [
      "an unclaimed item, to who may work on it",
      says(denial, operator, 1),
      "Unclaimed: claim it, or resolve it by its due time.",
    ],
    [
      "to who may not",
      says(denial, stakeholder, 1),
      "Unclaimed: Product Owner or Operator claims it, or resolves it by its due time.",
    ],
    [
      "at the due instant it is in time",
      says(denial, operator, 30),
      "Unclaimed: claim it, or resolve it by its due time.",
    ],
    ["past it", says(denial, operator, 31), "Unclaimed and past its SLA: claim it, or resolve it."],
    [
      "past it, to who may not",
      says(denial, stakeholder, 31),
      "Unclaimed and past its SLA: Product Owner or Operator claims it, or resolves it.",
    ],
    [
      "drift asks for a finding first",
      says(drift, operator, 1),
      "Unclaimed: claim it, or record what you found out by its due time.",
    ],
    ["an incident asks for a response first", says(incident, operator, 1), "Unclaimed: claim it by its due time."],
    [
      "of one's own",
      says(claimedBy("olga", denial), operator, 1),
      "You work on it: resolve it by its due time; your claim returns to the queue if nothing is heard of you.",
    ],
    [
      "of one's own, late",
      says(claimedBy("olga", denial), operator, 31),
      "You work on it, past its SLA: resolve it; your claim returns to the queue if nothing is heard of you.",
    ],
    [
      "of a colleague's",
      says(claimedBy("olga", incident), productOwner, 1),
      "Olga works on it and resolves it by its due time; the claim returns to the queue if nothing is heard of its holder.",
    ],
    [
      "of a colleague's, late",
      says(claimedBy("olga", denial), productOwner, 31),
      "Olga works on it, past its SLA, and resolves it; the claim returns to the queue if nothing is heard of its holder.",
    ],
    ["closed in time", says({ ...denial, ...closed }, operator, 20), "Nothing is left to do."],
    [
      "closed, and not yet in thegent's file",
      says({ ...denial, ...closed }, operator, 20, { effect: { kind: "thegent.resolve", status: "pending" } }),
      "Decided here; it is being written into thegent's queue file.",
    ],
    [
      "closed, and thegent's file refuses",
      says({ ...denial, ...closed }, operator, 20, { effect: { kind: "thegent.resolve", status: "failed" } }),
      "The decision could not be written into thegent's queue file: see why, then have it written again.",
    ],
    [
      "opened here, and thegent's file refuses",
      says(denial, stakeholder, 20, { effect: { kind: "thegent.add", status: "failed" } }),
      "The record could not be added to thegent's queue file: Product Owner or Operator has it written again.",
    ],
    [
      "lost, to who may work on it",
      says({ ...denial, lostAt: at(5) }, operator, 6),
      "Its record is gone from thegent's file; nobody resolved it: add it again, or resolve it.",
    ],
    [
      "lost where a later thegent writes",
      says({ ...denial, lostAt: at(5) }, operator, 6, { resolvesByRemoving: true }),
      "Its record is gone from thegent's file; a later thegent takes away what it resolves, so this may be a resolution there: add it again, or resolve it.",
    ],
    [
      "lost, to who may not",
      says({ ...denial, lostAt: at(5) }, stakeholder, 6),
      "Its record is gone from thegent's file; nobody resolved it: Product Owner or Operator adds it again, or resolves it.",
    ],
    [
      "lost, and asked for",
      says({ ...denial, lostAt: at(5) }, operator, 6, { effect: { kind: "thegent.add", status: "pending" } }),
      "Its record vanished from thegent's file; it is being added again.",
    ],
    ["lost and closed", says({ ...denial, ...closed, lostAt: at(5) }, operator, 6), "Nothing is left to do."],
    [
      "a breach, to who signs it off",
      says({ ...denial, ...closed, ...breached }, productOwner, 40),
      "It missed its SLA: sign the breach off.",
    ],
    [
      "a breach, to others",
      says({ ...denial, ...closed, ...breached }, operator, 40),
      "It missed its SLA: Product Owner signs the breach off.",
    ],
    [
      "a breach that is signed off",
      says({ ...denial, ...closed, ...breached, signedOffById: "petra" }, productOwner, 40),
      "Nothing is left to do.",
    ],
  ])("%s", (_, said, expected) => expect(said).toBe(expected));
});
