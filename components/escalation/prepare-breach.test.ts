import { describe, expect, test } from "vitest";
import { detail } from "./fixtures";
import { sayBreachesTab, saySignOffBlocked } from "./prepare-breach";

const me = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const other = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Jon Berg" };

test("the tab counts the breaches, none too, and keeps silent while the figure is not known", () => {
  expect(sayBreachesTab({ breaches: 1400 })).toBe("Breaches 1,400");
  expect(sayBreachesTab({ breaches: 0 })).toBe("Breaches 0");
  expect(sayBreachesTab(undefined)).toBe("Breaches");
});

describe("what a colleague signed meanwhile is told before anything is pressed", () => {
  test.each([
    ["a breach that waits", { breachedAt: detail.dueAt }, null],
    ["a breach of a closed item", { breachedAt: detail.dueAt, status: "resolved", closedBy: other }, null],
    ["signed off by a colleague", { breachedAt: detail.dueAt, signedOffBy: other }, "Jon Berg has signed this breach off already."],
    ["signed off by me elsewhere", { breachedAt: detail.dueAt, signedOffBy: me }, "You have signed this breach off already."],
    ["no breach, whatever its level", { level: 1 }, "This item has missed no SLA, so there is no breach to sign off."],
  ] as const)("%s", (_, change, says) => expect(saySignOffBlocked({ ...detail, ...change }, me, Date.parse(detail.now))).toBe(says));
});
