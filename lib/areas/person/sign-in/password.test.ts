import { hash } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { hashPassword, passwordMatches } from "./password";

const composed = "caf\u00e9 au lait \u212b";
const decomposed = "cafe\u0301 au lait A\u030a";
const fullWidth = "\uff43af\u00e9 au lait \u00c5";

describe("a password is what a person types, whatever keyboard they type it on", () => {
  it.each([
    ["composed", composed, decomposed],
    ["decomposed", decomposed, composed],
    ["full-width", fullWidth, composed],
  ])("chosen %s, typed otherwise", async (_, chosen, typed) => {
    expect(await passwordMatches(await hashPassword(chosen), typed)).toBe(true);
  });
  it("and another one is another one", async () => {
    expect(await passwordMatches(await hashPassword(composed), "cafe au lait A")).toBe(false);
  });
  it("hashes of what was typed before spellings were made one are still good", async () => {
    expect(await passwordMatches(await hash(decomposed), decomposed)).toBe(true);
    expect(await passwordMatches(await hash(composed), "cafe au lait A")).toBe(false);
  });
  it("nobody's matches nothing, and a hash that is none neither", async () => {
    expect(await passwordMatches(null, "nobody's password")).toBe(false);
    expect(await passwordMatches("-", composed)).toBe(false);
  });
});
