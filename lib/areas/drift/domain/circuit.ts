import type { CircuitFailure } from "@/lib/thegent/records/circuit-failure";

/** thegent's numbers; no settings of it at the reference (FORMATS §7.1). */
const circuitRule = { threshold: 5, windowSeconds: 300, recoverySeconds: 60 } as const;

const [windowMicros, recoveryMicros] = [circuitRule.windowSeconds * 1_000_000, circuitRule.recoverySeconds * 1_000_000];

export type Circuit = {
  category: string;
  target: string;
  /** To thegent itself half-open is closed: it lets a trial pass, and says no more of it. */
  state: "closed" | "half-open" | "open";
  /** Of the last five minutes; those that lie in the future too. */
  failures: number;
  lastFailureMicros: number;
  /** Since when it has not been closed: five failures stood within five minutes at each moment from then on. Null: it is closed. */
  notClosedSinceMicros: number | null;
};

/** Each circuit that ever failed, by category and target; a circuit without failures is closed. thegent has no record of a success. */
export function circuitsOf(failures: readonly CircuitFailure[], nowMicros: number): Circuit[] {
  const byCircuit = new Map<string, CircuitFailure[]>();
  for (const failure of failures) {
    const key = JSON.stringify([failure.category, failure.target]);
    const known = byCircuit.get(key);
    if (known) known.push(failure);
    else byCircuit.set(key, [failure]);
  }
  return [...byCircuit.values()].map((own) => {
    const { category, target } = own[0]!;
    const instants = own.map(({ atMicros }) => atMicros).sort((a, b) => a - b);
    return { category, target, ...stateOf(instants, nowMicros) };
  });
}

/** Of one circuit; ascending. */
function stateOf(instants: readonly number[], now: number): Omit<Circuit, "category" | "target"> {
  const failures = instants.filter((at) => now - at < windowMicros).length;
  const lastFailureMicros = instants.at(-1)!;
  if (failures < circuitRule.threshold)
    return { state: "closed", failures, lastFailureMicros, notClosedSinceMicros: null };
  const state = now - lastFailureMicros > recoveryMicros ? "half-open" : "open";
  return { state, failures, lastFailureMicros, notClosedSinceMicros: Math.min(now, trippedAt(instants)) };
}

/** The failure that opened it, whatever opened it again while it had not been closed in between. */
function trippedAt(instants: readonly number[]): number {
  let since: number | null = null;
  let closesAt = -Infinity;
  for (const [index, at] of instants.entries()) {
    if (at >= closesAt) since = null;
    const fifthNewest = instants[index - circuitRule.threshold + 1];
    if (fifthNewest === undefined || at - fifthNewest >= windowMicros) continue;
    since ??= at;
    closesAt = fifthNewest + windowMicros;
  }
  return since ?? instants.at(-1)!;
}
