import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { honours, microsAt } from "@/lib/thegent/files/testing/honours";
import { hardTexts, overrideOf, thegentsLine } from "@/lib/thegent/files/testing/override-fixture";
import { parsePythonJson } from "@/lib/thegent/python/json";
import type { JsonObject } from "@/lib/thegent/python/value";
import { endings, hasUnexpired, missingOverride } from "./override-lines";
import { newOverrideKey, overrideKeyOf, overrideLine } from "./override-record";

const noon = new Date("2026-03-01T12:00:00Z");
const expiring = (text: string, owner = "a") =>
  `{"owner": "${owner}", "reason": "r", "timestamp": "t", "expires_at_utc": "${text}"}`;
const isHonoured = (content: string, owner = "a", now = noon) => hasUnexpired(Buffer.from(content), owner, now);

/** The content with the patches made, and the same length. */
function patched(content: Buffer, { patches }: ReturnType<typeof endings>): Buffer {
  const next = Buffer.from(content);
  for (const { offset, was, becomes } of patches) {
    expect(next.subarray(offset, offset + was.length)).toEqual(was);
    expect(becomes).toHaveLength(was.length);
    becomes.copy(next, offset);
  }
  return next;
}
const keyIn = (line: string) => overrideKeyOf(parsePythonJson(line) as JsonObject);
/** The content after the override in `line`, found in `content`, was ended at noon. */
const endedAtNoon = (content: string, line: string) =>
  patched(Buffer.from(content), endings(Buffer.from(content), keyIn(line), noon)).toString();

describe("whether an owner has an override that thegent honours", () => {
  it.each([
    ["2026-03-01T12:00:00.000001+00:00", true],
    ["2026-03-01T12:00:00+00:00", false],
    ["2026-03-01T11:59:59.999999+00:00", false],
    ["2026-03-01T14:00:00+02:00", false],
    ["2026-03-01T12:30:00-00:45", true],
    ["2026-03-01 12:00:01Z", true],
    ["2026-03-02T12:00:00", false],
    ["2026-03-02", false],
    ["tomorrow", false],
  ])("at noon, when it expires at %s: %s", (expiry, expected) => {
    expect(isHonoured(expiring(expiry))).toBe(expected);
    expect(honours(Buffer.from(expiring(expiry)), "a", microsAt(noon))).toBe(expected);
  });

  it.each([
    ["nothing", "", false],
    ["a line that is no JSON", `{torn\n${expiring("2027-01-01T00:00:00Z")}`, true],
    ["a list, a number and null", `[1]\n7\nnull\n${expiring("2027-01-01T00:00:00Z")}`, true],
    ["no expiry, or none of text", '{"owner": "a"}\n{"owner": "a", "expires_at_utc": 9999999999}\n', false],
    ["an owner of no text", '{"owner": ["a"], "expires_at_utc": "2027-01-01T00:00:00Z"}', false],
    [
      "a newer one that is over beside an older one that is not",
      `${expiring("2027-01-01T00:00:00Z")}\n${expiring("2026-01-01T00:00:00Z")}\n`,
      true,
    ],
    [
      "almost the same owner",
      expiring("2027-01-01T00:00:00Z", "a ") + "\n" + expiring("2027-01-01T00:00:00Z", "A"),
      false,
    ],
    [
      "two expiries, the last of which counts",
      '{"owner": "a", "expires_at_utc": "2027-01-01T00:00:00Z", "expires_at_utc": "2026-01-01T00:00:00Z"}',
      false,
    ],
    ["a last line without an ending, blank lines and CRs", `\n\r\n  \r${expiring("2027-01-01T00:00:00Z")}`, true],
  ])("with %s", (_, content, expected) => {
    expect(isHonoured(content)).toBe(expected);
    expect(honours(Buffer.from(content), "a", microsAt(noon))).toBe(expected);
  });

  it("tells é from é and passes over what is no UTF-8", () => {
    const content = Buffer.concat([Buffer.from([0xff, 0x0a]), overrideLine(overrideOf({ owner: "jos\u00e9" }))]);
    expect(hasUnexpired(content, "jos\u00e9", noon)).toBe(true);
    expect(hasUnexpired(content, "jose\u0301", noon)).toBe(false);
  });

  it("is the same for the independent reader, for every owner of the sample at every start and end", () => {
    const content = readFileSync("samples/session/override_registry.jsonl");
    const records = content
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, string>);
    for (const { timestamp, expires_at_utc: expiry } of records) {
      for (const text of [timestamp!, expiry!]) {
        const now = new Date(text);
        for (const { owner } of records)
          expect(hasUnexpired(content, owner!, now)).toBe(honours(content, owner!, microsAt(now)));
      }
    }
  });
});

