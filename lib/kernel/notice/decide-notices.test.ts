import { describe, expect, it } from "vitest";
import { operatingModel } from "@/lib/model/model";
import { decideNotices, type About } from "./decide-notices";
import type { Roster } from "./roster";
import type { Tell } from "./steps";

const roster: Roster = [
  { id: "paula", name: "paula", roles: ["product_owner"], onDuty: [] },
  { id: "olga", name: "olga", roles: ["operator"], onDuty: [] },
];
const about: About = {
  foldBy: ["a thing"],
  isUrgent: (step) => step === "burns",
  standsFor: (more, less) => more === "burns" && less === "smokes",
  isToldToActor: (step) => step === "burns",
};
const to = (step: string, ...letters: ("A" | "R")[]): Tell => ({ step, activity: "override", to: { letters } });
const told = (tells: Tell[], change: Partial<Parameters<typeof decideNotices>[1]> = {}) =>
  decideNotices(tells, { about, model: operatingModel, roster, routed: null, exceptId: null, ...change }).map(
    ({ personId, step, urgent }) => `${personId} ${step}${urgent ? "!" : ""}`,
  );

describe("what is told of an area's item is decided in the area's own words", () => {
  it("what something else stands for is not told to who hears of both, and is to who hears of it alone", () => {
    expect(told([to("smokes", "A", "R"), to("burns", "A")])).toEqual(["olga smokes", "paula burns!"]);
  });
  it("who did it is told nothing of it, but what waits for them, too", () => {
    expect(told([to("smokes", "A", "R"), to("burns", "R")], { exceptId: "olga" })).toEqual([
      "paula smokes",
      "olga burns!",
    ]);
  });
  it("whom it went to hears of that step and of no other, whatever their letter", () => {
    const routed = { step: "smokes", personId: "olga", role: "operator", standsInFor: null } as const;
    expect(told([to("smokes", "A")], { routed })).toEqual(["paula smokes", "olga smokes"]);
    expect(told([to("cools", "A")], { routed })).toEqual(["paula cools"]);
  });
});
