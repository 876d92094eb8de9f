import { describe, expect, it } from "vitest";
import type { OverrideRejection } from "@/lib/areas/override/domain/transitions";
import { sayOverrideRejection, sayValidity } from "./words";

const names = { pia: "Pia" };

describe("a refused act on an override is told in a sentence", () => {
  it.each<[OverrideRejection, string]>([
    [{ why: "not-requested", status: "approved", byId: "pia" }, "This request is approved already, by Pia."],
    [{ why: "not-requested", status: "denied", byId: "gone" }, "This request is denied already, by a colleague."],
    [{ why: "not-requested", status: "withdrawn", byId: null }, "This request is withdrawn already."],
    [
      { why: "not-in-force", status: "revoked", byId: "pia" },
      "This override is revoked, by Pia, so there is nothing to end.",
    ],
    [{ why: "not-in-force", status: "expired", byId: null }, "This override is expired, so there is nothing to end."],
    [
      { why: "not-in-force", status: "requested", byId: null },
      "This override is waiting for a decision, so there is nothing to end.",
    ],
    [
      { why: "own-request" },
      "Who asked for an override never decides it, whatever their roles, nor in somebody’s place.",
    ],
    [{ why: "own-advice" }, "Who asked for an override does not advise on it."],
    [{ why: "not-yours" }, "Only who asked for an override takes the request back."],
    [{ why: "no-substance" }, "The justification says too little: at least 20 characters, in words."],
    [{ why: "bad-validity", least: 60, most: 86_400 }, "The validity must be from 1 min to 24 h."],
    [{ why: "bad-validity", least: 60, most: 90 }, "The validity must be from 1 min to 90 s."],
    [
      { why: "consultation-open", until: new Date(0) },
      "Nobody else of Security/Compliance has advised yet, and their time is not over: wait, or say why you decide without their advice.",
    ],
    [
      { why: "content-changed" },
      "What this would let pass has changed since you looked. Look at what is different, then decide again.",
    ],
  ])("%j", (rejection, sentence) => {
    expect(sayOverrideRejection(rejection, names)).toBe(sentence);
  });
});

it.each<[number, string]>([
  [60, "1 min"],
  [61, "61 s"],
  [3600, "1 h"],
  [5400, "90 min"],
  [86_400, "24 h"],
  [172_800, "2 days"],
  [604_800, "7 days"],
])("a validity of %d s is %s", (seconds, words) => {
  expect(sayValidity(seconds)).toBe(words);
});
