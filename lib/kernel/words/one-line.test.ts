import { expect, test } from "vitest";
import { hostileTexts } from "@/lib/testing/bundles";
import { oneLine } from "./one-line";

test.each([
  ["plain", "plain"],
  ["  two \r\n lines\t ", "two lines"],
  ["a\u2028b\u2029c\u0085d\u0000e", "a b c d e"],
  ["\u202Ecod.exe\u202C", "cod.exe"],
  ["zero\u200Bwidth", "zerowidth"],
  ["half \uD800", "half \uFFFD"],
  ["Zoë 日本 👩‍🚀", "Zoë 日本 👩‍🚀"],
  ["12345678901234567890", "12345678901234567890"],
  ["123456789012345678901", "1234567890123456789…"],
  ["😀".repeat(21), `${"😀".repeat(19)}…`],
  [" ".repeat(500) + "late", "…"],
  ["", ""],
])("%j is %j", (text, line) => expect(oneLine(text, 20)).toBe(line));

test.each(hostileTexts)("%s fits on a line and hides nothing", (_, text) => {
  const line = oneLine(text, 100);
  expect(Array.from(line).length).toBeLessThanOrEqual(100);
  expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200B]/u);
});
