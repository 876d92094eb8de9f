import { describe, expect, test } from "vitest";
import { onlyLater, tellingKinds } from "@/lib/thegent/records/dialect";
import { listDialects, sayDialect, takesAway } from "./say-dialect";

const nobody = { reference: 0, later: 0 };
const file = { kind: "escalation_queue", dialects: nobody, laterBefore: false };

describe("a file says which thegent wrote it", () => {
  test.each([
    ["nothing, where no record tells", {}, null],
    ["nothing, where the reference alone wrote it", { dialects: { reference: 3, later: 0 } }, null],
    [
      "a later one",
      { dialects: { reference: 0, later: 3 } },
      /^Written by a later thegent\. Its most urgent priority is 1, and is shown as the highest; .* is closed here by hand\.$/,
    ],
    [
      "both, with how much each",
      { dialects: { reference: 1200, later: 1 } },
      /^Mixed: 1 record by a later thegent, 1,200 by the one whose formats .*; each is taken as its writer meant it\. Its most/,
    ],
    [
      "a later one before, when none of its records is left",
      { dialects: { reference: 2, later: 0 }, laterBefore: true },
      /^A later thegent wrote in it before\. /,
    ],
    [
      "that its registry is written from memory",
      { kind: "override_registry", dialects: { reference: 0, later: 1 } },
      /what was ended here may come back; what was decided here is then written again/,
    ],
    [
      "that its run registry may begin anew",
      { kind: "run_registry", dialects: { reference: 0, later: 1 } },
      /begin the file anew; records that are gone then are kept here/,
    ],
    [
      "that only it writes such a file",
      { kind: "second_queue" },
      /^Only a later thegent writes this\. .* not shown in the queue here/,
    ],
    ["nothing of other files", { kind: "session_meta" }, null],
  ])("%s", (_, change, says) => {
    const said = sayDialect({ ...file, ...change });
    if (says) expect(said).toMatch(says);
    else expect(said).toBeNull();
  });

  test("and what is done about it, for every kind that tells", () => {
    for (const kind of [...tellingKinds, ...onlyLater])
      expect(sayDialect({ kind, dialects: { reference: 0, later: 1 }, laterBefore: false }), kind).not.toMatch(
        /like any other/,
      );
  });
});

test("of a directory it is said once a file, and once of the second queue", () => {
  const later = { ...file, dialects: { reference: 0, later: 1 } };
  const files = [
    { ...later, path: "escalation_queue.jsonl" },
    { ...file, path: "a/s1.json", kind: "session_meta" },
    ...["a", "b"].map((id) => ({ ...later, kind: "second_queue", path: `escalations/${id}.json` })),
  ];
  expect(listDialects(files).map(({ path }) => path)).toEqual(["escalation_queue.jsonl", "escalations/"]);
  expect(listDialects([{ ...file, path: "escalation_queue.jsonl" }])).toEqual([]);
});

test.each([
  ["a queue it writes", { dialects: { reference: 0, later: 1 } }, true],
  ["a queue it wrote", { laterBefore: true }, true],
  ["the reference's queue", { dialects: { reference: 1, later: 0 } }, false],
  ["a registry", { kind: "override_registry", dialects: { reference: 0, later: 1 } }, false],
])("whether it takes away what it resolves: %s", (_, change, does) =>
  expect(takesAway({ ...file, ...change })).toBe(does),
);
