import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { OverrideStatus } from "@/lib/areas/override/domain/override";
import type { OverrideRight, OverrideRightName } from "@/lib/areas/override/domain/rights";
import { prepareOverrideTimeline } from "@/lib/areas/override/domain/timeline";
import { viewActs } from "@/lib/kernel/act/offer";
import { inputOf, isHungIn, judgeForm, type ActView, type FieldSpec, type FormSpec } from "@/lib/kernel/act/view";
import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import { at } from "@/lib/testing/items";
import type { OverrideFacts } from "./override-act";
import { overrideActs, overrideOffers, wordsOfOverrideActs } from "./override-acts";

const yes: OverrideRight = { allowed: true, as: "product_owner", letter: "A" };
const never: OverrideRight = { allowed: false, because: "It is not yours.", whoCan: [] };
const none: Record<OverrideRightName, OverrideRight> = {
  advise: never,
  decide: never,
  withdraw: never,
  revoke: never,
  renew: never,
};
const me = { id: "me", name: "Me" };
const paula = { id: "paula", name: "Paula Owner" };

type Change = Partial<OverrideFacts["shown"]>;
const facts = (rights: Partial<typeof none> = {}, shown: Change = {}): OverrideFacts => ({
  shown: {
    status: "requested",
    advice: null,
    consultUntil: at(30).toISOString(),
    consultationOpen: true,
    decidedBy: null,
    endedBy: null,
    ...shown,
  },
  rights: { ...none, ...rights },
  meId: me.id,
});
const viewsOf = (known: OverrideFacts): ActView[] => viewActs(overrideOffers, known, null);
const viewOf = (name: string, known: OverrideFacts) => viewsOf(known).find((act) => act.name === name)!;
const formOf = (name: string, known: OverrideFacts): FormSpec => {
  const act = viewOf(name, known);
  if (!act.allowed || !act.form || isHungIn(act.form)) throw new Error("It has no form of the server's.");
  return act.form;
};

describe("what is offered on an override", () => {
  it.each<[Partial<typeof none>, OverrideStatus, string[]]>([
    [{}, "requested", []],
    [{ decide: yes }, "requested", ["approve", "deny"]],
    [{ advise: yes }, "requested", ["advise"]],
    [{ withdraw: yes }, "requested", ["withdraw"]],
    [{ revoke: yes, renew: yes }, "active", ["revoke", "renew"]],
    [{ renew: yes }, "expired", ["renew"]],
  ])("with %j on one that is %s", (rights, status, names) =>
    expect(viewsOf(facts(rights, { status })).flatMap((act) => (act.allowed && act.offered ? [act.name] : []))).toEqual(
      names,
    ),
  );
});

describe("a form that is open already", () => {
  it.each<[Change, string]>([
    [{ status: "approved", decidedBy: paula }, "Approved; thegent does not hold it yet, by Paula Owner."],
    [{ status: "denied", decidedBy: me }, "Denied, by you."],
    [{ status: "withdrawn", endedBy: paula }, "Withdrawn, by Paula Owner."],
    [{ status: "expired" }, "Expired."],
  ])("cannot be sent where somebody was first, who is named: %o", (change, says) => {
    for (const name of ["approve", "deny", "advise", "withdraw"])
      expect(viewOf(name, facts({}, change))).toMatchObject({
        allowed: false,
        because: "It is not yours.",
        blocked: says,
      });
  });
  it("says else why it is not theirs", () =>
    expect(viewOf("revoke", facts({}, { status: "active" }))).toMatchObject({ blocked: "It is not yours." }));
  it("is not blocked where it is theirs", () =>
    expect(viewOf("deny", facts({ decide: yes }))).toMatchObject({ blocked: null }));
});

it.each<[OverrideStatus, string[]]>([
  ["requested", ["Approve or deny", "Advise", "Withdraw"]],
  ["active", ["Revoke", "Renew"]],
  ["expired", ["Renew"]],
  ["denied", []],
])("of one that is %s, what a person may not do is named", (status, names) =>
  expect(viewsOf(facts({}, { status })).flatMap((act) => (!act.allowed && act.spoken ? [act.spoken] : []))).toEqual(
    names,
  ),
);

it("a denial says why it does not wait for advice, until the window ends; not at all once advice is there", () => {
  const until = (consultationOpen: boolean) =>
    formOf("deny", facts({ decide: yes }, { consultationOpen })).fields.flatMap((field) =>
      field.kind === "text" && field.asked ? [field.asked] : [],
    );
  expect([until(true), until(false)]).toEqual([
    [{ after: null, until: at(30).toISOString() }],
    [{ after: null, until: "1970-01-01T00:00:00.000Z" }],
  ]);
});

it("advice that is given again says that it replaces what was said", () => {
  expect(formOf("advise", facts({ advise: yes }, { advice: "for" })).consequence).toContain(
    "in place of what was advised before",
  );
  expect(formOf("advise", facts({ advise: yes })).consequence).not.toContain("in place of");
});

const texts = JSON.parse(fs.readFileSync("lib/testing/fixtures/mandatory-texts.json", "utf8")) as Record<
  "nothing_to_see" | "something_to_see",
  string[]
