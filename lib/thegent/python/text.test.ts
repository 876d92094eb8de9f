import { describe, expect, it } from "vitest";
import { decodeUtf8, isBlank, strip } from "./text";

describe("text as Python takes it", () => {
  it.each([
    ["\u0085\u00a0\u2028\u3000 {} \u001c\u001f\t", "{}"],
    ["\ufeff{}", "\ufeff{}"],
    ["\u200b{}", "\u200b{}"],
    ["  ", ""],
  ])("strips %j to %j", (text, expected) => expect(strip(text)).toBe(expected));

  it("finds a line of Unicode spaces blank, and one of invalid bytes not", () => {
    expect(isBlank(Buffer.from(" \t\u0085\u2029"))).toBe(true);
    expect(isBlank(Buffer.alloc(0))).toBe(true);
    expect(isBlank(Buffer.from([0x20, 0xff]))).toBe(false);
    expect(isBlank(Buffer.from("\ufeff"))).toBe(false);
  });

  it("decodes UTF-8 strictly and keeps a byte order mark", () => {
    expect(decodeUtf8(Buffer.from("\ufeffé"))).toBe("\ufeffé");
    expect(decodeUtf8(Buffer.from([0xed, 0xa0, 0x80]))).toBeNull();
  });
});
