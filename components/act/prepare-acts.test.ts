import { describe, expect, test } from "vitest";
import type { ActView, AllowedAct, FormSpec } from "@/lib/kernel/act/view";
import { formsFor, refusalsOf, sayNotOffered, type Drafts } from "./prepare-acts";

const form: FormSpec = {
  label: "Do it",
  submit: ["Do", "Doing…"],
  notes: [],
  consequence: "It is done.",
  fields: [
    {
      kind: "choice",
      name: "outcome",
      label: "Outcome",
      missing: "Choose.",
      options: [{ value: "rejected", name: "rejected", says: null, consequence: null }],
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
  ],
};
const allowed = (name: string, change: Partial<AllowedAct> = {}): AllowedAct => ({
  name,
  title: name,
  key: null,
  allowed: true,
  offered: true,
  absent: `No ${name} now.`,
  blocked: null,
  done: null,
  button: null,
  form,
  ...change,
});
const refused = (name: string, because: string, spoken: string | null = name): ActView => ({
  name,
  title: name,
  key: null,
  allowed: false,
  because,
  blocked: because,
  whoCan: [],
  spoken,
});

const names = (acts: readonly ActView[], drafts: Drafts = {}) => formsFor(acts, drafts).map(({ name }) => name);
const typed = (of: AllowedAct, fields = { note: "I was about to" }): Drafts => ({ [of.name]: { of, fields } });
const resolve = allowed("resolve");
const gone = allowed("resolve", { offered: false, blocked: "Jon Berg resolved this item." });

describe("the forms of an item", () => {
  test("are those that are offered, in the server's order; what only has a button is none", () => {
    expect(
      names([allowed("claim", { form: null }), allowed("sign-off"), resolve, gone, refused("cancel", "Not yours.")]),
    ).toEqual(["sign-off", "resolve"]);
  });
  test("one that holds words stays when a colleague closed the item, with why it cannot be sent", () => {
    expect(formsFor([gone, allowed("comment")], typed(resolve))).toEqual([gone, allowed("comment")]);
  });
  test("it stays when the right to it is gone, too", () => {
    expect(formsFor([refused("resolve", "Operator can do this.")], typed(resolve))).toEqual([
      { ...resolve, blocked: "Operator can do this." },
    ]);
  });
  test.each([[{ outcome: "rejected", note: "" }], [{ note: "  " }]])(
    "a choice alone does not keep it, nor do spaces: %j",
    (fields) => expect(names([gone], typed(resolve, fields))).toEqual([]),
  );
  test("of a form that is handed in, its words are known by their names", () => {
    const override = allowed("override", { offered: false, form: { handedIn: true, texts: ["justification"] } });
    expect(names([override], typed(override, { note: "not one of its words" }))).toEqual([]);
    expect(names([override], { override: { of: override, fields: { justification: "The gate is wrong." } } })).toEqual([
      "override",
    ]);
  });
});

test("what this person may not do is named with whose it is, each reason once; what is told elsewhere is not", () => {
  const acts = [
    refused("Claim", "Operator can do this."),
    resolve,
    refused("Comment", "Operator or Security can do this."),
    refused("Resolve", "Operator can do this."),
    refused("retry", "Operator can do this.", null),
  ];
  expect(refusalsOf(acts)).toEqual([
    { because: "Operator can do this.", names: ["Claim", "Resolve"] },
    { because: "Operator or Security can do this.", names: ["Comment"] },
  ]);
  expect(refusalsOf([resolve])).toEqual([]);
});

test.each<[string, ActView[], string | null]>([
  ["whoever may not is told whose it is", [refused("resolve", "Operator can do this.")], "Operator can do this."],
  ["what does not fit says why", [gone], "No resolve now."],
  ["what has no form is no form", [allowed("resolve", { form: null })], null],
  ["and so is what no act is called", [], null],
])("a form that was asked for by key or address and is not there: %s", (_, acts, says) =>
  expect(sayNotOffered(acts, "resolve")).toBe(says),
);
