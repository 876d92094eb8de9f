import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { openSchema } from "@/lib/areas/escalation/contract-acts";
import { keepViewSchema } from "@/lib/areas/escalation/contract-views";
import { limits as item } from "@/lib/areas/escalation/limits";
import { requestOverrideSchema, settleFindingSchema } from "@/lib/areas/override/contract";
import { limits as override } from "@/lib/areas/override/limits";
import { personSchema } from "@/lib/areas/person/contract";
import { limits as person } from "@/lib/areas/person/limits";
import { room, type Limit } from "@/lib/kernel/limits";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const denial = {
  path: "policy_denial",
  subject: "run_1",
  reason: "Nobody saw it",
  owner: "ana:shop",
  lane: "standard",
  slaMinutes: 30,
};
const request = {
  escalationId: id,
  previousId: null,
  owner: null,
  justification: "The gate is wrong for this change.",
  ticket: null,
  seconds: 600,
};
const newcomer = { email: "ana@example.com", name: "Ana", password: "a long password" };
/** Text that says something, of so many characters. */
const text = (length: number): string => "ab".repeat(length).slice(0, length);

describe("a form and its contract bound a field alike", () => {
  it.each<[string, z.ZodType, Record<string, unknown>, string, Limit]>([
    ["open: run", openSchema, denial, "subject", item.run],
    ["open: subject", openSchema, { ...denial, path: "incident", severity: "P1" }, "subject", item.subject],
    ["open: reason", openSchema, denial, "reason", item.reason],
    ["open: owner", openSchema, denial, "owner", item.owner],
    ["open: lane", openSchema, denial, "lane", item.lane],
    ["keep a view: name", keepViewSchema, { query: "", shared: false }, "name", item.viewName],
    ["override: owner", requestOverrideSchema, { ...request, escalationId: null }, "owner", override.owner],
    ["override: justification", requestOverrideSchema, request, "justification", override.justification],
    ["override: ticket", requestOverrideSchema, request, "ticket", override.ticket],
    ["finding: note", settleFindingSchema, { id }, "note", override.seen],
    ["sign up: name", personSchema, newcomer, "name", person.name],
    ["sign up: password", personSchema, newcomer, "password", person.password],
  ])("%s", (_, schema, rest, field, limit) => {
    const takes = (length: number) => schema.safeParse({ ...rest, [field]: text(length) }).success;
    expect(
      [limit.least - 1, limit.least, limit.most, limit.most + 1].filter((length) => length > 0 && takes(length)),
    ).toEqual([...new Set([limit.least, limit.most])]);
    expect(room(limit)).toBeGreaterThan(limit.most);
  });

  it("no form writes a bound as a number of its own", () => {
    const forms = fs
      .readdirSync("components", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"));
    const bounds = forms.flatMap((file) =>
      [...fs.readFileSync(path.join("components", file), "utf8").matchAll(/maxLength=\{([^}]*)/g)].map(
        (match) => `${file}: ${match[1]}`,
      ),
    );
    expect(bounds.length).toBeGreaterThan(10);
    expect(bounds.filter((bound) => /: .*\d/.test(bound))).toEqual([]);
  });
});
