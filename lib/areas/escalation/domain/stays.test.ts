import { describe, expect, it } from "vitest";
import { at, claimedBy, opened, T0 } from "@/lib/testing/items";
import type { Escalation } from "./escalation";
import { bulkActs, staysOf } from "./stays";
import { decideAssign, decideClaim, decideResolve } from "./transitions";

const open = opened("policy_denial");
const closed: Escalation = { ...open, status: "resolved", closedById: "omar", closedAt: T0, nextAt: null };
const states = {
  open,
  closed,
  "claimed by me": claimedBy("olga", open),
  "claimed by another": claimedBy("omar", open),
};
type State = keyof typeof states;

/** Written by hand. */
it.each<[State, ReturnType<typeof staysOf>]>([
  ["open", null],
  ["closed", { claim: "closed", assign: "closed", resolve: "closed" }],
  ["claimed by me", { claim: "yours" }],
  ["claimed by another", { claim: "held", resolve: "held" }],
])("an item that is %s stays so under %j", (state, stays) => expect(staysOf(states[state], "olga")).toEqual(stays));

it("whoever is nobody here has claimed nothing", () =>
  expect(staysOf(states["claimed by me"], null)).toEqual({ claim: "held", resolve: "held" }));

describe("what a row says of an act is what the act's own rule would", () => {
  const now = at(1);
  const by = { personId: "olga", now, quietMinutes: 15 };
  const rules = {
    claim: (item: Escalation) => decideClaim(item, by),
    assign: (item: Escalation) => decideAssign(item, { toId: "peter", now, quietMinutes: 15 }),
    resolve: (item: Escalation) =>
      decideResolve(item, { ...by, outcome: "unblocked", note: "Raised.", lateCause: null }),
  };
  it.each(Object.keys(states) as State[])("%s", (state) => {
    for (const act of bulkActs) {
      const why = staysOf(states[state], "olga")?.[act];
      // Whoever claims again holds it longer; of many, those that are theirs already are left alone.
      if (why !== "yours") expect([act, rules[act](states[state]).ok]).toEqual([act, why === undefined]);
    }
  });
});
