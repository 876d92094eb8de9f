import { describe, expect, test } from "vitest";
import { signOffSchema } from "@/lib/contracts/escalations";
import { detail, row } from "./fixtures";
import { isAhead, sayBreachesTab, saySignOffBlocked, signOffProblem } from "./prepare-breach";

const me = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const other = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Jon Berg" };

test("the tab counts the breaches, none too, and keeps silent while the figure is not known", () => {
  expect(sayBreachesTab({ breaches: 1400 })).toBe("Breaches 1,400");
  expect(sayBreachesTab({ breaches: 0 })).toBe("Breaches 0");
  expect(sayBreachesTab(undefined)).toBe("Breaches");
});

describe("what comes next is announced until it is due", () => {
  const next = Date.parse(detail.comesNext!.at);
  test.each([
    ["a millisecond before", {}, next - 1, true],
    ["when its instant has come", {}, next, false],
    ["of an item closed before", { status: "resolved" }, next - 1, false],
    ["where no clock runs any more", { comesNext: null }, next - 1, false],
  ] as const)("%s", (_, change, now, ahead) => expect(isAhead({ ...detail, ...change }, now)).toBe(ahead));
});

describe("what a colleague signed meanwhile is told before anything is pressed", () => {
  test.each([
    ["a breach that waits", { level: 1 }, null],
    ["a breach of a closed item", { level: 1, status: "resolved", closedBy: other }, null],
    ["signed off by a colleague", { level: 1, signedOffBy: other }, "Jon Berg has signed this breach off already."],
    ["signed off by me elsewhere", { level: 1, signedOffBy: me }, "You have signed this breach off already."],
    ["no breach at all", {}, "This item has not passed its SLA, so there is no breach to sign off."],
  ] as const)("%s", (_, change, says) => expect(saySignOffBlocked({ ...detail, ...change }, me, Date.parse(detail.now))).toBe(says));
});

test.each([
  ["a whole note", "Two of us were ill; the rota is mended.", null],
  ["a note of spaces", "     ", "The note needs at least 3 characters."],
  ["a long note", "x".repeat(4001), "The note has more than 4000 characters."],
])("the note is judged as the server does: %s", (_, note, problem) => {
  expect(signOffProblem(note)).toBe(problem);
  expect(signOffSchema.safeParse({ id: row.id, version: 1, note }).success).toBe(problem === null);
});
