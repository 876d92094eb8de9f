import { describe, expect, test } from "vitest";
import type { Role } from "@/lib/model/roles";
import { decideTakeDuty, isTheirDuty, type DutyDecision, type OnDuty } from "./duty";

const able = (personId: string): OnDuty => ({ personId, able: true });
const unable = (personId: string): OnDuty => ({ personId, able: false });
const begin = (endsOf: string | null): DutyDecision => ({ do: "begin", endsOf });
const somebodyElse = (byId: string): DutyDecision => ({ do: "refuse", byId });

describe("mia goes on duty as Operator", () => {
  test.each<[string, OnDuty | null, string | null, DutyDecision]>([
    ["nobody is, as she saw", null, null, begin(null)],
    ["nobody is any more, though she saw ben", null, "ben", begin(null)],
    ["ben is, as she saw: she takes over", able("ben"), "ben", begin("ben")],
    ["ben is, though she saw nobody", able("ben"), null, somebodyElse("ben")],
    ["ben is, though she saw ada", able("ben"), "ada", somebodyElse("ben")],
    ["she is, as she saw", able("mia"), "mia", { do: "nothing" }],
    ["she is, from another page, though this one shows nobody", able("mia"), null, { do: "nothing" }],
    ["she is, from another page, though this one shows ben", able("mia"), "ben", { do: "nothing" }],
    ["ben stands in the book, who holds the role no longer or may not sign in", unable("ben"), null, begin("ben")],
    ["ben stands there, who may not any more, though she saw ada", unable("ben"), "ada", begin("ben")],
  ])("%s", (_, current, from, decision) => expect(decideTakeDuty("mia", current, from)).toEqual(decision));
});

test.each<[Role, boolean]>([
  ["operator", true],
  ["tech_lead", true],
  ["security", false],
  ["product_owner", false],
  ["stakeholder", false],
])("the duty as %s is mia's, who is Operator and Tech Lead: %s", (role, hers) =>
  expect(isTheirDuty(role, { roles: ["operator", "tech_lead"] })).toBe(hers),
);
