import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { isKept, nameProblem, nameUnkept, nameUnseen, readableLength, readableOf } from "./text";

const texts = JSON.parse(fs.readFileSync("lib/testing/fixtures/mandatory-texts.json", "utf8")) as Record<
  "nothing_to_see" | "something_to_see",
  string[]
>;

describe("what is kept", () => {
  it.each<[string, boolean, string]>([
    ["kp:thegent", true, "kp:thegent"],
    ["kp:thegent\0", false, "kp:thegent⟨U+0000⟩"],
    ["\ud800", false, "⟨U+D800⟩"],
    ["a\udc00b", false, "a⟨U+DC00⟩b"],
    ["\udc00\ud800", false, "⟨U+DC00⟩⟨U+D800⟩"],
    ["\u{1f469}\u200d\u{1f4bb}", true, "\u{1f469}\u200d\u{1f4bb}"],
    ["\ufffd\u200b", true, "\ufffd\u200b"],
  ])("%j is exact: %s", (text, kept, shown) => expect([isKept(text), nameUnkept(text)]).toEqual([kept, shown]));
});

describe("a name that is drawn", () => {
  it.each<[string, string]>([
    ["kp:thegent", "kp:thegent"],
    ["josé:catálogo", "josé:catálogo"],
    ["李雷:数据管道", "李雷:数据管道"],
    ["night shift", "night shift"],
    ["kp:the\u200bgent", "kp:the⟨U+200B⟩gent"],
    ["kp:the\u202etneg", "kp:the⟨U+202E⟩tneg"],
    ["kp:thegent\u200f", "kp:thegent⟨U+200F⟩"],
    ["\ufeffbom", "⟨U+FEFF⟩bom"],
    ["a\u00a0b\u3000c", "a⟨U+00A0⟩b⟨U+3000⟩c"],
    [" a  ", "⟨U+0020⟩a⟨U+0020⟩⟨U+0020⟩"],
    ["a\nb\tc\u0000", "a⟨U+000A⟩b⟨U+0009⟩c⟨U+0000⟩"],
    ["\u3164\u2800\u00ad", "⟨U+3164⟩⟨U+2800⟩⟨U+00AD⟩"],
    ["\u{e0041}", "⟨U+E0041⟩"],
    ["a\u2028b", "a⟨U+2028⟩b"],
    ["", ""],
  ])("%j shows what cannot be seen of it: %j", (text, shown) => expect(nameUnseen(text)).toBe(shown));
});

describe("what can be read", () => {
  it.each(texts.nothing_to_see)("of %j is nothing", (text) => expect(readableOf(text)).toBe(""));
  it.each(texts.something_to_see)("of %j is enough", (text) => expect(readableLength(text)).toBeGreaterThanOrEqual(20));
  it.each([
    ["  a\n\tb ", "a  b"],
    ["a\u200bb\u202e", "ab"],
    ["\u00a0x", "x"],
    ["", ""],
  ])("of %j is %j", (text, readable) => expect(readableOf(text)).toBe(readable));
});

describe("a name that identifies", () => {
  it.each<[string, string | null]>([
    ["kp:thegent", null],
    ["josé:catálogo", null],
    ["kp:the\u200bgent", null],
    ["two words", null],
    ["", "The owner is missing."],
    ["x".repeat(201), "The owner has more than 200 characters."],
    [
      "\ufeffbom",
      "The owner begins or ends with a space, which thegent would take as it is: ⟨U+FEFF⟩bom. Write it without.",
    ],
    [
      "ana:shop ",
      "The owner begins or ends with a space, which thegent would take as it is: ana:shop⟨U+0020⟩. Write it without.",
    ],
    ["a\0b", "The owner holds a character that cannot be kept."],
    ["a\nb", "The owner holds a character that cannot be kept."],
    ["\ud800", "The owner holds a character that cannot be kept."],
    ["\u200b\u2060", "The owner shows nothing that can be read."],
    ["   ", "The owner is missing."],
  ])("as %j is taken as it is or refused: %s", (text, problem) =>
    expect(nameProblem("The owner", text, 200)).toBe(problem),
  );
});
