import type { OverrideStatus } from "@/lib/domain/override/override";
import type { OverrideRejection } from "@/lib/domain/override/transitions";
import { sayMinutes } from "./durations";

const statusWords: Record<OverrideStatus, string> = {
  requested: "waiting for a decision",
  approved: "approved",
  active: "approved and in force",
  denied: "denied",
  withdrawn: "withdrawn",
  expired: "expired",
  revoked: "revoked",
};

/** One sentence a refused transition is told with. `names`: people's names by id. */
export function sayOverrideRejection(rejection: OverrideRejection, names: Readonly<Record<string, string>>): string {
  switch (rejection.why) {
    case "not-requested": {
      const by = rejection.byId ? `, by ${names[rejection.byId] ?? "a colleague"}` : "";
      return `This request is ${statusWords[rejection.status]} already${by}.`;
    }
    case "not-in-force":
      return `This override is ${statusWords[rejection.status]}, so there is nothing to end.`;
    case "own-request":
      return "Who asked for an override never decides it, whatever their roles, nor in somebody’s place.";
    case "not-yours":
      return "Only who asked for an override takes the request back.";
    case "no-substance":
      return "The justification says too little: at least 20 characters, in words.";
    case "bad-validity":
      return `The validity must be from ${sayValidity(rejection.least)} to ${sayValidity(rejection.most)}.`;
    case "consultation-open":
      return "Security/Compliance has not advised yet, and their time is not over: wait, or say why you decide without their advice.";
    case "content-changed":
      return "What this would let pass has changed since you looked. Look at what is different, then decide again.";
  }
}

/** A validity in seconds, in the largest unit it is a whole number of. */
export const sayValidity = (seconds: number): string => (seconds % 60 === 0 ? sayMinutes(seconds / 60) : `${seconds} s`);
