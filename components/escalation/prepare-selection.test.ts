import { describe, expect, test } from "vitest";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { staysOf } from "@/lib/areas/escalation/domain/stays";
import type { MayDo } from "@/lib/kernel/contract";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import { row } from "./fixtures";
import { prepareSelection, sayMixture, tellOutcomes, type Intent, type Rights } from "./prepare-selection";

const me = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const omar = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Omar Haddad" };
const before = Date.parse("2026-02-10T09:10:00.000Z");
const after = Date.parse(row.dueAt) + 1;

const yes: MayDo = { allowed: true, as: "operator", letter: "R" };
const no: MayDo = {
  allowed: false,
  because: "Tech Lead or Security/Compliance can do this; Operator is Informed (I) on “Audit trail & integrity”.",
  whoCan: ["tech_lead", "security"],
};
const ofEach = <T>(of: (path: EscalationPath) => T) =>
  Object.fromEntries(escalationPaths.map((path) => [path, of(path)])) as Record<EscalationPath, T>;
const mine = ofEach((path) => (path === "integrity" ? no : yes));
const may: Rights = { claim: mine, assign: mine, resolve: mine, workers: ofEach(() => []) };

const items = (...changes: Partial<EscalationRow>[]): EscalationRow[] =>
  changes.map((change, index) => ({
    ...row,
    id: `id-${index}`,
    subject: `run_${index}`,
    runId: `run_${index}`,
    ...change,
  }));
const claimedBy = (person: typeof omar): Partial<EscalationRow> => ({
  status: "claimed",
  claimedBy: person,
  stays: staysOf({ status: "claimed", claimedById: person.id }, me.id),
});
const gone = staysOf({ status: "cancelled", claimedById: null }, me.id);
const closed: Partial<EscalationRow> = { status: "resolved", closedBy: omar, stays: gone };
const incident: Partial<EscalationRow> = { path: "incident", runId: null, severity: "P2" };

const claim: Intent = { act: "claim" };
const toOmar: Intent = { act: "assign", to: omar };
const resolve: Intent = { act: "resolve", outcome: "unblocked" };
const plan = (intent: Intent, of: EscalationRow[], now = before) => {
  const { go, stay, late, warns, does } = prepareSelection(intent, of, { me, may, now });
  return {
    go: go.map(({ id }) => id),
    stay: stay.map(({ item }) => item.id),
    late: late.map(({ id }) => id),
    warns,
    does,
  };
};

