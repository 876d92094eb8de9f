import { type Me, judgeText } from "@/components/act/form-values";
import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import type { EscalationDetail, EscalationRow, QueueStanding, QueueSummary } from "@/lib/areas/escalation/contract";
import { isActive, thegentWordFor, type Escalation, type Outcome } from "@/lib/areas/escalation/domain/escalation";
import { decideResolve } from "@/lib/areas/escalation/domain/transitions";
import { limits } from "@/lib/areas/escalation/limits";
import { sayRejection } from "@/lib/areas/escalation/words";
import { sayDuration } from "@/lib/kernel/words/durations";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { saySubject } from "@/lib/kernel/words/subjects";

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
export function prepareStanding({ standing, active, pastSla }: Pick<QueueSummary, "standing" | "active" | "pastSla">, now: number, connected: boolean): Standing {
  const unknown = (because: string): Standing => ({ tone: "amber", icon: "unknown", says: `${sayOpen(active, pastSla)}, not known whether that is all. ${because}`, asOf: standing.asOf, line: null });
  if (standing.kind === "unknown") return unknown(standing.because);
  if (!connected) return unknown("The connection to the server is lost.");
  const age = now - Date.parse(standing.asOf);
  if (age > UNCONFIRMED_MS) return unknown(`The server has sent no confirmation for ${sayDuration(age)}.`);
  return { ...reconciled(standing, active, pastSla), asOf: standing.asOf, line: standing.line };
}

const sayOpen = (active: number, pastSla: number): string => `${sayCount(active)} open${pastSla > 0 ? `, ${sayCount(pastSla)} past SLA` : ""}`;

function reconciled({ waiting }: Extract<QueueStanding, { kind: "reconciled" }>, active: number, pastSla: number): Said {
  if (active > 0) {
    return { tone: pastSla > 0 ? "red" : "ink", icon: pastSla > 0 ? "alert" : "queue", says: sayOpen(active, pastSla) };
  }
  if (waiting > 0) return { tone: "ink", icon: "hourglass", says: `Nothing open; thegent has yet to take up ${sayMany(waiting, "decision")}` };
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
export function sayOutcome({ status, outcome, closedIn }: Pick<EscalationRow, "status" | "outcome" | "closedIn">): string {
  if (outcome) return `Resolved: ${outcome}`;
  const where = closedIn === "thegent" ? " in thegent" : "";
  return { resolved: "Resolved", overridden: "Overridden", cancelled: "Cancelled", open: "Open", claimed: "Claimed" }[status] + where;
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

/** What the explanation beside each outcome says, of a run or of anything else. */
export const outcomeMeans = (ofRun: boolean): Record<Outcome, string> => ({
  unblocked: ofRun ? "The cause is gone; the run may go on." : "The cause is gone; things are as they should be.",
  rejected: ofRun ? "The run must not go on as it is." : "It was not one, or it needs no action.",
  duplicate: "Another item stands for the same thing.",
  superseded: "Something newer has taken its place.",
});

/** The run's lines in thegent's queue file that still wait. */
export const waitingRecords = ({ records }: Pick<EscalationDetail, "records">) => records.filter(({ status, gone }) => status === "pending" && !gone);

/** What pressing "Resolve" will do, in a sentence. */
export function sayConsequence(detail: Pick<EscalationDetail, "records" | "runId">, outcome: Outcome | null): string {
  if (detail.runId === null) return "Closes this item.";
  const count = waitingRecords(detail).length;
  const word = outcome ? `as “${thegentWordFor[outcome]}” ` : "";
  if (count === 0) return `Closes this item. thegent's escalation_queue.jsonl holds no pending record of ${saySubject(detail.runId)} any more.`;
  return `Closes this item and marks ${sayMany(count, "pending record")} of ${saySubject(detail.runId)} ${word}in thegent's escalation_queue.jsonl.`;
}

/** A detail as the domain's rules about people read it; they ask for no clock but the one that makes it late. */
export function asItem(detail: EscalationDetail): Escalation {
  return {
    ...detail,
    clocks: [],
    dueAt: new Date(detail.dueAt),
    nextAt: null,
    claimedById: detail.claimedBy?.id ?? null,
    claimedAt: null,
    claimQuietAt: null,
    closedById: detail.closedBy?.id ?? null,
    closedAt: null,
    escalatedAt: null,
    breachedAt: detail.breachedAt === null ? null : new Date(detail.breachedAt),
    signedOffById: detail.signedOffBy?.id ?? null,
    signedOffAt: null,
    lostAt: detail.lostAt === null ? null : new Date(detail.lostAt),
  };
}

/**
 * Why the item as it now is cannot be resolved by this person, in a sentence; null when it can. By the domain's own rule, so that a
 * colleague's decision is told before anything is pressed.
 */
export function sayBlocked(detail: EscalationDetail, me: Me, now: number): string | null {
  const decided = decideResolve(asItem(detail), { personId: me.id, now: new Date(now), outcome: "unblocked", note: "", lateCause: "asked for in the form" });
  if (decided.ok) return null;
  if (decided.rejection.why === "already-closed") return sayClosed(detail, me);
  return sayRejection(decided.rejection, detail.claimedBy ? { [detail.claimedBy.id]: detail.claimedBy.name } : {});
}

function sayClosed(detail: EscalationDetail, me: Me): string {
  if (detail.closedIn === "thegent") return `This item was closed in thegent itself${detail.thegentWord ? ` as “${detail.thegentWord}”` : ""}.`;
  const who = detail.closedBy ? (detail.closedBy.id === me.id ? "You" : detail.closedBy.name) : "A colleague";
  return detail.outcome ? `${who} resolved this item as “${detail.outcome}”.` : `This item is ${detail.status}.`;
}

export type Draft = { outcome: Outcome | null; note: string; lateCause: string };
export type DraftProblems = Partial<Record<keyof Draft, string>>;

/** One sentence for each field the server would refuse. The rules are the server's (lib/areas/escalation/contract.ts); this saves the way there. */
export function draftProblems(draft: Draft, late: boolean): DraftProblems {
  const problems: DraftProblems = {};
  const judge = (name: "note" | "lateCause", called: string) => {
    const problem = judgeText(draft[name], called, limits[name]);
    if (problem) problems[name] = problem;
  };
  if (!draft.outcome) problems.outcome = "Choose an outcome.";
  judge("note", "The note");
  if (late) judge("lateCause", "The cause of the lateness");
  return problems;
}
