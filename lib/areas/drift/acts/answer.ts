import "server-only";
import type { EpisodeActName } from "@/lib/areas/drift/contract";
import { decideAnswer, type Answer, type Asking } from "@/lib/areas/drift/domain/review";
import { answeredTells, askedTell } from "@/lib/areas/drift/domain/tells";
import { ownRequestSays, sayReviewRejection } from "@/lib/areas/drift/words";
import { decideAccepted, endingOf } from "@/lib/areas/escalation/port";
import { textOf, type ActWords } from "@/lib/kernel/chain/timeline";
import { noticeKinds, type Ending } from "@/lib/kernel/notice/steps";
import type { Steps } from "./change-episode";
import { episodeAct, note, seenHash, whenOver, type EpisodeFacts } from "./episode-act";

type Answering = "drift.decide-change" | "drift.decide-waiver";
type Named<A extends Answering> = { action: A; asks: Asking; called: string; subject: string };

const change: Named<"drift.decide-change"> = {
  action: "drift.decide-change",
  asks: "adapter_change",
  called: "Approve or decline the change of the adapter",
  subject: "the change of the adapter",
};
const waiver: Named<"drift.decide-waiver"> = {
  action: "drift.decide-waiver",
  asks: "accept",
  called: "Approve or decline that it is accepted",
  subject: "that the drift is accepted",
};

/** What every answer of who is accountable is: to what waits for it, never by who asked. */
const common = <A extends Answering>({ action, asks }: Named<A>) => ({
  action,
  fits: ({ shown }: EpisodeFacts) => shown.asks === asks,
  notTheirs: ({ shown, meId }: EpisodeFacts) =>
    shown.asks === asks && shown.reviewedBy?.id === meId ? ownRequestSays : null,
  blocked: (facts: EpisodeFacts) => whenOver(facts) ?? whenAnswered(facts, asks),
});

function whenAnswered({ shown }: EpisodeFacts, asks: Asking): string | null {
  if (shown.asks === asks) return null;
  const { answeredBy, decision } = shown;
  return decision === asks && answeredBy
    ? sayReviewRejection({ why: "already-answered", byId: answeredBy.id }, { [answeredBy.id]: answeredBy.name })
    : sayReviewRejection({ why: "nothing-asked" }, {});
}

const answered = (asks: Asking): Ending => ({ only: askedTell(asks).step, but: null, kinds: noticeKinds, role: null });

/** A waiver that is approved closes the item; every other answer leaves it to who works on it. */
function steps(asks: Asking, answer: Answer, why: string, seen: string | null): Steps<Answering> {
  const accepts = asks === "accept" && answer === "approved";
  return {
    decide: (episode, by) => decideAnswer(episode, { ...by, asks, answer, note: why, seenHash: seen }),
    ...(accepts && { onItem: (item, by) => decideAccepted(item, { ...by, note: why }) }),
    says: ({ episode }) => ({
      answer,
      note: why,
      shownHash: answer === "approved" ? episode.shownHash : null,
      until: episode.acceptedUntil?.toISOString() ?? null,
    }),
    tells: ({ episode }) => answeredTells(episode),
    settles: accepts ? endingOf("close", null) : answered(asks),
  };
}

const told =
  (subject: string): ActWords<Answering> =>
  ({ answer, note: why, until }) => ({
    kind: answer === "approved" ? "approved" : "denied",
    says: `${answer === "approved" ? "Approved" : "Declined"} ${subject}${textOf(until) ? `, until ${textOf(until).slice(0, 16).replace("T", " ")} UTC` : ""}`,
    text: textOf(why),
  });

const approving = { note: note("Reason", "The reason"), seenHash: seenHash() };
const handedIn = { texts: ["note"] };
const declining = { note: note("Reason", "The reason") };

const approveChange = episodeAct({
  ...common(change),
  act: "approve-change",
  title: "Approve",
  called: change.called,
  fields: approving,
  handedIn,
  done: "The change of the adapter is approved.",
  does: ({ note: why, seenHash: seen }) => steps(change.asks, "approved", why, seen),
  timeline: told(change.subject),
});

const declineChange = episodeAct({
  ...common(change),
  act: "decline-change",
  title: "Decline",
  called: null,
  fields: declining,
  form: {
    label: "Decline the change of the adapter",
    submit: ["Decline", "Declining…"],
    consequence: "The adapter stays as it is; who asked is told why, and the episode waits for another decision.",
  },
  done: "The change of the adapter is declined.",
  does: ({ note: why }) => steps(change.asks, "declined", why, null),
  timeline: told(change.subject),
});

const approveWaiver = episodeAct({
  ...common(waiver),
  act: "approve-waiver",
  title: "Approve",
  called: waiver.called,
  fields: approving,
  handedIn,
  done: "The drift is accepted.",
  does: ({ note: why, seenHash: seen }) => steps(waiver.asks, "approved", why, seen),
  timeline: told(waiver.subject),
});

const declineWaiver = episodeAct({
  ...common(waiver),
  act: "decline-waiver",
  title: "Decline",
  called: null,
  fields: declining,
  form: {
    label: "Decline that it is accepted",
    submit: ["Decline", "Declining…"],
    consequence: "Nothing is accepted; who asked is told why, and the episode waits for another decision.",
  },
  done: "It is declined that the drift is accepted.",
  does: ({ note: why }) => steps(waiver.asks, "declined", why, null),
  timeline: told(waiver.subject),
});

/** By the names that they are called by. */
export const answers = {
  "approve-change": approveChange,
  "decline-change": declineChange,
  "approve-waiver": approveWaiver,
  "decline-waiver": declineWaiver,
} satisfies Partial<Record<EpisodeActName, unknown>>;
