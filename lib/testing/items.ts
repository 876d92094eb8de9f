import { settle } from "@/lib/areas/escalation/domain/clocks";
import type { Clock, Escalation } from "@/lib/areas/escalation/domain/escalation";
import { openItem } from "@/lib/areas/escalation/domain/open";
import type { EscalationPath } from "@/lib/model/paths";
import type { Severity } from "@/lib/model/severities";

/** The instant at which the items of these tests open. */
export const T0 = new Date("2026-03-01T10:00:00.000Z");

/** An instant so many minutes (and milliseconds) after the items opened. */
export const at = (minutes: number, ms = 0): Date => new Date(T0.getTime() + minutes * 60_000 + ms);

/** An item as it opens at T0, under the default settings. `change` comes after the clocks: what follows from it is settled. */
export function opened(
  path: EscalationPath,
  severity: Severity | null = null,
  change: Partial<Escalation> = {},
): Escalation {
  const draft = {
    id: "e1",
    path,
    subject: "run_1",
    severity,
    owner: "ana:shop",
    reason: "Trust score too low",
    startedAt: T0,
  };
  return settle({ ...openItem(draft, { slaMinutes: 30, breachAlert: true }, T0).item, ...change });
}

/** A clock by hand: it started at T0, runs and was not heard. */
export const clock = (name: string, dueMinutes: number, change: Partial<Clock> = {}): Clock => ({
  name,
  kind: "sla",
  stoppedBy: "close",
  level: 1,
  to: ["tech_lead"],
  activity: "drift",
  alert: true,
  startedAt: T0,
  dueAt: at(dueMinutes),
  stoppedAt: null,
  firedAt: null,
  ...change,
});

/** An item on the clocks given, whatever its path says. */
export const onClocks = (clocks: readonly Clock[], change: Partial<Escalation> = {}): Escalation =>
  opened("contract_drift", null, { clocks, ...change });

/** Claimed at T0 by that person, whose claim goes quiet after so many minutes; what a claim stops is stopped. */
export const claimedBy = (personId: string, item: Escalation, quietMinutes = 15): Escalation =>
  settle({
    ...item,
    status: "claimed",
    claimedById: personId,
    claimedAt: T0,
    claimQuietAt: at(quietMinutes),
    clocks: item.clocks.map((running) => (running.stoppedBy === "claim" ? { ...running, stoppedAt: T0 } : running)),
  });
