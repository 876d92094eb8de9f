import { describe, expect, test } from "vitest";
import { asleepMs, keysOfPages, mayKeyAct, type Press } from "./keys";

const calm: Press = {
  key: "c",
  repeat: false,
  typing: false,
  sinceNavigationMs: asleepMs,
  formHoldsText: false,
  othersPage: false,
};
const may = (change: Partial<Press>): boolean => mayKeyAct({ ...calm, ...change });

/** Written by hand: what leaves everything as it is but the focus. */
const harmless = ["j", "k", "Enter", "/", "?"];
const acting = ["x", "c", "u", "r", "o", "a", "n", "m", "g"];

test("every key of the product is one or the other", () => {
  for (const [key, does] of keysOfPages) expect([key, does]).toEqual([key, harmless.includes(key) ? "moves" : "acts"]);
  for (const [key] of keysOfPages) expect([...harmless, ...acting]).toContain(key);
});

describe.each(acting)("%s", (key) => {
  test.each<[string, Partial<Press>, boolean]>([
    ["acts on a page that was looked at for a second, with nothing typed", {}, true],
    ["does nothing while another page is on its way", { sinceNavigationMs: 0 }, false],
    ["does nothing until a second after a page came", { sinceNavigationMs: asleepMs - 1 }, false],
    [
      "does nothing while a form holds text, however long the page is there",
      { formHoldsText: true, sinceNavigationMs: 3_600_000 },
      false,
    ],
    ["does nothing on a page of somebody else's", { othersPage: true }, false],
    ["acts once, however long it is held", { repeat: true }, false],
    ["is a letter where one types", { typing: true }, false],
  ])("%s", (_, change, acts) => expect(may({ key, ...change })).toBe(acts));
});

describe.each(harmless)("%s", (key) => {
  test.each<[string, Partial<Press>, boolean]>([
    ["moves on a page that came just now", { sinceNavigationMs: 0 }, true],
    ["moves while a form holds text", { formHoldsText: true }, true],
    ["moves on while it is held", { repeat: true }, true],
    ["moves on a page of somebody else's", { othersPage: true }, true],
    ["is a letter where one types", { typing: true }, false],
  ])("%s", (_, change, acts) => expect(may({ key, ...change })).toBe(acts));
});
