import { describe, expect, it } from "vitest";
import { overrideOf } from "@/lib/thegent/files/testing/override-fixture";
import { parsePythonJson } from "@/lib/thegent/python/json";
import type { JsonObject } from "@/lib/thegent/python/value";
import { newOverrideKey, overrideLine } from "./override-record";
import { readOverrideRecord } from "./override-registry";

const read = (line: string) => readOverrideRecord(parsePythonJson(line) as JsonObject);

describe("reading an override", () => {
  it("tells what the cockpit wrote, and the key that ends it", () => {
    const { owner, reason, at, expiresAt } = overrideOf();
    expect(read(overrideLine(overrideOf()).toString().trim())).toEqual({
      ok: true,
      record: {
        key: newOverrideKey(overrideOf()),
        owner,
        reason,
        recordedAtMs: at.getTime(),
        expiresAtMs: expiresAt.getTime(),
      },
    });
  });

  it("takes one that lacks what thegent does not look at", () =>
    expect(read('{"owner": "a", "expires_at_utc": "2026-03-02T09:00:00.0009Z"}')).toMatchObject({
      record: { owner: "a", reason: "", recordedAtMs: null, expiresAtMs: Date.parse("2026-03-02T09:00:00Z") },
    }));

  it.each([
    '{"expires_at_utc": "2026-03-02T09:00:00Z"}',
    '{"owner": 1, "expires_at_utc": "2026-03-02T09:00:00Z"}',
    '{"owner": "a"}',
    '{"owner": "a", "expires_at_utc": "2026-03-02T09:00:00"}',
  ])("refuses %s, which overrides nothing", (line) => expect(read(line).ok).toBe(false));
});
