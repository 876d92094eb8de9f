import { expect, test } from "vitest";
import type { DutyView } from "@/lib/areas/duty/contract";
import { offerOf, sayBadge, sayNobody } from "./prepare";

const me = { id: "me", name: "Olga" };
const omar = { id: "omar", name: "Omar" };
const since = "2026-02-10T09:00:00.000Z";
const duties: DutyView = [
  { role: "operator", person: me, since, holders: [me, omar] },
  { role: "tech_lead", person: omar, since, holders: [me, omar] },
  { role: "security", person: null, since: null, holders: [me] },
  { role: "product_owner", person: null, since: null, holders: [omar] },
  { role: "stakeholder", person: null, since: null, holders: [] },
];

test("the badge says as what one is on duty", () => {
  expect(sayBadge(duties, "me")).toBe("On duty as Operator");
  expect(sayBadge([...duties, { ...duties[2]!, person: me }], "me")).toBe("On duty as Operator, Security/Compliance");
  expect(sayBadge(duties, "nobody")).toBe("Off duty");
});

test("of one's own roles one takes, takes over or leaves the duty; of others nothing is offered", () => {
  expect(duties.map((duty) => offerOf(duty, "me")?.button ?? null)).toEqual([
    "Go off duty",
    "Take over from Omar",
    "Go on duty as Security/Compliance",
    null,
    null,
  ]);
  expect(offerOf(duties[1]!, "me")?.consequence).toBe(
    "New items for the Tech Lead go to you; Omar goes off duty. Items that are routed already stay where they are.",
  );
});

test("a role without anybody on duty says whether anybody could be", () => {
  expect(sayNobody({ holders: [me] })).toBe("nobody is on duty");
  expect(sayNobody({ holders: [] })).toBe("nobody holds this role");
});
