import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { content } from "@/lib/testing/overrides";
import type { Content } from "./blast-radius";
import { contentHash } from "./content-hash";

const base = content();
const { denials, runs, agents, live } = base.radius;

describe("the content's hash", () => {
  it("is SHA-256 over canonical JSON: keys sorted, lists in one order, ASCII", () => {
    const text =
      '{"justification":"J","owner":"jos\\u00e9","radius":{"agents":["a","b"],"denials":[],"live":[],"owner":"jos\\u00e9","runs":[]},"requestedSeconds":60,"ticket":null}';
    const little: Content = {
      owner: "josé",
      justification: "J",
      ticket: null,
      requestedSeconds: 60,
      radius: { owner: "josé", denials: [], runs: [], agents: ["b", "a"], live: [] },
    };
    expect(contentHash(little)).toBe(createHash("sha256").update(text).digest("hex"));
  });
  it("is the same in whatever order it was read", () => {
    expect(
      contentHash(content({}, { denials: denials.toReversed(), runs: runs.toReversed(), agents: agents.toReversed() })),
    ).toBe(contentHash(base));
  });
  it("is the same after a stay in the database", () => {
    expect(contentHash(JSON.parse(JSON.stringify(base)) as Content)).toBe(contentHash(base));
  });
  it("is the same where no owner reads alike as where that was not asked yet", () => {
    expect(contentHash(content({}, { alike: [] }))).toBe(contentHash(base));
  });
  it.each<[string, Content]>([
    ["owner", content({ owner: "ana:till" })],
    ["justification", content({ justification: `${base.justification} ` })],
    ["ticket", content({ ticket: null })],
    ["validity", content({ requestedSeconds: 7201 })],
    ["denials", content({}, { denials: [denials[0]!] })],
    ["a denial's lane", content({}, { denials: [{ ...denials[0]!, lane: "critical" }, denials[1]!] })],
    ["a count of runs", content({}, { runs: [{ ...runs[0]!, count: 4 }, runs[1]!] })],
    ["agents", content({}, { agents: ["claude"] })],
    ["an owner that reads alike", content({}, { alike: ["an\u0430:shop"] })],
    ["an end of a live override", content({}, { live: [{ ...live[0]!, expiresAt: "2026-03-02T10:00:00.001Z" }] })],
  ])("is another when another is: %s", (_, changed) => {
    expect(contentHash(changed)).not.toBe(contentHash(base));
  });
});
