import { describe, expect, test } from "vitest";
import {
  firstSeconds,
  judgeJustification,
  judgeSeconds,
  sayJustificationCount,
  sayRequestConsequence,
  saySecondsTyped,
} from "./prepare-forms";

const day = 86_400;

test.each([
  ["", "The validity is missing."],
  ["soon", "The validity is missing."],
  ["90.5", "The validity must be a whole number of seconds."],
  ["59", "The validity is at least 1 min."],
  ["60", undefined],
  ["86400", undefined],
  ["86401", "The validity is at most 1 day."],
])("a validity of %j: %s", (text, says) => expect(judgeSeconds(text, day)).toBe(says));

describe("a justification has substance", () => {
  test.each([
    ["", "The justification needs at least 20 characters.", "0 of at least 20 characters."],
    ["too short", "The justification needs at least 20 characters.", "9 of at least 20 characters."],
    [
      "a".repeat(40),
      "The justification says nothing: give the reason in words.",
      "40 characters, but they say nothing: give the reason in words.",
    ],
    ["😀".repeat(10), "The justification needs at least 20 characters.", "10 of at least 20 characters."],
    ["The payment run must finish today.", undefined, "34 characters."],
  ])("%j", (text, problem, count) => {
    expect(judgeJustification(text)).toBe(problem);
    expect(sayJustificationCount(text)).toBe(count);
  });

  test("and has an end", () =>
    expect(judgeJustification("ab ".repeat(1000))).toBe("The justification has more than 2000 characters."));
});

test("the form begins with an hour, or the most where that is less", () => {
  expect(firstSeconds(day)).toBe("3600");
  expect(firstSeconds(600)).toBe("600");
});

test("what is typed is said in words", () => {
  expect(saySecondsTyped("5400")).toBe("That is 1 h 30 min.");
  expect(saySecondsTyped("5.5")).toBe("");
  expect(sayRequestConsequence("ana:shop", "3600")).toBe(
    "Nothing passes yet. Security/Compliance is asked for advice and the Product Owner to decide, never you; once approved, all runs of ana:shop, on any rule, lane or agent, pass policy for 1 h.",
  );
  expect(sayRequestConsequence("", "")).toMatch(/all runs of this owner, on any rule, lane or agent, pass policy\.$/);
});
