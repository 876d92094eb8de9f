import { regressionsOf } from "./detect";
import { thegentBudgets } from "./drift";
import type { DriftWindow } from "./drift-window";
import { findingsOf, type Finding } from "./episodes";
import { driftRatesOf } from "./figures";

/** What is found in the telemetry now; null: thegent's own figures fail on it. */
export function foundIn(window: DriftWindow): Finding[] | null {
  const [regressions, rates] = [regressionsOf(window), driftRatesOf(window)];
  return regressions.ok && rates.ok ? findingsOf(regressions.value, rates.value, thegentBudgets) : null;
}
