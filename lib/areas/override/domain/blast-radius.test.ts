import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { content } from "@/lib/testing/overrides";
import { differences, type Content } from "./blast-radius";
import { contentHash } from "./content-hash";

const base = content();
const { denials, runs, agents, live } = base.radius;

describe("what became different is said", () => {
  it.each<[string, Content, string[]]>([
    ["nothing", content(), []],
    [
      "only the order",
      content({}, { denials: denials.toReversed(), runs: runs.toReversed(), agents: agents.toReversed() }),
      [],
    ],
    ["the owner", content({ owner: "ana:till" }), ["The owner is ana:till now; it was ana:shop."]],
    [
      "the justification",
      content({ justification: "Something else is meant by now." }),
      ["The justification was changed."],
    ],
    ["the validity", content({ requestedSeconds: 60 }), ["Another validity is asked for."]],
    ["the ticket", content({ ticket: null }), ["The ticket was changed."]],
    [
      "a denial that came",
      content({}, { denials: [...denials, { runId: "run_3", reason: "Circuit open", lane: "standard" }] }),
      ["Pending denials that came since: run_3."],
    ],
    ["a denial that is gone", content({}, { denials: [denials[0]!] }), ["Pending denials that are gone since: run_2."]],
    [
      "a denial that says something else",
      content({}, { denials: [{ ...denials[0]!, lane: "critical" }, denials[1]!] }),
      ["Pending denials are others now."],
    ],
    [
      "an agent for another",
      content({}, { agents: ["claude", "gemini"] }),
      ["Agents that came since: gemini.", "Agents that are gone since: codex."],
    ],
    [
      "an override that came",
      content({}, { live: [...live, { id: "o2", expiresAt: "2026-03-01T12:00:00.000Z", reason: "CHG-9" }] }),
      ["Live overrides that came since: until 2026-03-01T12:00:00.000Z (CHG-9)."],
    ],
    [
      "an override that is another, though it reads the same",
      content({}, { live: [{ ...live[0]!, id: "o3" }] }),
      ["Live overrides are others now."],
    ],
    [
      "a second override that reads like the first",
      content({}, { live: [...live, ...live] }),
      ["Live overrides are others now."],
    ],
    [
      "an owner that reads alike and came",
      content({}, { alike: ["an\u0430:shop"] }),
      ["Owners that read alike that came since: an\u0430:shop."],
    ],
    [
      "more runs",
      content({}, { runs: [{ ...runs[0]!, count: 5 }, runs[1]!] }),
      ["Runs of the last 24 hours: 6 now, 4 before."],
    ],
    [
      "as many runs, but others",
      content(
        {},
        {
          runs: [
            { ...runs[0]!, count: 2 },
            { ...runs[1]!, count: 2 },
          ],
        },
      ),
      ["The runs of the last 24 hours are others now."],
    ],
  ])("%s", (_, current, says) => {
    expect(differences(base, current)).toEqual(says);
  });
});

const name = fc.constantFrom("a", "b", "c d", "", "josé:catálogo", "x\n1");
const radius = fc.record({
  alike: fc.uniqueArray(name, { maxLength: 2 }),
  owner: fc.constant("o"),
  denials: fc.uniqueArray(fc.record({ runId: name, reason: name, lane: name }), {
    maxLength: 3,
    selector: ({ runId }) => runId,
  }),
  runs: fc.array(fc.record({ lane: name, policyResult: name, count: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 3,
  }),
  agents: fc.uniqueArray(name, { maxLength: 3 }),
  live: fc.array(fc.record({ id: fc.option(name), expiresAt: name, reason: name }), { maxLength: 3 }),
});
const contents: fc.Arbitrary<Content> = fc.record({
  owner: fc.constant("o"),
  justification: name,
  ticket: fc.option(name),
  requestedSeconds: fc.integer({ min: 60, max: 62 }),
  radius,
});

it("for any two contents something is said exactly when their hashes differ", () => {
  fc.assert(
    fc.property(contents, contents, (a, b) => differences(a, b).length > 0 === (contentHash(a) !== contentHash(b))),
    { numRuns: 500, seed: 4 },
  );
  fc.assert(
    fc.property(contents, contents, (a, { radius: other }) => {
      const b = { ...a, radius: { ...a.radius, denials: other.denials } };
      return differences(a, b).length > 0 === (contentHash(a) !== contentHash(b));
    }),
    { numRuns: 500, seed: 4 },
  );
});
