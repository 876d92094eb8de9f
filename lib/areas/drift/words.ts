import { isOpen, type EpisodeStatus } from "@/lib/areas/drift/domain/episodes";
import type { Asking, Decision, ReviewRejection } from "@/lib/areas/drift/domain/review";
import { waiverDays } from "./limits";

/** How an episode is, as the end of a sentence. */
export const statusWords: Readonly<Record<EpisodeStatus, string>> = {
  detected: "detected, and nobody works on it",
  investigating: "being investigated",
  remediating: "being remediated",
  remediated: "remediated",
  accepted: "accepted for a time",
  dismissed: "dismissed",
  recovered: "over by itself",
};

/** What each decision is called. */
export const decisionNames: Readonly<Record<Decision, string>> = {
  remediate: "Remediate",
  adapter_change: "Adapter change required",
  accept: "Accept for a time",
  false_alarm: "False alarm",
};

const asked: Readonly<Record<Asking, string>> = {
  adapter_change: "The change of the adapter",
  accept: "Accepting this drift",
};

export const ownRequestSays = "Who asked for it never approves it, whatever their roles.";
export const changedSays =
  "What is known of this drift has changed since you looked. Look at what is different, then decide again.";

/** One sentence that a refused move is told with. `names`: people's names by id. */
export function sayReviewRejection(rejection: ReviewRejection, names: Readonly<Record<string, string>>): string {
  switch (rejection.why) {
    case "already-ended":
      return `This episode is ${statusWords[rejection.status]} already.`;
    case "not-from-here":
      return isOpen(rejection)
        ? `This episode is ${statusWords[rejection.status]}; that comes ${rejection.status === "detected" ? "after somebody investigates it" : "later or came before"}.`
        : `This episode is ${statusWords[rejection.status]}.`;
    case "shown-changed":
      return changedSays;
    case "bad-days":
      return `Drift is accepted for ${waiverDays.least} to ${waiverDays.most} days.`;
    case "unanswered":
      return `${asked[rejection.asks]} waits for the Product Owner’s answer. Wait for it, or decide anew.`;
    case "nothing-asked":
      return "Nothing of the kind waits for an answer any more.";
    case "already-answered":
      return `${names[rejection.byId] ?? "A colleague"} has answered already.`;
    case "own-request":
      return ownRequestSays;
  }
}

/** "5.2 %"; "–" where there is nothing to take a share of. */
export const sayPercent = (value: number | null): string =>
  value === null ? "–" : `${(Math.round(value * 10) / 10).toFixed(1)} %`;

/** A share of 0 to 1, likewise. */
export const sayShare = (value: number): string => sayPercent(value * 100);
