import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { lookAlikes } from "./look-alike";

const owners = fs
  .readFileSync("lib/testing/fixtures/look-alike-owners.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => (JSON.parse(line) as { owner: string }).owner);

describe("a name that reads like a known one", () => {
  it.each(owners.slice(1).map((owner) => [owner] as const))(
    "%j reads like kp:thegent, and kp:thegent like it",
    (owner) => {
      expect(lookAlikes(owner, ["maya:payments-api", "kp:thegent"])).toEqual(["kp:thegent"]);
      expect(lookAlikes("kp:thegent", [owner, "kp:other"])).toEqual([owner]);
    },
  );

  it.each<[string, string]>([
    ["Cyrillic throughout", "аnа:ѕһор"],
    ["Greek letters", "αnα:shορ"],
    ["another colon", "ana∶shop"],
    ["a soft hyphen", "ana:sh\u00adop"],
    ["a no-break space", "ana:\u00a0shop"],
    ["capitals", "ANA:Shop"],
    ["Cyrillic capitals", "АNА:SHOP"],
    ["a zero", "ana:sh0p"],
    ["mathematical letters", "𝐚𝐧𝐚:shop"],
    ["a space at the end", "ana:shop "],
  ])("by %s: %j", (_, name) => expect(lookAlikes(name, ["ana:shop"])).toEqual(["ana:shop"]));

  it.each([
    ["a ligature", "ofﬁce", "office"],
    ["one accent, composed and not", "jose\u0301:cat", "josé:cat"],
    ["rn for m", "cornet", "comet"],
    ["I for l", "aIpha:x", "alpha:x"],
    ["1 for l", "a1pha:x", "alpha:x"],
    ["a part turned round", "kp:\u202etnegeht", "kp:thegent"],
    ["a part turned round and back", "\u202epk\u202c:thegent", "kp:thegent"],
  ])("by %s: %j and %j", (_, name, known) => expect(lookAlikes(name, [known])).toEqual([known]));
});

describe("a name that reads like no other", () => {
  it.each([
    ["itself", "ana:shop", "ana:shop"],
    ["one letter more", "ana:shop", "ana:shops"],
    ["another letter", "ana:shop", "ana:shot"],
    ["another accent", "josé:cat", "jose:cat"],
    ["another script's word", "李雷:数据管道", "李磊:数据管道"],
    ["a name of other parts", "kp:thegent", "thegent:kp"],
  ])("%s", (_, name, known) => expect(lookAlikes(name, [known])).toEqual([]));

  it("all the sample's owners are told apart", () => {
    const sample = ["kp:thegent", "maya:payments-api", "night-shift:billing", "李雷:数据管道", "josé:catálogo"];
    for (const owner of sample) expect(lookAlikes(owner, sample)).toEqual([]);
  });
});

it("names every alike one, in their order", () => {
  expect(lookAlikes("kp:thegent", owners.slice(0, 7))).toEqual(owners.slice(1, 7));
});
