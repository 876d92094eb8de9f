import { describe, expect, test } from "vitest";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { adviseSchema, cancelSchema, commentSchema, reopenSchema, reportSchema, signOffSchema } from "@/lib/areas/escalation/contract-acts";
import type { MayDo } from "@/lib/kernel/contract";
import { detail, row } from "./fixtures";
import { blockOf, formsFor, isTyped, judgeForm, refusalsOf, sayNotOffered, sayReportConsequence, type Drafts, type FormName } from "./prepare-acts";

const me = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const other = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Jon Berg" };
const yes = (letter: "A" | "R" | "C"): MayDo => ({ allowed: true, as: "operator", letter });
const no: MayDo = { allowed: false, because: "Product Owner or Operator can do this; Stakeholder is Informed (I).", whoCan: ["product_owner", "operator"] };
const noWord: MayDo = { allowed: false, because: "Product Owner, Operator or Security/Compliance can do this; Stakeholder is Informed (I).", whoCan: [] };

const every = (right: MayDo) => ({ claim: right, assign: right, release: right, report: right, resolve: right, cancel: right, reopen: right, retry: right, addAgain: right, comment: right, advise: right, signOff: right, override: right });
const operator = { ...every(yes("R")), signOff: no };
const owner = every(yes("A"));
const consulted = { ...every(no), comment: yes("C"), advise: yes("C") };
const informed = { ...every(no), comment: noWord, advise: noWord };

const item = (change: Partial<EscalationDetail>): EscalationDetail => ({ ...detail, assignable: [me, other], claimedBy: null, breachedAt: null, signedOffBy: null, reopenedAs: null, ...change });
const late = { breachedAt: detail.dueAt, level: 1 };
const drift = { path: "contract_drift", runId: null, subject: "adapter claude" } as const;

describe("the forms of an item, what is this person's first at the front", () => {
  test.each<[string, Partial<EscalationDetail>, Drafts, string[]]>([
    ["an Operator on an open denial", { may: operator }, {}, ["resolve", "override", "assign", "comment", "cancel"]],
    ["a Product Owner on an open denial", { may: owner }, {}, ["resolve", "override", "assign", "comment", "cancel"]],
    ["a Product Owner on a late one signs off first", { may: owner, ...late }, {}, ["signOff", "resolve", "override", "assign", "comment", "cancel"]],
    ["unless they work on it themselves", { may: owner, ...late, claimedBy: me, status: "claimed" }, {}, ["resolve", "override", "signOff", "assign", "comment", "cancel"]],
    ["an Operator on a late one", { may: operator, ...late }, {}, ["resolve", "override", "assign", "comment", "cancel"]],
    ["whoever is consulted advises", { may: consulted }, {}, ["advise", "comment"]],
    ["whoever is informed reads", { may: informed }, {}, []],
    ["drift asks for the finding first", { may: operator, ...drift }, {}, ["report", "resolve", "assign", "comment", "cancel"]],
    ["once it is found, for the end", { may: operator, ...drift, finding: "The adapter renamed a field." }, {}, ["resolve", "report", "assign", "comment", "cancel"]],
    ["nobody else to give it to", { may: operator, claimedBy: me, status: "claimed", assignable: [me] }, {}, ["resolve", "override", "comment", "cancel"]],
    ["a closed item", { may: operator, status: "resolved" }, {}, ["comment", "reopen"]],
    ["a closed item that was reopened", { may: operator, status: "resolved", reopenedAs: { id: "x", subject: "run_2" } }, {}, ["comment"]],
    ["a closed breach", { may: owner, status: "resolved", ...late }, {}, ["signOff", "comment", "reopen"]],
    ["what was typed stays when a colleague closed it", { may: operator, status: "resolved" }, { resolve: { note: "I was about to" } }, ["resolve", "comment", "reopen"]],
    ["a choice alone does not", { may: operator, status: "resolved" }, { resolve: { outcome: "rejected" }, cancel: { note: "  " } }, ["comment", "reopen"]],
  ])("%s", (_, change, drafts, names) => expect(formsFor(item(change), me, drafts)).toEqual(names));
});

describe("why a form cannot be sent as things are", () => {
  const now = Date.parse(detail.now);
  const asked = { id: "o", status: "requested", requestedBy: other, expiresAt: null } as const;
  const closed = { status: "resolved", closedBy: other, outcome: "duplicate", closedIn: "cockpit" } as const;
  test.each([
    ["resolve", {}, null],
    ["resolve", { claimedBy: other, status: "claimed" }, "Jon Berg works on this item; it is theirs to resolve until it is released."],
    ["cancel", { claimedBy: other, status: "claimed" }, "Jon Berg works on this item; it is theirs to resolve until it is released."],
    ["report", { claimedBy: other, status: "claimed" }, null],
    ["report", closed, "Jon Berg resolved this item as “duplicate”."],
    ["comment", closed, null],
    ["signOff", { ...late, signedOffBy: other }, "Jon Berg has signed this breach off already."],
    ["override", { overrides: [asked] }, "Jon Berg has asked for an override of this item, and it waits for a decision."],
    ["override", { overrides: [{ ...asked, status: "denied" }] }, null],
    ["override", { may: informed }, no.allowed ? "" : no.because],
    ["reopen", { ...closed, reopenedAs: { id: "x", subject: "run_2" } }, "This item was reopened already."],
  ] as [FormName, Partial<EscalationDetail>, string | null][])("%s: %o", (form, change, says) => expect(blockOf(form, item(change), me, now)).toBe(says));
});

