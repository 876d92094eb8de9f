import { expect, test } from "vitest";
import { itemAddress, viewAddress, viewOf } from "./prepare-address";
import { sayQuiet } from "./prepare-claim";

const at = "2026-02-10T09:30:00.000Z";
const before = (seconds: number) => Date.parse(at) - seconds * 1000;

test.each([
  [
    "minutes from one minute on",
    null,
    720,
    "Your claim returns to the queue in 12 min, unless you do something on the item.",
  ],
  ["seconds below", null, 42, "Your claim returns to the queue in 42s, unless you do something on the item."],
  [
    "a colleague's",
    "Jon",
    60,
    "The claim of Jon returns to the queue in 1 min, unless Jon does something on the item.",
  ],
  ["when its instant has come", "Jon", 0, "The claim of Jon is returning to the queue."],
])("a claim says when it goes back by itself: %s", (_, holder, seconds, says) =>
  expect(sayQuiet(at, holder, before(seconds))).toBe(says),
);

test("an item remembers the view it was opened from, and nothing else", () => {
  const view = "sla=past&owner=ana%3Ashop";
  const address = itemAddress("a", view);
  expect(viewOf(new URLSearchParams(address.split("?")[1]).get("from")!)).toBe(view);
  expect(viewAddress(view)).toBe(`/escalations?${view}`);
  expect(viewAddress(viewOf(undefined))).toBe("/escalations");
  expect(viewOf(["a", "b"])).toBe("");
  expect(viewAddress(viewOf("//evil.example"))).toBe("/escalations?%2F%2Fevil.example=");
});
