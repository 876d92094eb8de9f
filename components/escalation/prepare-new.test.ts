import { describe, expect, test } from "vitest";
import { openSchema } from "@/lib/areas/escalation/contract-acts";
import type { MayDo } from "@/lib/kernel/contract";
import { closedPaths, firstPath, judgeNew, sayOpening, toInput, type MayOpen, type NewItem } from "./prepare-new";

const denial: NewItem = {
  path: "policy_denial",
  subject: "run_1",
  reason: "Trust score too low",
  owner: "",
  lane: "standard",
  slaMinutes: "30",
  severity: "",
};
const incident: NewItem = { ...denial, path: "incident", subject: "Checkout is down", severity: "P1" };

describe("what opening it will do is said by the rules that do it", () => {
  test("a policy denial", () => {
    expect(sayOpening(denial, 30)).toBe(
      "Adds a line to thegent's queue file, as its own command would. It goes to Governance: the Product Owner on duty, or the backup. Resolve within 30 min; past that it goes to the Product Owner.",
    );
  });
  test("with the SLA typed", () =>
    expect(sayOpening({ ...denial, slaMinutes: "90" }, 30)).toContain("Resolve within 90 min;"));
  test("drift", () => {
    const says = sayOpening({ ...denial, path: "contract_drift" }, 30);
    expect(says).toContain(
      "Investigate within 1 h; past that it goes to the Tech Lead. Remediate within 4 h; past that it goes to the Tech Lead.",
    );
    expect(says).toContain("thegent's files are not touched");
  });
  test("an incident of severity P1 reaches three roles at once", () => {
    expect(sayOpening(incident, 30)).toContain(
      "It reaches the Tech Lead, the Product Owner and Security/Compliance at once. First response within 15 min;",
    );
  });
  test("an integrity failure goes to Security at T0, whatever its severity", () =>
    expect(sayOpening({ ...incident, path: "integrity", severity: "P4" }, 30)).toContain(
      "It reaches Security/Compliance at once.",
    ));
  test("nothing is said before the severity is chosen", () =>
    expect(sayOpening({ ...incident, severity: "" }, 30)).toBe("Choose a severity to see what will happen."));
});

describe("what is typed is judged as the server does", () => {
  test.each<[string, NewItem, Record<string, string>]>([
    ["a whole denial", denial, {}],
    ["a whole incident", incident, {}],
    ["drift needs no severity", { ...incident, path: "contract_drift", severity: "" }, {}],
    ["a denial without its run", { ...denial, subject: " " }, { subject: "The run is missing." }],
    ["a short name", { ...incident, subject: "x" }, { subject: "What it is about needs at least 3 characters." }],
    ["a short reason", { ...denial, reason: "no" }, { reason: "The reason needs at least 3 characters." }],
    ["a long owner", { ...denial, owner: "o".repeat(201) }, { owner: "The owner has more than 200 characters." }],
    ["no lane", { ...denial, lane: "" }, { lane: "The lane is missing." }],
    ["too short an SLA", { ...denial, slaMinutes: "4" }, { slaMinutes: "The SLA is at least 5 minutes." }],
    ["too long an SLA", { ...denial, slaMinutes: "1441" }, { slaMinutes: "The SLA is at most 1440 minutes." }],
    ["half a minute", { ...denial, slaMinutes: "5.5" }, { slaMinutes: "The SLA must be a whole number of minutes." }],
  ])("%s", (_, item, problems) => {
    expect(judgeNew(item)).toEqual(problems);
    const parsed = openSchema.safeParse(toInput(item));
    expect(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path[0], message])).toEqual(
      Object.entries(problems),
    );
  });
  test("an incident asks for its severity, so that nobody is woken by an omission", () =>
    expect(judgeNew({ ...incident, severity: "" })).toEqual({ severity: "Choose a severity." }));
  test("no SLA at all", () =>
    expect(judgeNew({ ...denial, slaMinutes: "" })).toEqual({ slaMinutes: "The SLA is missing." }));
});

describe("only paths that are theirs are offered", () => {
  const yes: MayDo = { allowed: true, as: "security", letter: "R" };
  const no: MayDo = {
    allowed: false,
    because: "Product Owner or Operator can do this.",
    whoCan: ["product_owner", "operator"],
  };
  const may: MayOpen = { policy_denial: no, contract_drift: no, integrity: yes, incident: no };
  test("the first of them, or the one asked for", () => {
    expect(firstPath(may, undefined)).toBe("integrity");
    expect(firstPath(may, "policy_denial")).toBe("integrity");
    expect(firstPath({ ...may, incident: yes }, "incident")).toBe("incident");
    expect(firstPath({ ...may, integrity: no }, undefined)).toBeNull();
  });
  test("the others are named with whose they are, each reason once", () => {
    expect(closedPaths(may)).toEqual([
      {
        because: "Product Owner or Operator can do this.",
        names: ["Policy denial / blocked run", "Contract drift / adapter failure", "Post-launch incident"],
      },
    ]);
  });
});
