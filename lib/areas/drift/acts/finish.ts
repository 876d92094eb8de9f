import "server-only";
import { decideFinish } from "@/lib/areas/drift/domain/review";
import { sayReviewRejection } from "@/lib/areas/drift/words";
import { decideResolve, endingOf } from "@/lib/areas/escalation/port";
import { textOf } from "@/lib/kernel/chain/timeline";
import { episodeAct, lateCause, note, whenOver, type EpisodeFacts } from "./episode-act";

/** The remediation is done: closes the episode, and its item. */
export const finishRemediation = episodeAct({
  act: "finish",
  action: "drift.finish",
  title: "Finish",
  called: "Finish the remediation",
  fields: { note: note("What was done"), lateCause: lateCause() },
  form: {
    label: "Finish the remediation",
    submit: ["The remediation is done", "Closing…"],
    consequence:
      "Closes this episode and its item as remediated. If the same drift is still found four hours from now without a break, it returns as a new episode that names this one.",
  },
  done: "The episode is closed as remediated.",
  fits: ({ shown }) => shown.status === "remediating",
  blocked: (facts) => whenOver(facts) ?? unanswered(facts),
  does: ({ note: what, lateCause: late }) => ({
    decide: decideFinish,
    onItem: (item, by) => decideResolve(item, { ...by, outcome: "unblocked", note: what, lateCause: late }),
    says: ({ item }) => ({ note: what, lateCause: item.lateCause }),
    settles: endingOf("close", null),
  }),
  timeline: ({ note: what, lateCause: late }) => ({
    kind: "resolved",
    says: "Finished the remediation",
    text: [textOf(what), late ? `Late because: ${textOf(late)}` : ""].filter(Boolean).join("\n"),
  }),
});

const unanswered = ({ shown: { asks } }: EpisodeFacts): string | null =>
  asks && sayReviewRejection({ why: "unanswered", asks }, {});
