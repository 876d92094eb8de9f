import { describe, expect, it } from "vitest";
import type { Letter } from "@/lib/model/roles";
import { kindOfLetter, type NoticeKind } from "./steps";

describe("a reader's letter makes of a notice", () => {
  it.each<[Letter, NoticeKind]>([
    ["A", "action"],
    ["R", "action"],
    ["C", "consult"],
    ["I", "informed"],
  ])("%s: %s", (letter, kind) => {
    expect(kindOfLetter[letter]).toBe(kind);
  });
});