describe("what is typed is judged as the server does", () => {
  const target = { id: row.id, version: 1 };
  const long = "x".repeat(4001);
  test.each([
    ["comment", { text: "ok" }, commentSchema, {}],
    ["comment", { text: "  " }, commentSchema, { text: "The comment is missing." }],
    ["advise", { text: "no" }, adviseSchema, { text: "The advice needs at least 3 characters." }],
    ["advise", { text: long }, adviseSchema, { text: "The advice has more than 4000 characters." }],
    ["signOff", { note: "" }, signOffSchema, { note: "The note needs at least 3 characters." }],
    ["signOff", { note: "Accepted." }, signOffSchema, {}],
    ["report", { finding: "too short" }, reportSchema, { finding: "The finding needs at least 10 characters." }],
    ["report", { finding: "The adapter renamed a field." }, reportSchema, {}],
    ["cancel", { note: "ab" }, cancelSchema, { note: "The note needs at least 3 characters." }],
    ["reopen", { reason: "x".repeat(501) }, reopenSchema, { reason: "The reason has more than 500 characters." }],
    ["reopen", { reason: "It came back." }, reopenSchema, {}],
  ] as const)("%s: %o", (form, fields, schema, problems) => {
    expect(judgeForm(form, fields)).toEqual(problems);
    const parsed = schema.safeParse({ ...target, ...fields });
    expect(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path[0], message])).toEqual(Object.entries(problems));
  });

  test("cancelled late, it asks for the cause too", () => {
    expect(judgeForm("cancel", { note: "Never existed." }, true)).toEqual({ lateCause: "The cause of the lateness needs at least 3 characters." });
  });
});

describe("what this person may not do is named with whose it is, each reason once", () => {
  test("on an open item", () => {
    expect(refusalsOf(item({ may: informed }))).toEqual([
      { because: no.allowed ? "" : no.because, names: ["Claim", "Assign", "Release", "Resolve", "Ask for an override", "Cancel"] },
      { because: noWord.allowed ? "" : noWord.because, names: ["Advise", "Comment"] },
    ]);
  });
  test("on a closed breach", () => {
    expect(refusalsOf(item({ may: operator, status: "resolved", ...late })).map(({ names }) => names)).toEqual([["Sign off the breach"]]);
  });
  test("a finding is spoken of only where the path asks for one", () => {
    expect(refusalsOf(item({ may: informed, ...drift }))[0]!.names).toContain("Record a finding");
  });
  test("nothing, where everything is allowed", () => expect(refusalsOf(item({ may: owner, ...late }))).toEqual([]));
});

describe("what a finding does", () => {
  test("stops the clock that waits for it", () => {
    expect(sayReportConsequence(item(drift), false)).toBe("Stops the clock “investigate”. The finding stays in the audit trail.");
    expect(sayReportConsequence(item({ path: "integrity" }), true)).toBe("Stops the clock “root cause”. The finding stays in the audit trail.");
  });
  test("goes to the Product Owner at once when an adapter change is required", () => {
    expect(sayReportConsequence(item(drift), true)).toMatch(/It goes to the Product Owner at once, at level 2,/);
    expect(sayReportConsequence(item({ ...drift, adapterChange: true }), true)).not.toMatch(/Product Owner/);
  });
});

test("words count as typed, spaces do not", () => {
  expect(isTyped({ note: " a " })).toBe(true);
  expect(isTyped({ note: "  ", toId: "x" })).toBe(false);
  expect(isTyped()).toBe(false);
});

test.each<[string, FormName, Partial<EscalationDetail>, string]>([
  ["whoever may not is told whose it is", "resolve", { may: informed }, no.because],
  ["a closed item has no form to close it", "resolve", { may: operator, status: "resolved" }, "This item is closed already."],
  ["nor one to override it", "override", { may: operator, status: "resolved" }, "This item is closed already."],
  ["drift has nothing to override", "override", { may: operator, ...drift }, "Only a policy denial can be overridden."],
  ["an open item is not reopened", "reopen", { may: operator }, "This item is open."],
  ["one that was reopened is not reopened again", "reopen", { may: operator, status: "resolved", reopenedAs: { id: "b", subject: "run_b" } }, "This item was reopened already."],
  ["nobody else may hold it", "assign", { may: operator, assignable: [] }, "Assign is not offered on this item as it is."],
])("a form that was asked for by key or address and is not there: %s", (_, form, change, says) => expect(sayNotOffered(form, item(change))).toBe(says));
