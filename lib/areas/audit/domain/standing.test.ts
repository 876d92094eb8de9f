import { describe, expect, it } from "vitest";
import { canonicalJson, type Plain } from "@/lib/kernel/chain/audit-event";
import type { Role } from "@/lib/model/roles";
import { StandingVerifier, type Holding, type Standing } from "./standing";

const event = (action: string, id: string, roles: Plain, outcome = "done") =>
  canonicalJson({ action, outcome, subject: { kind: "person", id }, before: null, after: { roles } });
const person = (id: string, ...roles: Role[]): Holding => ({ id, name: id.toUpperCase(), roles });

function compare(events: readonly string[], standing: Standing) {
  const verifier = new StandingVerifier();
  events.forEach((body, index) => verifier.add({ seq: BigInt(index + 1), body }));
  return verifier.compare(standing);
}
const found = (events: readonly string[], people: readonly Holding[]) =>
  compare(events, { people, escalations: 0, overrides: 0 }).map(({ seq, says }) => `${seq}: ${says}`);
const other = canonicalJson({
  action: "escalation.open",
  outcome: "done",
  subject: { kind: "escalation", id: "e1" },
  after: null,
});

describe("without a single event", () => {
  it.each<[string, Standing, number]>([
    ["nothing stands there: it is new", { people: [], escalations: 0, overrides: 0 }, 0],
    ["there are people", { people: [person("olga", "operator")], escalations: 0, overrides: 0 }, 1],
    ["there are items", { people: [], escalations: 3, overrides: 0 }, 1],
    ["there are overrides", { people: [], escalations: 0, overrides: 1 }, 1],
  ])("%s", (_, standing, count) => {
    expect(compare([], standing)).toHaveLength(count);
  });
  it("is said once, with what there is", () => {
    expect(compare([], { people: [person("olga", "operator")], escalations: 34, overrides: 2 })).toEqual([
      {
        kind: "emptied",
        seq: "0",
        says: "There is no event at all, but the database holds people (1), escalations (34) and overrides (2): the whole chain is gone.",
      },
    ]);
  });
});

describe("the roles that people hold are those that the chain's events gave them", () => {
  const added = event("person.add", "olga", ["operator", "tech_lead"]);
  it.each<[string, string[], Holding[], string[]]>([
    ["as they were added", [added], [person("olga", "operator", "tech_lead")], []],
    ["in whatever order", [added], [person("olga", "tech_lead", "operator")], []],
    [
      "as they were set last",
      [added, event("person.set-roles", "olga", ["security"])],
      [person("olga", "security")],
      [],
    ],
    ["without any role, by an event", [added, event("person.set-roles", "olga", [])], [person("olga")], []],
    ["without any role and any event", [other], [person("olga")], []],
    [
      "one more, which no event gave",
      [added],
      [person("olga", "operator", "tech_lead", "product_owner")],
      ["1: OLGA (olga) holds product_owner in the database, which no event gave."],
    ],
    [
      "one that an event took away",
      [added, event("person.set-roles", "olga", ["operator"])],
      [person("olga", "operator", "tech_lead")],
      ["2: OLGA (olga) holds tech_lead in the database, which no event gave."],
    ],
    [
      "one less, which no event took away",
      [added],
      [person("olga", "operator")],
      ["1: OLGA (olga) does not hold tech_lead in the database, which event 1 gave and none took away."],
    ],
    [
      "a person whom no event added",
      [added],
      [person("olga", "operator", "tech_lead"), person("mallory", "product_owner")],
      ["0: MALLORY (mallory) holds product_owner in the database, which no event gave."],
    ],
    ["a person who is gone", [added], [], ["1: Event 1 gave roles to the person olga, who is not in the database."]],
    [
      "given by a refused attempt, so not given",
      [event("person.set-roles", "olga", ["operator"], "refused")],
      [person("olga", "operator")],
      ["0: OLGA (olga) holds operator in the database, which no event gave."],
    ],
    [
      "given by an event that only speaks of it",
      [
        canonicalJson({
          action: "escalation.comment",
          outcome: "done",
          subject: { kind: "escalation", id: "olga" },
          after: { roles: ["operator"], text: '"action":"person.add"' },
        }),
      ],
      [person("olga", "operator")],
      ["0: OLGA (olga) holds operator in the database, which no event gave."],
    ],
    [
      "given by what is no event",
      ['{"action":"person.add"', '{"action":"person.add"}', event("person.add", "olga", "operator")],
      [person("olga", "operator")],
      ["0: OLGA (olga) holds operator in the database, which no event gave."],
    ],
  ])("%s", (_, events, people, expected) => {
    expect(found(events, people)).toEqual(expected);
  });
});
