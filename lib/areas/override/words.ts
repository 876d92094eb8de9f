import { statusWords, type OverrideStatus } from "@/lib/areas/override/domain/override";
import { notYoursSays, ownAdviceSays, ownRequestSays } from "@/lib/areas/override/domain/rights";
import type { OverrideRejection } from "@/lib/areas/override/domain/transitions";
import { sayMinutes } from "@/lib/kernel/words/durations";
import { limits } from "./limits";

/** One sentence a refused transition is told with. `names`: people's names by id. */
export function sayOverrideRejection(rejection: OverrideRejection, names: Readonly<Record<string, string>>): string {
  switch (rejection.why) {
    case "not-requested":
      return `This request is ${statusWords[rejection.status]} already${by(rejection.byId, names)}.`;
    case "not-in-force":
      return `This override is ${statusWords[rejection.status]}${by(rejection.byId, names)}, so there is nothing to end.`;
    case "own-request":
      return ownRequestSays;
    case "own-advice":
      return ownAdviceSays;
    case "not-yours":
      return notYoursSays;
    case "no-substance":
      return `The justification says too little: at least ${limits.justification.least} characters, in words.`;
    case "bad-validity":
      return `The validity must be from ${sayValidity(rejection.least)} to ${sayValidity(rejection.most)}.`;
    case "consultation-open":
      return "Nobody else of Security/Compliance has advised yet, and their time is not over: wait, or say why you decide without their advice.";
    case "content-changed":
      return "What this would let pass has changed since you looked. Look at what is different, then decide again.";
  }
}

const by = (id: string | null, names: Readonly<Record<string, string>>): string =>
  id ? `, by ${names[id] ?? "a colleague"}` : "";

/** A validity in seconds, in the largest unit it is a whole number of. */
export const sayValidity = (seconds: number): string =>
  seconds % 60 === 0 ? sayMinutes(seconds / 60) : `${seconds} s`;

/** How an override stands, as it is said of it alone. */
export const overrideStatusSays: Readonly<Record<OverrideStatus, string>> = {
  requested: "Waits for a decision",
  approved: "Approved; thegent does not hold it yet",
  active: "Active: thegent honours it",
  denied: "Denied",
  withdrawn: "Withdrawn",
  expired: "Expired",
  revoked: "Revoked",
};
