import { describe, expect, it } from "vitest";
import {
  finalStatuses,
  hasSubstance,
  isFinal,
  isInForce,
  overrideStatuses,
  statusWords,
  type OverrideStatus,
} from "./override";

describe("a justification", () => {
  it.each<[string, string, boolean]>([
    ["twenty characters", "abcdefghijklmnopqrst", true],
    ["nineteen", "abcdefghijklmnopqrs", false],
    ["nineteen between spaces", "   abcdefghijklmnopqrs   ", false],
    ["nothing", "", false],
    ["spaces alone", " ".repeat(40), false],
    ["one character over and over", "a".repeat(400), false],
    ["one character over and over, with spaces between", "a ".repeat(40), false],
    ["one character and lines", "x\n\n\t x".repeat(20), false],
    ["two characters", `${"a".repeat(19)}b`, true],
    ["twenty characters of which each is a surrogate pair", "🔓🔒".repeat(10), true],
    ["ten surrogate pairs, twenty units", "🔓🔒".repeat(5), false],
    ["one surrogate pair over and over", "🔓".repeat(30), false],
    ["twenty characters that nobody can see", "\u200b\u2060".repeat(10), false],
    ["ten characters and ten that nobody can see", "abcdefghij" + "\u200b".repeat(10), false],
    ["another script", "Проверено владельцем, можно", true],
  ])("of %s: %s → %s", (_, text, has) => {
    expect(hasSubstance(text)).toBe(has);
  });
});

describe("a status", () => {
  it.each<[OverrideStatus, { final: boolean; inForce: boolean }]>([
    ["requested", { final: false, inForce: false }],
    ["approved", { final: false, inForce: true }],
    ["active", { final: false, inForce: true }],
    ["denied", { final: true, inForce: false }],
    ["withdrawn", { final: true, inForce: false }],
    ["expired", { final: true, inForce: false }],
    ["revoked", { final: true, inForce: false }],
  ])("%s: %j", (status, { final, inForce }) => {
    expect([isFinal(status), isInForce(status)]).toEqual([final, inForce]);
  });
  it("has a row here and words of its own", () => {
    expect(overrideStatuses).toHaveLength(7);
    expect(finalStatuses).toHaveLength(4);
    expect(new Set(Object.values(statusWords)).size).toBe(7);
  });
});
