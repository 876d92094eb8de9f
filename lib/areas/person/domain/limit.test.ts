import { describe, expect, it } from "vitest";
import { countersOf, limits, refusedBy, type Counter } from "./limit";

type Attempt = { account: string; network: string; right?: boolean };
type Answer = "in" | "wrong" | Counter;

/** One window of a cockpit's front door: attempts in order, by the rule alone. */
function door(known: readonly Attempt[] = []) {
  const failures = new Map<string, number>();
  const keyOf = ({ account, network }: Attempt): Record<Counter, string> => ({
    pair: `${account} ${network}`,
    network: `n ${network}`,
    account: `a ${account}`,
  });
  return (attempt: Attempt): Answer => {
    const isKnown = known.some(({ account, network }) => account === attempt.account && network === attempt.network);
    const keys = keyOf(attempt);
    const count = (counter: Counter) => failures.get(keys[counter]) ?? 0;
    const refused = refusedBy({ pair: count("pair"), network: count("network"), account: count("account") }, isKnown);
    if (refused) return refused;
    if (attempt.right) return "in";
    for (const counter of countersOf(isKnown)) failures.set(keys[counter], count(counter) + 1);
    return "wrong";
  };
}

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const ana = { account: "ana", network: "office" };
const ben = { account: "ben", network: "office" };

const attacks: Record<string, Attempt[]> = {
  "a stranger guesses at Ana from one network, on and on": times(500, () => ({ account: "ana", network: "stranger" })),
  "a stranger guesses at everybody from one network": times(500, (i) => ({
    account: ["ana", "ben", `p${i}`][i % 3]!,
    network: "stranger",
  })),
  "a hundred networks guess at Ana": times(5000, (i) => ({ account: "ana", network: `bot${i % 100}` })),
  "a colleague guesses at everybody in the office but Ana": times(500, (i) => ({
    account: `p${i}`,
    network: "office",
  })),
  "everybody in the office mistypes seven times": times(350, (i) => ({
    account: `colleague${i % 50}`,
    network: "office",
  })),
};
const colleagues = times(50, (i) => ({ account: `colleague${i}`, network: "office" }));

describe.each(Object.keys(attacks))("while %s", (name) => {
  it("Ana signs in where she did before", () => {
    const at = door([ana, ...colleagues]);
    attacks[name]!.forEach(at);
    expect(at({ ...ana, right: true })).toBe("in");
  });
});

it.each<[string, Attempt, Answer]>([
  ["a stranger guesses at Ana from one network, on and on", { account: "ana", network: "hotel" }, "in"],
  ["a stranger guesses at everybody from one network", { account: "ana", network: "hotel" }, "in"],
  // The price of a bound on guessing from everywhere: while it lasts, a new place does not do.
  ["a hundred networks guess at Ana", { account: "ana", network: "hotel" }, "account"],
  ["a hundred networks guess at Ana", { account: "ben", network: "hotel" }, "in"],
  ["a colleague guesses at everybody in the office but Ana", ben, "network"],
  ["everybody in the office mistypes seven times", ben, "in"],
])("while %s, %j, who were never there before: %s", (name, who, answer) => {
  const at = door([ana, ...colleagues]);
  attacks[name]!.forEach(at);
  expect(at({ ...who, right: true })).toBe(answer);
});

describe("guessing is stopped", () => {
  const looked = (answers: Answer[]) => answers.filter((answer) => answer === "wrong").length;

  it.each<[string, Attempt[], number]>([
    ["at one account from one network", times(1000, () => ({ account: "ana", network: "stranger" })), limits.pair],
    [
      "at one account from many networks",
      times(5000, (i) => ({ account: "ana", network: `bot${i % 700}` })),
      limits.account,
    ],
    [
      "at many accounts from one network",
      times(1000, (i) => ({ account: `p${i}`, network: "stranger" })),
      limits.network,
    ],
    ["at one account from where its person signed in", times(1000, () => ana), limits.pair],
    [
      "at many accounts from where their people signed in, each",
      times(1000, (i) => colleagues[i % 50]!),
      50 * limits.pair,
    ],
  ])("%s", (_, attempts, most) => {
    const at = door([ana, ...colleagues]);
    expect(looked(attempts.map(at))).toBe(most);
  });

  it("also for whoever signs in to an account of their own in between", () => {
    const at = door();
    const attempts = times(1000, (i) =>
      i % 2 ? { account: "own", network: "stranger", right: true } : { account: `p${i}`, network: "stranger" },
    );
    expect(looked(attempts.map(at))).toBe(limits.network);
  });
});

it("a shift change behind one network: however many sign in rightly, none is refused", () => {
  const at = door();
  expect(
    times(200, (i) => at({ account: `p${i}`, network: "office", right: true })).every((answer) => answer === "in"),
  ).toBe(true);
});

it("what one counter refused is not held against the account", () => {
  const at = door();
  times(62, () => at({ account: "ana", network: "stranger" }));
  times(limits.account - limits.pair - 1, (i) => at({ account: "ana", network: `bot${i}` }));
  expect(at({ ...ana, right: true })).toBe("in");
});