describe("what is missing", () => {
  const line = overrideLine(overrideOf());
  const missing = (content: string) => missingOverride(Buffer.from(content), overrideOf());

  it("is the line, beside others of the owner, of the reason and of the instant", () => {
    const others = [{ owner: "other" }, { reason: "other" }, { at: new Date("2026-03-01T09:00:00Z") }].map((change) =>
      overrideLine(overrideOf(change)).toString(),
    );
    expect(missing("")).toEqual([line]);
    expect(missing(others.join(""))).toEqual([line]);
  });

  it("is nothing when it is there, also ended, written anew by others or without its ending", () => {
    expect(missing(`{torn\n${line.toString()}`)).toEqual([]);
    expect(missing(line.toString().replace("03-02T09", "03-01T10"))).toEqual([]);
    expect(missing(JSON.stringify(JSON.parse(line.toString())))).toEqual([]);
  });
});

describe("ending an override", () => {
  it.each([
    ["thegent's own", "2026-03-02T09:00:00.123456+00:00", "2026-03-01T11:59:59.123456+00:00"],
    ["one without a fraction", "2026-03-02T09:00:00+00:00", "2026-03-01T12:00:00+00:00"],
    ["one with another offset", "2026-03-02T09:00:00+02:00", "2026-03-01T14:00:00+02:00"],
    ["one of another length", "2026-03-02T09:00:00.1Z", "2026-03-01T11:59:59.1Z"],
    ["one without seconds", "2026-03-02T09:00Z", "1992-03-02T09:00Z"],
    ["one of the basic form", "20260302T090000Z", "19920302T090000Z"],
    [
      "one whose offset and digits are escapes",
      "2\\u00302\\u0036-03-02\\u005409:00:00\\u002b00:00",
      "2\\u00302\\u0036-03-01\\u005412:00:00\\u002b00:00",
    ],
    ["one with é between date and clock", "2026-03-02é09:00:00Z", "2026-03-01é12:00:00Z"],
  ])("changes digits of %s", (_, before, after) => {
    const content = `{torn\n${expiring("2027-01-01T00:00:00Z", "other")}\n${expiring(before)}\r\n${thegentsLine("last")}`;
    const next = endedAtNoon(content, expiring(before));
    expect(next).toBe(content.replace(before, after));
    for (const reads of [
      isHonoured,
      (text: string, owner: string, now: Date) => honours(Buffer.from(text), owner, microsAt(now)),
    ]) {
      expect(reads(content, "a", noon)).toBe(true);
      expect(reads(next, "a", noon)).toBe(false);
      expect(reads(next, "other", noon)).toBe(true);
    }
  });

  it.each([
    ["another key order and spacing", '{"expires_at_utc" :\t"2026-03-02T09:00:00Z" , "reason":"r","owner":"a"}'],
    [
      "the same words in its reason, in a nested object and in a list",
      '{"reason": "\\"expires_at_utc\\": \\"2026-03-02T09:00:00Z\\"", "x": {"expires_at_utc": "2026-03-02T09:00:00Z"}, "y": ["expires_at_utc", "2026-03-02T09:00:00Z"], "z": "expires_at_utc", "expires_at_utc": "2026-03-02T09:00:00Z", "owner": "a"}',
    ],
    [
      "an expiry that is there twice",
      '{"owner": "a", "expires_at_utc": "2026-01-01T09:00:00Z", "expires_at_utc": "2026-03-02T09:00:00Z"}',
    ],
    ["an escape in the key", '{"owner": "a", "expires\\u005fat_utc": "2026-03-02T09:00:00Z"}'],
    [
      "raw text of any script",
      '{"owner": "a", "reason": "李雷 é 😀 \u2028 \u007f", "é": {}, "expires_at_utc": "2026-03-02T09:00:00Z"}',
    ],
  ])("finds the expiry of a record with %s", (_, line) => {
    const next = endedAtNoon(`${line}\n`, line);
    const at = line.lastIndexOf("2026-03-02T09:00:00Z");
    expect(next).toBe(`${line.slice(0, at)}2026-03-01T12:00:00Z${line.slice(at + 20)}\n`);
    expect(isHonoured(line)).toBe(true);
    expect(isHonoured(next)).toBe(false);
  });

  it("ends all that are exactly the same, and no other of the owner", () => {
    const [one, other] = [thegentsLine("a"), thegentsLine("a", "another")];
    const next = endedAtNoon([one, other, one.replace("03-02", "03-05"), ""].join("\n"), one);
    expect(next).toBe(
      [
        one.replace("03-02T09:00:00", "03-01T11:59:59"),
        other,
        one.replace("03-02T09:00:00", "03-01T11:59:59"),
        "",
      ].join("\n"),
    );
    expect(isHonoured(next)).toBe(true);
    expect(isHonoured(endedAtNoon(next, other))).toBe(false);
  });

  it("changes nothing when it is over, is not read by thegent as a time, or is not there", () => {
    for (const expiry of ["2026-03-01T12:00:00+00:00", "2027-03-01T12:00:00", "2027-02-31T12:00:00+00:00"]) {
      expect(endings(Buffer.from(expiring(expiry)), keyIn(expiring(expiry)), noon)).toEqual({
        isThere: true,
        patches: [],
      });
    }
    expect(endings(Buffer.from(thegentsLine("a")), keyIn(thegentsLine("b")), noon)).toEqual({
      isThere: false,
      patches: [],
    });
  });

  it.each(hardTexts)("works for the owner and the reason %j", (text) => {
    const override = overrideOf({ owner: text, reason: text });
    const content = overrideLine(override);
    expect(honours(content, text, microsAt(noon))).toBe(true);
    const next = patched(content, endings(content, newOverrideKey(override), noon));
    expect(honours(next, text, microsAt(noon))).toBe(false);
    expect(honours(next, text, microsAt(noon) - 1_000_000n)).toBe(true);
    expect(next.toString().replace("2026-03-01T11:59:59", "2026-03-02T09:00:00")).toBe(content.toString());
  });
});

