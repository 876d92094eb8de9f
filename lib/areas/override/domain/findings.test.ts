import { describe, expect, it } from "vitest";
import { at, T0 } from "@/lib/testing/items";
import { decideFindings, type Backing, type OverriddenStart, type OverrideLine } from "./findings";

const backing = (change: Partial<Backing> = {}): Backing => ({
  owner: "ana:shop",
  justification: "CHG-7",
  decidedAt: T0,
  expiresAt: at(120),
  endedAt: null,
  ...change,
});
const line = (change: Partial<OverrideLine> = {}): OverrideLine => ({
  of: "override",
  subject: "l1",
  owner: "ana:shop",
  reason: "CHG-7",
  at: T0,
  expiresAt: at(120),
  ...change,
});
const start = (change: Partial<OverriddenStart> = {}): OverriddenStart => ({
  of: "run",
  subject: "run_1",
  owner: "ana:shop",
  reason: "Overridden: CHG-7",
  startedAt: at(1),
  ...change,
});

describe("a line of thegent's override registry", () => {
  it.each<[string, OverrideLine, Backing[], boolean]>([
    ["that the cockpit wrote is no finding", line(), [backing()], false],
    ["that the cockpit ended in place is none", line({ expiresAt: at(60) }), [backing({ endedAt: at(60) })], false],
    ["that the cockpit wrote and that is over is none", line(), [backing({ endedAt: at(120) })], false],
    ["that nobody here decided is one", line(), [], true],
    ["of another owner is one", line({ owner: "ana:till" }), [backing()], true],
    ["with another reason is one", line({ reason: "CHG-7 " }), [backing()], true],
    ["with another instant is one", line({ at: at(0, 1) }), [backing()], true],
    ["without an instant is one", line({ at: null }), [backing()], true],
    ["that ends later than was approved is one", line({ expiresAt: at(120, 1) }), [backing()], true],
    ["that one of several stands behind is none", line(), [backing({ decidedAt: at(-5) }), backing()], false],
  ])("%s", (_, one, backings, isFound) => {
    expect(decideFindings([one], backings, at(500)).map(({ kind }) => kind)).toEqual(
      isFound ? ["outside_override"] : [],
    );
  });
  it("that stands there twice is found once, with its latest end", () => {
    expect(
      decideFindings(
        [line({ expiresAt: at(10) }), line({ expiresAt: at(30) }), line({ expiresAt: at(20) })],
        [],
        at(500),
      ),
    ).toEqual([
      { kind: "outside_override", subject: "l1", owner: "ana:shop", reason: "CHG-7", at: T0, expiresAt: at(30) },
    ]);
  });
});

describe("a run that went on as overridden", () => {
  it.each<[string, Partial<OverriddenStart>, Backing[], boolean]>([
    ["under an override is no finding", {}, [backing()], false],
    ["when it began is none", { startedAt: T0 }, [backing()], false],
    ["just before it began is one", { startedAt: at(0, -1) }, [backing()], true],
    ["just before it ended is none", { startedAt: at(120, -1) }, [backing()], false],
    ["at its end is one", { startedAt: at(120) }, [backing()], true],
    ["just before it was revoked is none", { startedAt: at(60, -1) }, [backing({ endedAt: at(60) })], false],
    ["when it was revoked is one", { startedAt: at(60) }, [backing({ endedAt: at(60) })], true],
    ["under somebody else's is one", { owner: "ana:till" }, [backing()], true],
    ["with no override at all is one", {}, [], true],
    [
      "under the second of two is none",
      { startedAt: at(130) },
      [backing(), backing({ decidedAt: at(125), expiresAt: at(200) })],
      false,
    ],
    [
      "between two is one",
      { startedAt: at(122) },
      [backing(), backing({ decidedAt: at(125), expiresAt: at(200) })],
      true,
    ],
    ["at no instant is one", { startedAt: null }, [backing()], true],
    ["for no owner is one", { owner: null }, [backing()], true],
  ])("%s", (_, change, backings, isFound) => {
    expect(decideFindings([start(change)], backings, at(500)).map(({ kind }) => kind)).toEqual(
      isFound ? ["unbacked_run"] : [],
    );
  });
  it("and wrote two start records is found once", () => {
    expect(decideFindings([start(), start({ startedAt: at(2) })], [], at(500))).toEqual([
      {
        kind: "unbacked_run",
        subject: "run_1",
        owner: "ana:shop",
        reason: "Overridden: CHG-7",
        at: at(1),
        expiresAt: null,
      },
    ]);
  });
  it("without owner or instant is found now, and says so", () => {
    expect(decideFindings([start({ owner: null, startedAt: null })], [], at(500))).toMatchObject([
      { owner: "not said", at: at(500) },
    ]);
  });
});

it("a reason without an end is kept as far as people read", () => {
  expect(decideFindings([line({ reason: "x".repeat(100_000) })], [], T0)[0]!.reason).toHaveLength(2000);
});
it("a line and a run of the same name are two findings", () => {
  expect(decideFindings([line({ subject: "s" }), start({ subject: "s" })], [], T0)).toHaveLength(2);
});
