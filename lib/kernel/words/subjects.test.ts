import { expect, it } from "vitest";
import { saySubject } from "./subjects";

it.each([
  ["run_7a", "run_7a"],
  [" ", "⟨U+0020⟩"],
  ["run\u200b7a", "run⟨U+200B⟩7a"],
  ["", "(empty name)"],
])("%j is shown as %j", (subject, says) => {
  expect(saySubject(subject)).toBe(says);
});
