import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import type { OverrideDetail, OverrideQuery, OverrideRow } from "@/lib/areas/override/contract";
import { isInForce, type OverrideStatus } from "@/lib/areas/override/domain/override";
import { overrideStatusSays } from "@/lib/areas/override/words";
import { sayLeft } from "@/lib/kernel/words/clocks";

/** A sign with its word. */
export type Said = { tone: SignTone; icon: IconName; says: string };

/** A length in seconds, all of it: "15 min", "1 h 30 min", "1 day 2 h", "90 s" as "1 min 30 s". */
export function saySeconds(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [Math.floor(seconds % 60), "s"],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => (unit === "d" ? `${count} ${count === 1 ? "day" : "days"}` : `${count} ${unit}`))
      .join(" ") || "0 s"
  );
}

const signs: Readonly<Record<OverrideStatus, Omit<Said, "says">>> = {
  requested: { tone: "ink", icon: "hourglass" },
  approved: { tone: "amber", icon: "hourglass" },
  active: { tone: "green", icon: "key" },
  denied: { tone: "ink", icon: "cross" },
  withdrawn: { tone: "muted", icon: "out" },
  expired: { tone: "muted", icon: "clock" },
  revoked: { tone: "ink", icon: "cross" },
};

export const sayStatus = Object.fromEntries(
  Object.entries(signs).map(([status, sign]) => [
    status,
    { ...sign, says: overrideStatusSays[status as OverrideStatus] },
  ]),
) as Record<OverrideStatus, Said>;

/** In the list of what is in force, where that it was approved goes without saying. */
export const sayInForce = (status: OverrideStatus): string =>
  status === "active" ? "thegent honours it" : "thegent does not hold it yet";

type Consulted = Pick<OverrideRow, "status" | "advice" | "consultUntil">;

/** What became of the consultation. Null `at`: nothing is waited for. */
export function sayConsultation({ status, advice, consultUntil }: Consulted, now: number): Said {
  if (advice === "for") return { tone: "green", icon: "check", says: "Advised for it" };
  if (advice === "against") return { tone: "amber", icon: "cross", says: "Advised against it" };
  if (status === "requested" && now < Date.parse(consultUntil))
    return { tone: "ink", icon: "hourglass", says: `Advice awaited, ${sayLeft(Date.parse(consultUntil), now)} left` };
  return { tone: "muted", icon: "unknown", says: "No advice was given" };
}

/** What is to be done next, and whose it is, in a sentence. */
export function sayNextStep(
  detail: Pick<OverrideDetail, "status" | "consultationOpen" | "honoured" | "decidedBy">,
): string {
  const { status, consultationOpen, honoured } = detail;
  if (status === "requested")
    return consultationOpen
      ? "Security/Compliance advises, then the Product Owner decides."
      : "The Product Owner decides.";
  if (status === "approved") return "It is being written into thegent’s override file.";
  if (status === "active") return "No action is needed: it ends by itself. It can be revoked before then.";
  if (status === "revoked" && honoured)
    return "thegent still honours this owner: the early end is being written into its file, or another override of this owner holds.";
  return "No more action is needed.";
}

/** Who decided it, as a sentence's end: "by Paula Owner, in the place of Pia Owner". */
export const sayDecider = ({ decidedBy, decidedFor }: Pick<OverrideRow, "decidedBy" | "decidedFor">): string =>
  decidedBy ? `${decidedBy.name}${decidedFor ? ` for ${decidedFor.name}` : ""}` : "";

/** How it ended, and by whom: a row of the history. */
export function sayOutcome(row: Pick<OverrideRow, "status" | "decidedBy" | "decidedFor">): string {
  const who = sayDecider(row);
  if (row.status === "denied") return `Denied by ${who}`;
  return sayStatus[row.status].says;
}

/** Runs of the last 24 hours, summed. */
export const totalRuns = (runs: readonly { count: number }[]): number =>
  runs.reduce((sum, { count }) => sum + count, 0);

/** "3 of 12 (25%)"; a share of nothing is none. */
export function sayShare({ value, of }: { value: number | null; of: number }): string {
  return value === null || of === 0
    ? "none decided yet"
    : `${Math.round(value * of)} of ${of} (${Math.round(value * 100)} %)`;
}

export const isOver = (status: OverrideStatus): boolean => status !== "requested" && !isInForce(status);

/** How many filters narrow the list. */
export const filtersOf = ({ tab: _, after: __, ...filters }: OverrideQuery): number =>
  Object.values(filters).filter((value) => value !== undefined).length;
