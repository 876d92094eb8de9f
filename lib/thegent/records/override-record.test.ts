import { describe, expect, it } from "vitest";
import { hardTexts, overrideOf } from "@/lib/thegent/files/testing/override-fixture";
import { parsePythonJson } from "@/lib/thegent/python/json";
import type { JsonObject } from "@/lib/thegent/python/value";
import { longestReason, newOverrideKey, overrideKeyOf, overrideLine, overrideProblem } from "./override-record";
import { longestOwner } from "./owner-limit";

const keyIn = (line: string) => overrideKeyOf(parsePythonJson(line) as JsonObject);
const textOf = (...args: Parameters<typeof overrideOf>) => overrideLine(overrideOf(...args)).toString("latin1");

describe("the line of an override", () => {
  it("is byte for byte what thegent writes, with six digits of a fraction", () =>
    expect(textOf({ reason: "CHG-7 é" })).toBe(
      '{"owner": "ana:shop", "reason": "CHG-7 \\u00e9", "timestamp": "2026-03-01T09:00:00.250000+00:00", "expires_at_utc": "2026-03-02T09:00:00.250000+00:00"}\n',
    ));

  it("has no fraction where there is none", () =>
    expect(
      textOf({ reason: "CHG-7", at: new Date("2026-03-01T09:00:00Z"), expiresAt: new Date("2026-03-02T09:00:00Z") }),
    ).toBe(
      '{"owner": "ana:shop", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "2026-03-02T09:00:00+00:00"}\n',
    ));

  it.each(hardTexts)("is one line of visible ASCII and says exactly %j", (text) => {
    const line = textOf({ owner: text, reason: text });
    expect(line).toMatch(/^[ -~]+\n$/);
    expect(JSON.parse(line)).toMatchObject({ owner: text, reason: text });
  });
});

describe("the key of an override", () => {
  it("is that of its line, also when others wrote the line again with another expiry, order, spacing or escapes", () => {
    const key = newOverrideKey(overrideOf({ reason: "é" }));
    expect(keyIn(textOf({ reason: "é" }))).toBe(key);
    expect(
      keyIn(
        '{"expires_at_utc":null,"timestamp":"2026-03-01T09:00:00.250000+00:00", "reason":"é",  "more": 1, "owner":"\\u0061na:shop"}',
      ),
    ).toBe(key);
  });

  it.each([{ owner: "ana:shop " }, { reason: "other" }, { at: new Date("2026-03-01T09:00:00.251Z") }])(
    "is another for %j",
    (change) => expect(newOverrideKey(overrideOf(change))).not.toBe(newOverrideKey(overrideOf())),
  );

  it("is there for every object, whatever it lacks", () =>
    expect(keyIn("{}")).toBe(keyIn('{"owner": null, "expires_at_utc": 5}')));
});

describe("what cannot be written", () => {
  const at = new Date("2026-03-01T09:00:00.250Z");
  it.each([
    [{ owner: "" }, "An override needs an owner."],
    [{ owner: "o".repeat(longestOwner + 1) }, "The owner is longer than 512 characters."],
    [{ reason: " \n" }, "An override needs a reason."],
    [{ reason: "r".repeat(longestReason + 1) }, "The reason is longer than 4000 characters."],
    [{ owner: "a\0b" }, "The override holds a character that cannot be stored."],
    [{ owner: "a\ud83d" }, "The override holds a character that cannot be stored."],
    [{ reason: "\udd13" }, "The override holds a character that cannot be stored."],
    [{ at: new Date(Number.NaN) }, "The override's times do not lie in the years 2000 to 2199."],
    [{ at: new Date("1999-12-31T23:59:59Z") }, "The override's times do not lie in the years 2000 to 2199."],
    [{ expiresAt: new Date("2200-01-01T00:00:00Z") }, "The override's times do not lie in the years 2000 to 2199."],
    [{ expiresAt: at }, "The override would end before it begins."],
  ])("%j", (change, sentence) => {
    expect(overrideProblem(overrideOf(change))).toBe(sentence);
    expect(() => overrideLine(overrideOf(change))).toThrow(sentence);
  });

  it.each([
    {},
    { owner: "🔓".repeat(256) },
    { reason: "r".repeat(longestReason) },
    { expiresAt: new Date(at.getTime() + 1) },
  ])("but this can: %j", (change) => expect(overrideProblem(overrideOf(change))).toBeNull());
});
