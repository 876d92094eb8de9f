import { describe, expect, it } from "vitest";
import { askedAt, consequenceOf, inputOf, isTyped, judgeForm, type FormSpec } from "./view";

const due = "2026-03-01T10:30:00.000Z";
const at = (ms: number): number => Date.parse(due) + ms;

const form: FormSpec = {
  ...{ label: "Close it", submit: ["Close", "Closing…"], notes: [], consequence: "Closes it." },
  fields: [
    {
      kind: "choice",
      name: "outcome",
      label: "Outcome",
      missing: "Choose an outcome.",
      options: [
        { value: "rejected", name: "rejected", says: null, consequence: "Closes it as “rejected”." },
        { value: "other", name: "other", says: null, consequence: null },
      ],
    },
    {
      kind: "text",
      name: "note",
      label: "Note",
      called: "The note",
      limit: { least: 3, most: 10 },
      rows: 2,
      hint: null,
      asked: null,
    },
    {
      kind: "text",
      name: "lateCause",
      label: "Cause",
      called: "The cause",
      limit: { least: 3, most: 10 },
      rows: 2,
      hint: null,
      asked: { after: due, until: null },
    },
    { kind: "check", name: "tell", label: "Tell everybody", consequence: "Closes it, and everybody is told." },
  ],
};
const whole = { outcome: "rejected", note: "Not one." };

describe("a form as it is judged before it is sent", () => {
  it.each<[string, Record<string, string>, number, Record<string, string>]>([
    ["whole", whole, 0, {}],
    ["empty", {}, 0, { outcome: "Choose an outcome.", note: "The note needs at least 3 characters." }],
    ["with a choice that is not offered any more", { ...whole, outcome: "gone" }, 0, { outcome: "Choose an outcome." }],
    ["too long", { ...whole, note: "x".repeat(11) }, 0, { note: "The note has more than 10 characters." }],
    ["late, without the cause", whole, 1, { lateCause: "The cause needs at least 3 characters." }],
    ["late, with it", { ...whole, lateCause: "Asleep" }, 1, {}],
  ])("%s", (_, typed, ms, problems) => expect(judgeForm(form, typed, at(ms))).toEqual(problems));
});

it("asks for what comes with the time only after that instant, as the rule does", () => {
  expect(askedAt(form, at(0))).toEqual(["outcome", "note", "tell"]);
  expect(askedAt(form, at(1))).toEqual(["outcome", "note", "lateCause", "tell"]);
});

it("asks for what ends with the time only before that instant", () => {
  const early: FormSpec = {
    ...form,
    fields: form.fields.map((field) =>
      field.kind === "text" && field.asked ? { ...field, asked: { after: null, until: due } } : field,
    ),
  };
  expect([at(-1), at(0)].map((now) => askedAt(early, now).includes("lateCause"))).toEqual([true, false]);
});

it("sends what is asked for, and nothing that is not", () => {
  expect(inputOf(form, { ...whole, lateCause: "typed too soon", tell: "yes" }, at(0))).toEqual({
    ...whole,
    lateCause: null,
    tell: true,
  });
  expect(inputOf(form, { lateCause: "Asleep" }, at(1))).toEqual({
    outcome: "",
    note: "",
    lateCause: "Asleep",
    tell: false,
  });
});

it.each<[Record<string, string>, string]>([
  [{}, "Closes it."],
  [{ outcome: "rejected" }, "Closes it as “rejected”."],
  [{ outcome: "other" }, "Closes it."],
  [{ outcome: "rejected", tell: "yes" }, "Closes it, and everybody is told."],
])("says what pressing does as it stands: %j", (typed, says) => expect(consequenceOf(form, typed)).toBe(says));

it("words count as typed, spaces and choices do not", () => {
  expect(isTyped(form, { note: " a " })).toBe(true);
  expect(isTyped(form, { note: "  ", outcome: "rejected", tell: "yes" })).toBe(false);
  expect(isTyped(form)).toBe(false);
  expect(isTyped(null, { note: "a" })).toBe(false);
});
