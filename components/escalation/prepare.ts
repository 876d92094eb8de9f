import type { Me } from "@/components/act/form-values";
import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import type { EscalationRow, QueueStanding, QueueSummary } from "@/lib/areas/escalation/contract";
import { isActive, type Outcome } from "@/lib/areas/escalation/domain/escalation";
import { limits } from "@/lib/areas/escalation/limits";
import { sayDuration } from "@/lib/kernel/words/durations";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { sentenceProblem } from "@/lib/kernel/words/text";

/** A sign with its word. */
export type Said = { tone: SignTone; icon: IconName; says: string };

/** The page reads again every minute even without news, so a standing older than this is one that nothing confirms any more. */
const UNCONFIRMED_MS = 90_000;

export type Standing = Said & {
  /** When thegent's files were last read; the page says it beside the words. */
  asOf: string | null;
  /** The last line of thegent's queue file that was read. */
  line: number | null;
};

/** What may be claimed of the whole queue. "All clear" is said only of a standing that is reconciled, fresh by the clock, and heard over a connection that stands. */
export function prepareStanding(
  { standing, active, pastSla }: Pick<QueueSummary, "standing" | "active" | "pastSla">,
  now: number,
  connected: boolean,
): Standing {
  const unknown = (because: string): Standing => ({
    tone: "amber",
    icon: "unknown",
    says: `${sayOpen(active, pastSla)}, not known whether that is all. ${because}`,
    asOf: standing.asOf,
    line: null,
  });
  if (standing.kind === "unknown") return unknown(standing.because);
  if (!connected) return unknown("The connection to the server is lost.");
  const age = now - Date.parse(standing.asOf);
  if (age > UNCONFIRMED_MS) return unknown(`The server has sent no confirmation for ${sayDuration(age)}.`);
  return { ...reconciled(standing, active, pastSla), asOf: standing.asOf, line: standing.line };
}

const sayOpen = (active: number, pastSla: number): string =>
  `${sayCount(active)} open${pastSla > 0 ? `, ${sayCount(pastSla)} past SLA` : ""}`;

function reconciled(
  { waiting }: Extract<QueueStanding, { kind: "reconciled" }>,
  active: number,
  pastSla: number,
): Said {
  if (active > 0) {
    return { tone: pastSla > 0 ? "red" : "ink", icon: pastSla > 0 ? "alert" : "queue", says: sayOpen(active, pastSla) };
  }
  if (waiting > 0)
    return {
      tone: "ink",
      icon: "hourglass",
      says: `Nothing open; thegent has yet to take up ${sayMany(waiting, "decision")}`,
    };
  return { tone: "green", icon: "check", says: "All clear" };
}

/** Who works on an open item. */
export function sayHolder({ claimedBy }: Pick<EscalationRow, "claimedBy">, me: Me): Said {
  if (!claimedBy) return { tone: "muted", icon: "person", says: "Unclaimed" };
  return { tone: "ink", icon: "person", says: claimedBy.id === me.id ? "You" : claimedBy.name };
}

/** The state of an open item, in a column where others are closed. */
export function sayHeld({ claimedBy }: Pick<EscalationRow, "claimedBy">, me: Me): string {
  if (!claimedBy) return "Open";
  return `Claimed by ${claimedBy.id === me.id ? "you" : claimedBy.name}`;
}

/** How a closed item ended. */
export function sayOutcome({
  status,
  outcome,
  closedIn,
}: Pick<EscalationRow, "status" | "outcome" | "closedIn">): string {
  if (outcome) return `Resolved: ${outcome}`;
  const where = closedIn === "thegent" ? " in thegent" : "";
  return (
    {
      resolved: "Resolved",
      overridden: "Overridden",
      cancelled: "Cancelled",
      recovered: "Recovered by itself",
      open: "Open",
      claimed: "Claimed",
    }[status] + where
  );
}

const effects: Record<NonNullable<EscalationRow["effect"]>, Said> = {
  pending: { tone: "amber", icon: "hourglass", says: "Not taken up yet" },
  applied: { tone: "green", icon: "check", says: "Taken up" },
  failed: { tone: "red", icon: "alert", says: "Not taken up: failed" },
};

/** Whether thegent has taken the decision up; null where there is nothing of ours to take up. */
export const sayEffect = (effect: EscalationRow["effect"]): Said | null => (effect ? effects[effect] : null);

/** Items of a page that are past their SLA at `now`, as ids; an item that breaches while it is on the screen appears among them. */
export function pastIds(rows: readonly Pick<EscalationRow, "id" | "dueAt" | "status">[], now: number): string[] {
  return rows.filter((row) => isActive(row.status) && now > Date.parse(row.dueAt)).map(({ id }) => id);
}

export type Draft = { outcome: Outcome | null; note: string; lateCause: string };
export type DraftProblems = Partial<Record<keyof Draft, string>>;

/** One sentence for each field the server would refuse. The rules are the server's (lib/areas/escalation/contract-acts.ts); this saves the way there. */
export function draftProblems(draft: Draft, late: boolean): DraftProblems {
  const problems: DraftProblems = {};
  const judge = (name: "note" | "lateCause", called: string) => {
    const problem = sentenceProblem(called, draft[name], limits[name]);
    if (problem) problems[name] = problem;
  };
  if (!draft.outcome) problems.outcome = "Choose an outcome.";
  judge("note", "The note");
  if (late) judge("lateCause", "The cause of the lateness");
  return problems;
}
