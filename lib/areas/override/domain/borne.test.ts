import { describe, expect, it } from "vitest";
import { at, T0 } from "@/lib/testing/items";
import { decideUnborne, type Taken } from "./borne";
import type { OverrideLine } from "./findings";

const now = at(60);
const inForce: Taken = {
  overrideId: "o1",
  effectId: "write",
  owner: "ana:shop",
  justification: "CHG-7",
  decidedAt: T0,
  expiresAt: at(120),
  endedAt: null,
};
const ended: Taken = { ...inForce, effectId: "end", endedAt: at(30) };
const line = (change: Partial<OverrideLine> = {}): OverrideLine => ({
  of: "override",
  subject: "l1",
  owner: "ana:shop",
  reason: "CHG-7",
  at: T0,
  expiresAt: at(120),
  ...change,
});
const cut = line({ expiresAt: at(30) });

type Row = [situation: string, taken: Taken, lines: OverrideLine[], whole: boolean, expected: [string, string][]];

describe("a decision that thegent's file", () => {
  it.each<Row>([
    ["bears stays: in force", inForce, [line()], true, []],
    ["bears stays: ended", ended, [cut], true, []],
    ["bears stays: ended, and its line gone", ended, [], true, []],
    ["bears stays: one of two equal lines says so", inForce, [cut, line()], true, []],
    ["honours although it was ended here is ended again", ended, [line()], true, [["end", "override_back"]]],
    ["honours again by one line of two is ended again", ended, [cut, line()], true, [["end", "override_back"]]],
    ["honours again by an added line is ended again", ended, [line()], false, [["end", "override_back"]]],
    [
      "honours for longer than was ever approved is ended again",
      ended,
      [line({ expiresAt: at(500) })],
      true,
      [["end", "override_back"]],
    ],
    ["would honour, were it not over, is left", ended, [line({ expiresAt: now })], true, []],
    ["has no line of is written again", inForce, [], true, [["write", "override_gone"]]],
    ["has no line of among those that were added stays", inForce, [], false, []],
    ["has no line of stays once it is over", { ...inForce, expiresAt: now }, [], true, []],
    ["cuts short is told of, and not made longer", inForce, [cut], true, [["tell", "override_cut"]]],
    ["says longer stays: that is somebody else's override", inForce, [line({ expiresAt: at(500) })], true, []],
    [
      "bears only for another owner is written again",
      inForce,
      [line({ owner: "ana:shop " })],
      true,
      [["write", "override_gone"]],
    ],
    [
      "bears only for another reason is written again",
      inForce,
      [line({ reason: "CHG-8" })],
      true,
      [["write", "override_gone"]],
    ],
    [
      "bears only from another instant is written again",
      inForce,
      [line({ at: at(1) })],
      true,
      [["write", "override_gone"]],
    ],
    ["bears only at no instant is written again", inForce, [line({ at: null })], true, [["write", "override_gone"]]],
  ])("%s", (_, taken, lines, whole, expected) => {
    expect(decideUnborne([taken], lines, whole, now).map((one) => [one.do, one.finding.kind])).toEqual(expected);
  });

  it("no longer bears is found each time, with the override, its owner and its end", () => {
    const first = decideUnborne([ended], [line()], true, now)[0]!;
    expect(first).toEqual({
      do: "end",
      overrideId: "o1",
      effectId: "end",
      finding: {
        kind: "override_back",
        subject: `o1 ${now.toISOString()}`,
        owner: "ana:shop",
        reason: "CHG-7",
        at: now,
        expiresAt: at(120),
      },
    });
    expect(decideUnborne([ended], [line()], true, at(61))[0]!.finding.subject).not.toBe(first.finding.subject);
  });

  it("cuts short is found once, however often it is read", () => {
    const subjects = [now, at(61)].map((time) => decideUnborne([inForce], [cut], true, time)[0]!.finding.subject);
    expect(new Set(subjects).size).toBe(1);
  });
});
