import { describe, expect, test } from "vitest";
import type { Role } from "../operating-model/roles";
import { decideTakeDuty, type DutyDecision, type OnDuty } from "./duty";

const held: Role[] = ["operator", "tech_lead"];
const able = (personId: string): OnDuty => ({ personId, able: true });
const unable = (personId: string): OnDuty => ({ personId, able: false });
const begin = (endsOf: string | null): DutyDecision => ({ do: "begin", endsOf });
const somebodyElse = (byId: string): DutyDecision => ({ do: "refuse", why: "somebody-else", byId });

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
  ])("%s", (_, current, from, decision) => expect(decideTakeDuty("operator", { id: "mia", roles: held }, current, from)).toEqual(decision));
});

describe("a role that is not held is never taken", () => {
  test.each<[OnDuty | null, string | null]>([[null, null], [able("ben"), "ben"], [able("mia"), "mia"], [unable("ben"), null]])("%j, seen: %j", (current, from) =>
    expect(decideTakeDuty("security", { id: "mia", roles: held }, current, from)).toEqual({ do: "refuse", why: "role-not-held" }),
  );
});
