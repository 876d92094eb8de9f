import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { isKept, nameUnkept, nameUnseen, seenOf } from "./text";

const texts = JSON.parse(fs.readFileSync("lib/testing/fixtures/mandatory-texts.json", "utf8")) as Record<"nothing_to_see" | "something_to_see", string[]>;

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

describe("what can be seen", () => {
  it.each(texts.nothing_to_see)("of %j is nothing", (text) => expect(seenOf(text)).toEqual([]));
  it.each(texts.something_to_see)("of %j is something", (text) => expect(seenOf(text).length).toBeGreaterThan(10));
});