/** FORMATS §4 in thegent's own language. Prints for each line whether it alone makes its owner pass at the given instant. */
const inPython = `
import json, sys
from datetime import datetime
now = datetime.fromisoformat(sys.argv[1])
def live(line):
    try:
        return now < datetime.fromisoformat(json.loads(line.strip())["expires_at_utc"])
    except (ValueError, TypeError, KeyError):
        return False
sys.stdin.reconfigure(encoding="utf-8", newline=None)
print(json.dumps([live(line) for line in sys.stdin if line.strip()]))
`;
const hasPython = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status === 0;

describe.skipIf(!hasPython)("Python itself, where it is installed", () => {
  const forms = [
    "2026-03-02T09:00:00+00:00",
    "2026-03-02T09:00:00.123456+00:00",
    "2026-03-02 09:00:00,5+0530",
    "20260302T090000Z",
    "2026-W10-1T09:00Z",
    "2026W101T09Z",
    "2026-W53-7T09:00-23:59",
    "2028-02-29T09.5Z",
    "2\\u00302\\u0036-03-02\\u005409:00:00\\u002b00:00",
    "2026-03-02é09:00:00Z",
    "9999-12-31T23:59:59.999999-23:59",
  ];
  const content = Buffer.from(forms.map((form, index) => `${expiring(form, `owner ${index}`)}\n`).join(""));
  const live = (bytes: Buffer) =>
    JSON.parse(
      spawnSync("python3", ["-c", inPython, "2026-03-01T12:00:00+00:00"], { input: bytes, encoding: "utf8" }).stdout,
    ) as boolean[];

  it("honours overrides of every form, and none of them once it was ended", { timeout: 60_000 }, () => {
    const ended = forms.reduce<Buffer>(
      (next, form, index) => patched(next, endings(next, keyIn(expiring(form, `owner ${index}`)), noon)),
      content,
    );
    expect(ended).toHaveLength(content.length);
    expect(live(content)).toEqual(forms.map(() => true));
    expect(live(ended)).toEqual(forms.map(() => false));
  });
});