>;
/** Text that says something, of so many characters. */
const words = (length: number): string => "ab".repeat(length).slice(0, length);
const filled = (field: FieldSpec): string =>
  "options" in field ? field.options[0]!.value : field.kind === "text" ? words(field.limit.least) : "yes";
const every = { decide: yes, advise: yes, withdraw: yes, revoke: yes, renew: yes };
const now = at(10).getTime();
const forms = (["deny", "advise", "withdraw", "revoke"] as const).map((name) => ({
  name,
  form: formOf(name, facts(every)),
  schema: overrideActs[name].schema,
}));

describe.each(forms)("the form to $name", ({ form, schema }) => {
  const typed = Object.fromEntries(form.fields.map((field) => [field.name, filled(field)]));
  const server = (changed: Record<string, string>): Record<string, string> => {
    const parsed = schema.safeParse({
      id: "01890a5d-ac96-774b-bcce-b302099a8057",
      version: 1,
      ...inputOf(form, { ...typed, ...changed }, now),
    });
    return parsed.success
      ? {}
      : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message]));
  };
  it("filled in, is taken", () => expect([judgeForm(form, typed, now), server({})]).toEqual([{}, {}]));
  it.runIf(form.fields.length).each(form.fields)(
    "is judged as the server does, and takes of $name what its limits say and what can be read",
    (field) => {
      const limit = field.kind === "text" ? field.limit : { least: 2, most: 9 };
      const tried = [
        "gone",
        "\u0000 a character that cannot be kept",
        ...texts.nothing_to_see,
        ...texts.something_to_see,
        ...[limit.least - 1, limit.least, limit.most, limit.most + 1].map(words),
      ];
      const judged = tried.filter((text) => !(field.kind === "text" && field.asked && text.trim() === ""));
      for (const text of judged)
        expect([text, judgeForm(form, { ...typed, [field.name]: text }, now)]).toEqual([
          text,
          server({ [field.name]: text }),
        ]);
      if (field.kind === "text") {
        const takes = (text: string) => Object.keys(server({ [field.name]: text })).length === 0;
        expect(
          [limit.least - 1, limit.least, limit.most, limit.most + 1].filter(
            (length) => length > 0 && takes(words(length)),
          ),
        ).toEqual([...new Set([limit.least, limit.most])]);
        expect(texts.nothing_to_see.filter((text) => text.trim() !== "" && takes(text))).toEqual([]);
        expect(texts.something_to_see.filter((text) => !takes(text))).toEqual([]);
      }
    },
  );
});

it("an approval is read by the same limits, with its validity and the content that was seen", () => {
  const whole = {
    id: "01890a5d-ac96-774b-bcce-b302099a8057",
    version: 1,
    seconds: 3600,
    note: "Checked.",
    seenHash: "a".repeat(64),
    withoutConsultation: null,
  };
  const takes = (change: object) => overrideActs.approve.schema.safeParse({ ...whole, ...change }).success;
  expect(takes({})).toBe(true);
  for (const wrong of [
    { seconds: 59 },
    { seconds: 604_801 },
    { seconds: 60.5 },
    { seconds: "soon" },
    { note: "\u200b\u200b\u200b" },
    { note: "ab" },
    { seenHash: "" },
    { withoutConsultation: "ab" },
  ])
    expect([wrong, takes(wrong)]).toEqual([wrong, false]);
});

const event = (action: string, after: Plain): AuditEvent => ({
  at: at(1).toISOString(),
  action,
  outcome: "done",
  actor: { kind: "person", id: "pia", name: "Pia" },
  role: "product_owner",
  letter: "A",
  subject: { kind: "override", id: "o1" },
  before: null,
  after,
  because: null,
  requestId: "r1",
  model: "om-1",
});

describe("the story of an override tells every act", () => {
  it.each<[string, { [key: string]: Plain }, string, string, string | null]>([
    ["override.advise", { inFavour: true, text: "Fine." }, "advised", "Advised for it", "Fine."],
    ["override.advise", { inFavour: false, text: "No." }, "advised", "Advised against it", "No."],
    [
      "override.decide",
      { status: "approved", note: "Ok.", seconds: 60, forId: null, withoutConsultation: null },
      "approved",
      "Approved it for 1 min",
      "Ok.",
    ],
    [
      "override.decide",
      { status: "approved", note: "Ok.", seconds: 60, forId: "paul", withoutConsultation: "Hurry." },
      "approved",
      "Approved it for 1 min, in the place of Paul; decided without consultation",
      "Ok.\nWithout consultation because: Hurry.",
    ],
    [
      "override.decide",
      { status: "denied", note: "Mend it.", forId: "gone", withoutConsultation: null },
      "denied",
      "Denied it, in the place of someone who has left",
      "Mend it.",
    ],
    ["override.withdraw", { status: "withdrawn" }, "withdrawn", "Took the request back", null],
    ["override.revoke", { status: "revoked", reason: "Done." }, "revoked", "Ended it before its time", "Done."],
  ])("%s %j", (action, after, kind, says, text) => {
    const told = prepareOverrideTimeline(
      { expiresAt: at(60), names: { paul: "Paul" }, events: [{ seq: "7", event: event(action, after) }] },
      wordsOfOverrideActs,
    );
    expect(told).toEqual([
      { at: at(1).toISOString(), seq: "7", kind, says, text, actor: "Pia", role: "product_owner", letter: "A" },
    ]);
  });
});
