import { waiverDays } from "@/lib/areas/drift/limits";
import { isOpen, type EpisodeStatus } from "./episodes";
import type { Shown } from "./shown";

/** What a review decides. `accept` and `adapter_change` ask who is accountable: nothing of them holds before the answer. */
export const decisions = ["remediate", "adapter_change", "accept", "false_alarm"] as const;
export type Decision = (typeof decisions)[number];
export type Asking = Extract<Decision, "accept" | "adapter_change">;
export type Answer = "approved" | "declined";

/** A line of contract_telemetry.jsonl, by what stood there. */
export type Evidence = { line: number; sha256: string };

/** An episode as reviews see it. */
export type Reviewed = {
  status: EpisodeStatus;
  /** Of the last review; null: there was none. */
  decision: Decision | null;
  note: string | null;
  evidence: Evidence[];
  shown: Shown | null;
  shownHash: string | null;
  reviewedById: string | null;
  reviewedAt: Date | null;
  acceptDays: number | null;
  answer: Answer | null;
  answeredById: string | null;
  answeredAt: Date | null;
  answerNote: string | null;
  acceptedUntil: Date | null;
};

/** Why a move is refused; each has one sentence for people in lib/areas/drift/words.ts. */
export type ReviewRejection =
  | { why: "already-ended"; status: EpisodeStatus }
  | { why: "not-from-here"; status: EpisodeStatus }
  | { why: "shown-changed" }
  | { why: "bad-days" }
  | { why: "unanswered"; asks: Asking }
  | { why: "nothing-asked" }
  | { why: "already-answered"; byId: string }
  | { why: "own-request" };

export type ReviewTransition = { ok: true; next: Reviewed } | { ok: false; rejection: ReviewRejection };

type Move = "investigate" | Decision | "finish" | "approve-waiver" | "answer";
type Leads = { from: readonly EpisodeStatus[]; to: EpisodeStatus | "stays" };

const decided: readonly EpisodeStatus[] = ["investigating", "remediating"];

/** Which states a move leaves, and which it leads to; the only moves that people make. What is done on the item's own page moves its episode by the database (its migration), forwards alone. */
const moves: Readonly<Record<Move, Leads>> = {
  // Again, by somebody else, where the first went quiet.
  investigate: { from: ["detected", "investigating"], to: "investigating" },
  remediate: { from: decided, to: "remediating" },
  adapter_change: { from: decided, to: "remediating" },
  accept: { from: decided, to: "stays" },
  false_alarm: { from: decided, to: "dismissed" },
  finish: { from: ["remediating"], to: "remediated" },
  "approve-waiver": { from: decided, to: "accepted" },
  answer: { from: decided, to: "stays" },
};

const refuse = (rejection: ReviewRejection): { ok: false; rejection: ReviewRejection } => ({ ok: false, rejection });

function move(episode: Reviewed, by: Move): ReviewTransition {
  const { status } = episode;
  if (!isOpen(episode)) return refuse({ why: "already-ended", status });
  const { from, to } = moves[by];
  if (!from.includes(status)) return refuse({ why: "not-from-here", status });
  return { ok: true, next: { ...episode, status: to === "stays" ? status : to } };
}

/** What waits for the answer of who is accountable; null: nothing does. */
export const asksFor = ({ decision, answer }: Pick<Reviewed, "decision" | "answer">): Asking | null =>
  answer === null && (decision === "accept" || decision === "adapter_change") ? decision : null;

export const decideInvestigate = (episode: Reviewed): ReviewTransition => move(episode, "investigate");

type Review = {
  personId: string;
  now: Date;
  decision: Decision;
  note: string;
  evidence: Evidence[];
  /** For how many days, where it is to be accepted; null otherwise. */
  days: number | null;
  seenHash: string;
  shown: Shown;
  shownHash: string;
};

/** A review's decision, on what the reviewer saw: refused where that is not what is true now. A later one takes the place of what was asked for before. */
export function decideReview(
  episode: Reviewed,
  { personId, now, decision, note, evidence, days, seenHash, shown, shownHash }: Review,
): ReviewTransition {
  const moved = move(episode, decision);
  if (!moved.ok) return moved;
  if (decision === "accept" && !isBounded(days)) return refuse({ why: "bad-days" });
  if (seenHash !== shownHash) return refuse({ why: "shown-changed" });
  const review = { decision, note, evidence, shown, shownHash, reviewedById: personId, reviewedAt: now };
  const unanswered = { answer: null, answeredById: null, answeredAt: null, answerNote: null };
  return {
    ok: true,
    next: { ...moved.next, ...review, ...unanswered, acceptDays: decision === "accept" ? days : null },
  };
}

const isBounded = (days: number | null): boolean =>
  days !== null && Number.isInteger(days) && days >= waiverDays.least && days <= waiverDays.most;

/** The remediation is done. What was asked of who is accountable is answered first, or decided anew. */
export function decideFinish(episode: Reviewed): ReviewTransition {
  const moved = move(episode, "finish");
  const asks = asksFor(episode);
  return moved.ok && asks ? refuse({ why: "unanswered", asks }) : moved;
}

type Answering = {
  personId: string;
  now: Date;
  asks: Asking;
  answer: Answer;
  note: string;
  /** What the approver saw; an approval alone is bound to it. */
  seenHash: string | null;
  shown: Shown;
  shownHash: string;
};

/** The answer of who is accountable, never of who asked. Accepted drift is accepted from now on, for the days that were asked for. */
export function decideAnswer(
  episode: Reviewed,
  { personId, now, asks, answer, note, seenHash, shown, shownHash }: Answering,
): ReviewTransition {
  const accepts = asks === "accept" && answer === "approved";
  const moved = move(episode, accepts ? "approve-waiver" : "answer");
  if (!moved.ok) return moved;
  if (episode.decision !== asks) return refuse({ why: "nothing-asked" });
  if (episode.answeredById !== null) return refuse({ why: "already-answered", byId: episode.answeredById });
  if (episode.reviewedById === personId) return refuse({ why: "own-request" });
  if (answer === "approved" && seenHash !== shownHash) return refuse({ why: "shown-changed" });
  const acceptedUntil = accepts ? new Date(now.getTime() + episode.acceptDays! * 86_400_000) : null;
  return {
    ok: true,
    next: {
      ...moved.next,
      ...(answer === "approved" && { shown, shownHash }),
      answer,
      answeredById: personId,
      answeredAt: now,
      answerNote: note,
      acceptedUntil,
    },
  };
}
