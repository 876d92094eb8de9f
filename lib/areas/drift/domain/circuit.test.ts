import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { readCircuitFailure, type CircuitFailure } from "@/lib/thegent/records/circuit-failure";
import { circuitsOf } from "./circuit";

const now = 10_000;
const state = (...secondsAgo: number[]) => {
  const failures = secondsAgo.map((ago): CircuitFailure => ({
    target: "codex",
    category: "agent",
    atMicros: (now - ago) * 1e6,
  }));
  const [circuit] = circuitsOf(failures, now * 1e6);
  const since = circuit!.notClosedSinceMicros;
  return { state: circuit!.state, failures: circuit!.failures, since: since === null ? null : now - since / 1e6 };
};

describe("a circuit", () => {
  it("is as thegent has it for each of the sample", () => {
    const expected = JSON.parse(readFileSync("samples/expected/sample-state.json", "utf8")) as {
      now: string;
      circuits_agent: Record<string, boolean>;
    };
    const failures = readFileSync("samples/session/circuit_breakers.jsonl", "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => readCircuitFailure(Buffer.from(line))!);
    const open = circuitsOf(failures, parsePythonTime(expected.now)!.micros).filter((one) => one.state === "open");
    const expectedOpen = Object.entries(expected.circuits_agent).filter(([, isOpen]) => isOpen);
    expect(open.map(({ category, target }) => `${category} ${target}`)).toEqual(
      expectedOpen.map(([target]) => `agent ${target}`),
    );
  });

  it.each([
    ["fewer than five failures", [5, 4, 3, 2], { state: "closed", failures: 4, since: null }],
    ["five, the newest of them now", [4, 3, 2, 1, 0], { state: "open", failures: 5, since: 0 }],
    ["a newest failure of a minute ago", [100, 90, 80, 70, 60], { state: "open", failures: 5, since: 60 }],
    [
      "one of more than a minute ago",
      [100, 90, 80, 70, 60.000001],
      { state: "half-open", failures: 5, since: 60.000001 },
    ],
    ["a fifth of just within five minutes", [299.999999, 90, 80, 70, 20], { state: "open", failures: 5, since: 20 }],
    ["a fifth of five minutes ago", [300, 90, 80, 70, 20], { state: "closed", failures: 4, since: null }],
    ["failures in any order", [1, 20, 3, 2, 4], { state: "open", failures: 5, since: 1 }],
    ["failures of the future", [-10, -20, -30, -40, -50], { state: "open", failures: 5, since: 0 }],
  ])("with %s", (_, secondsAgo, expected) => {
    const found = state(...secondsAgo);
    expect({ ...found, since: found.since === null ? null : Number(found.since.toFixed(6)) }).toEqual(expected);
  });

  it("has not been closed since the failure that opened it, half-open times between included", () => {
    // Tripped 500 s ago, half-open from 440 s ago, open again 400 s ago, and so on until 30 s ago.
    expect(state(540, 530, 520, 510, 500, 400, 260, 255, 250, 245, 110, 30)).toMatchObject({
      state: "open",
      since: 500,
    });
    // Between 500 s and 200 s ago it had closed.
    expect(state(540, 530, 520, 510, 500, 190, 180, 170, 160, 150)).toMatchObject({ since: 150 });
  });

  it("is one for each category and target", () => {
    const of = (category: string, target: string): CircuitFailure => ({ category, target, atMicros: now * 1e6 });
    const circuits = circuitsOf([of("agent", "a"), of("model", "a"), of("agent", "b"), of("agent", "a")], now * 1e6);
    expect(circuits.map(({ category, target, failures }) => [category, target, failures])).toEqual([
      ["agent", "a", 2],
      ["model", "a", 1],
      ["agent", "b", 1],
    ]);
  });
});

describe("a line of the failure log", () => {
  const read = (line: string) => readCircuitFailure(Buffer.from(line));
  const failure =
    '{"target": "codex", "category": "agent", "event": "failure", "timestamp": "2026-03-01T09:00:00.000001Z"}';

  it("counts, to the microsecond", () => {
    expect(read(failure)).toEqual({
      target: "codex",
      category: "agent",
      atMicros: Date.parse("2026-03-01T09:00:00Z") * 1000 + 1,
    });
  });

  it("without a category is an agent's", () => {
    expect(read(failure.replace('"category": "agent", ', ""))).toMatchObject({ category: "agent" });
  });

  it.each([
    ["no JSON", "{torn"],
    ["no object", "[]"],
    ["no failure", failure.replace("failure", "success")],
    ["a naive time", failure.replace("Z", "")],
    ["no time", failure.replace("2026-03-01T09:00:00.000001Z", "soon")],
    ["a category of null", failure.replace('"agent"', "null")],
    ["no target", failure.replace("target", "goal")],
  ])("is passed over with %s", (_, line) => expect(read(line)).toBeNull());

  it("is passed over when it is no text", () => expect(readCircuitFailure(Buffer.from([0xff]))).toBeNull());
});