describe("what an act would do to the items selected", () => {
  test.each<[string, Intent, Partial<EscalationRow>[], string[], string[]]>([
    ["all alike: nothing to warn of", claim, [{}, {}, {}], ["id-0", "id-1", "id-2"], []],
    [
      "a colleague's claims stay when I claim",
      claim,
      [{}, claimedBy(omar), claimedBy(omar)],
      ["id-0"],
      ["2 of 3 are claimed by Omar Haddad and stay as they are."],
    ],
    ["mine are mine already", claim, [{}, claimedBy(me)], ["id-0"], ["1 of 2 is yours already and stays as it is."]],
    [
      "a colleague's claims stay when I resolve",
      resolve,
      [{}, claimedBy(omar)],
      ["id-0"],
      ["1 of 2 is claimed by Omar Haddad and stays as it is."],
    ],
    ["mine I may resolve", resolve, [claimedBy(me), {}], ["id-0", "id-1"], []],
    [
      "a colleague's claim ends when I give the item away",
      { act: "assign", to: me },
      [{}, claimedBy(omar), claimedBy(omar)],
      ["id-0", "id-1", "id-2"],
      ["2 of 3 are claimed by Omar Haddad, whose claim ends."],
    ],
    [
      "who holds it already is not given it",
      toOmar,
      [{}, claimedBy(omar)],
      ["id-0"],
      ["1 of 2 is claimed by Omar Haddad already and stays as it is."],
    ],
    [
      "what was closed meanwhile stays closed",
      resolve,
      [{}, closed, { status: "cancelled", stays: gone }],
      ["id-0"],
      ["1 of 3 is closed already by Omar Haddad and stays as it is.", "1 of 3 is closed already and stays as it is."],
    ],
    [
      "what is not mine to do says whose it is",
      claim,
      [{}, { path: "integrity" }],
      ["id-0"],
      [`1 of 2 is not yours to claim: ${no.allowed ? "" : no.because}`],
    ],
    [
      "nothing is left to do",
      claim,
      [closed, closed],
      [],
      ["Both are closed already by Omar Haddad and stay as they are."],
    ],
    [
      "several paths are said",
      claim,
      [{}, {}, incident],
      ["id-0", "id-1", "id-2"],
      ["They are of 2 paths: 2 policy denials, 1 incident."],
    ],
  ])("%s", (_, intent, changes, go, warns) => {
    const prepared = plan(intent, items(...changes));
    expect(prepared).toMatchObject({ go, warns, late: [] });
    expect(prepared.stay).toHaveLength(changes.length - go.length);
  });

  test("lateness matters when closing only, and says which items are meant", () => {
    const six = items({}, {}, {}, {}, {}, { dueAt: "2026-02-10T12:00:00.000Z" });
    expect(plan(claim, six, after).late).toEqual([]);
    expect(plan(resolve, six, after)).toMatchObject({
      late: ["id-0", "id-1", "id-2", "id-3", "id-4"],
      warns: ["5 of 6 are past the SLA, so the cause is asked for: run_0, run_1, run_2, run_3 and 1 more."],
    });
  });

  test("an item that missed a clock before is late, whatever it is due by now", () => {
    expect(plan(resolve, items({ breachedAt: row.blockedAt }, {})).late).toEqual(["id-0"]);
  });

  test("a colleague's late item is not asked about: it stays", () =>
    expect(plan(resolve, items(claimedBy(omar), {}), after).late).toEqual(["id-1"]));
});

test.each<[Intent, Partial<EscalationRow>[], string | null]>([
  [claim, [{}], "Claims 1 item for you."],
  [toOmar, [{}, {}], "Gives 2 items to Omar Haddad, who is told."],
  [{ act: "assign", to: null }, [{}], "Gives 1 item to whom you choose."],
  [
    resolve,
    [{}, {}],
    "Closes 2 items. The pending records of 2 runs are marked as “resolved” in thegent's escalation_queue.jsonl.",
  ],
  [
    { act: "resolve", outcome: null },
    [{}, incident],
    "Closes 2 items. The pending records of 1 run are marked in thegent's escalation_queue.jsonl.",
  ],
  [resolve, [incident], "Closes 1 item."],
  [resolve, [closed], null],
])("what pressing does is said: %j on %j", (intent, changes, does) =>
  expect(plan(intent, items(...changes)).does).toBe(does),
);

test("every item of the selection has an outcome, in its order", () => {
  const three = items({}, claimedBy(omar), {});
  const prepared = prepareSelection(claim, three, { me, may, now: before });
  const outcomes = [
    { id: "id-2", ok: false, code: "CONFLICT", message: "Omar Haddad has claimed this item already." },
    { id: "id-0", ok: true, code: null, message: "Claimed." },
  ];
  expect(tellOutcomes(three, prepared, outcomes)).toEqual([
    { id: "id-0", subject: "run_0", ok: true, says: "Claimed." },
    { id: "id-1", subject: "run_1", ok: false, says: "Left as it was: it is claimed by Omar Haddad." },
    { id: "id-2", subject: "run_2", ok: false, says: "Omar Haddad has claimed this item already." },
  ]);
});

test("what the items differ in stands beside their number", () => {
  expect(sayMixture(items({}, {}), before)).toBe("");
  expect(sayMixture(items({}, { dueAt: "2026-02-10T12:00:00.000Z" }, claimedBy(omar), closed, incident), after)).toBe(
    "1 closed already · 3 past SLA · 1 claimed by colleagues · 2 paths",
  );
});
