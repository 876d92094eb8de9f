import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { keysOfPages } from "@/components/shell/keys";
import type { QueueRecordView } from "@/lib/areas/escalation/contract";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import { prepareTimeline } from "@/lib/areas/escalation/domain/timeline";
import { viewActs } from "@/lib/kernel/act/offer";
import {
  inputOf,
  isHungIn,
  judgeForm,
  type ActView,
  type AllowedAct,
  type FieldSpec,
  type FormSpec,
} from "@/lib/kernel/act/view";
import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import type { PersonActor } from "@/lib/model/decide";
import type { EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import { at, claimedBy, opened } from "@/lib/testing/items";
import { escalationActs, itemOffers, keysOfActs, wordsOfActs } from "./escalation-acts";
import type { ItemFacts } from "./item-act";

const maya = { id: "0193a2b4-0000-7000-8000-0000000000aa", name: "Maya Okafor" };
const jon = { id: "0193a2b4-0000-7000-8000-0000000000bb", name: "Jon Berg" };
const as = (...roles: Role[]): PersonActor => ({ kind: "person", ...maya, roles });

const record: QueueRecordView = {
  line: 3,
  status: "pending",
  reason: "",
  priority: 5,
  dialect: "reference",
  blockedAt: null,
  escalateBy: null,
  slaMinutes: 30,
  resolvedAt: null,
  gone: false,
};
const nothingShown: ItemFacts["shown"] = {
  claimedBy: null,
  closedBy: null,
  closedIn: null,
  signedOffBy: null,
  thegentWord: null,
  records: [record, record, { ...record, gone: true }],
  reopenedAs: null,
  overrides: [],
  effectView: null,
};

/** What is known of an item ten minutes after it opened. */
const facts = (item: Escalation, shown: Partial<ItemFacts["shown"]> = {}, minutes = 10): ItemFacts => ({
  item,
  shown: { ...nothingShown, ...shown },
  colleagues: [maya, jon],
  me: { personId: maya.id, now: at(minutes) },
});
const denial = (change: Partial<Escalation> = {}) => opened("policy_denial", null, { runId: "run_1", ...change });
const drift = (change: Partial<Escalation> = {}) => opened("contract_drift", null, change);

const mine = facts(claimedBy(maya.id, denial()), { claimedBy: maya });
const jons = facts(claimedBy(jon.id, denial()), { claimedBy: jon });
const closed = (change: Partial<Escalation> = {}, shown: Partial<ItemFacts["shown"]> = {}) =>
  facts(denial({ status: "resolved", outcome: "duplicate", closedById: jon.id, closedAt: at(5), ...change }), {
    closedIn: "cockpit",
    closedBy: jon,
    ...shown,
  });
const late = { breachedAt: at(5), level: 1 };

const actOf = (known: ItemFacts, reader: PersonActor, name: string): ActView =>
  viewActs(itemOffers, known, reader).find((act) => act.name === name)!;
const allowed = (known: ItemFacts, reader: PersonActor, name: string): AllowedAct => {
  const act = actOf(known, reader, name);
  if (!act.allowed) throw new Error(act.because);
  return act;
};
const formOf = (known: ItemFacts, reader: PersonActor, name: string): FormSpec => {
  const { form } = allowed(known, reader, name);
  if (!form || isHungIn(form)) throw new Error("It has no form of the server's.");
  return form;
};
const offered = (known: ItemFacts, reader: PersonActor) =>
  viewActs(itemOffers, known, reader).flatMap((act) => (act.allowed && act.offered ? [act] : []));
const anybody = as("product_owner", "tech_lead", "operator", "security");

describe("what is offered on an item, what is this person's first at the front", () => {
  it.each<[string, ItemFacts, PersonActor, string[]]>([
    [
      "an Operator on an open denial",
      facts(denial()),
      as("operator"),
      ["resolve", "override", "assign", "comment", "cancel"],
    ],
    [
      "a Product Owner on an open denial",
      facts(denial()),
      as("product_owner"),
      ["resolve", "override", "assign", "comment", "cancel"],
    ],
    [
      "a Product Owner on a late one signs off first",
      facts(denial(late)),
      as("product_owner"),
      ["sign-off", "resolve", "override", "assign", "comment", "cancel"],
    ],
    [
      "unless they work on it themselves",
      facts({ ...mine.item, ...late }, { claimedBy: maya }),
      as("product_owner"),
      ["resolve", "override", "sign-off", "assign", "comment", "cancel"],
    ],
    [
      "an Operator on a late one",
      facts(denial(late)),
      as("operator"),
      ["resolve", "override", "assign", "comment", "cancel"],
    ],
    ["whoever is consulted advises", facts(denial()), as("security"), ["advise", "comment"]],
    ["whoever is informed reads", facts(denial()), as("stakeholder"), []],
    [
      "drift asks for the finding first",
      facts(drift()),
      as("operator"),
      ["report", "resolve", "assign", "comment", "cancel"],
    ],
    [
      "once it is found, for the end",
      facts(drift({ finding: "The adapter renamed a field." })),
      as("operator"),
      ["resolve", "report", "assign", "comment", "cancel"],
    ],
    [
      "nobody else to give it to",
      { ...mine, colleagues: [maya] },
      as("operator"),
      ["resolve", "override", "comment", "cancel"],
    ],
    ["a closed item", closed(), as("operator"), ["comment", "reopen"]],
    [
      "a closed item that was reopened",
      closed({}, { reopenedAs: { id: "x", subject: "run_2" } }),
      as("operator"),
      ["comment"],
    ],
    ["a closed breach", closed(late), as("product_owner"), ["sign-off", "comment", "reopen"]],
  ])("%s: forms", (_, known, reader, names) =>
    expect(offered(known, reader).flatMap(({ name, form }) => (form ? [name] : []))).toEqual(names),
  );

  it.each<[string, ItemFacts, PersonActor, [string, string][]]>([
    ["nobody's", facts(denial()), as("operator"), [["claim", "Claim"]]],
    [
      "one's own",
      mine,
      as("operator"),
      [
        ["claim", "Keep the claim"],
        ["release", "Release to the queue"],
      ],
    ],
    ["a colleague's", jons, as("operator"), [["release", "Release to the queue"]]],
    ["who may not", facts(denial()), as("security"), []],
    [
      "lost",
      facts(denial({ lostAt: at(1) })),
      as("operator"),
      [
        ["claim", "Claim"],
        ["add-again", "Add it to thegent's queue again"],
      ],
    ],
    [
      "lost, and being added",
      facts(denial({ lostAt: at(1) }), {
        effectView: {
          kind: "thegent.add",
          status: "pending",
          attempts: 0,
          lastError: null,
          createdAt: "",
          appliedAt: null,
          closedRecords: null,
        },
      }),
      as("operator"),
      [["claim", "Claim"]],
    ],
    [
      "closed, and not taken up",
      closed(
        {},
        {
          effectView: {
            kind: "thegent.resolve",
            status: "failed",
            attempts: 3,
            lastError: "",
            createdAt: "",
            appliedAt: null,
            closedRecords: null,
          },
        },
      ),
      as("operator"),
      [["retry", "Write to thegent again now"]],
    ],
    ["closed", closed(), as("operator"), []],
  ])("%s: buttons", (_, known, reader, buttons) =>
    expect(offered(known, reader).flatMap(({ name, button }) => (button ? [[name, button.words[0]]] : []))).toEqual(
      buttons,
    ),
  );
});

describe("why it cannot be done as things are is said before anything is pressed", () => {
  const asked = { id: "o", status: "requested", requestedBy: jon, expiresAt: null } as const;
  const theirs = "Jon Berg works on this item; it is theirs to resolve until it is released.";
  it.each<[string, ItemFacts, string | null]>([
    ["resolve", facts(denial()), null],
    ["resolve", mine, null],
    ["resolve", jons, theirs],
    // Its holder has gone quiet: nobody's any more, though no clock has said so yet.
    ["resolve", { ...jons, me: { ...jons.me, now: at(16) } }, null],
    // The form asks for the cause.
    ["resolve", facts(denial(), {}, 31), null],
    ["resolve", closed(), "Jon Berg resolved this item as “duplicate”."],
    ["resolve", closed({ closedById: maya.id }, { closedBy: maya }), "You resolved this item as “duplicate”."],
    [
      "resolve",
      closed({ outcome: null }, { closedIn: "thegent", closedBy: null, thegentWord: "approved" }),
      "This item was closed in thegent itself as “approved”.",
    ],
    ["cancel", jons, theirs],
    ["assign", jons, null],
    ["assign", closed(), "Jon Berg resolved this item as “duplicate”."],
    ["report", jons, null],
    ["report", closed(), "Jon Berg resolved this item as “duplicate”."],
    ["comment", closed(), null],
    ["sign-off", facts(denial(late)), null],
    ["sign-off", closed(late), null],
    [
      "sign-off",
      facts(denial({ ...late, signedOffById: jon.id }), { signedOffBy: jon }),
      "Jon Berg has signed this breach off already.",
    ],
    [
      "sign-off",
      facts(denial({ ...late, signedOffById: maya.id }), { signedOffBy: maya }),
      "You have signed this breach off already.",
    ],
    ["sign-off", facts(denial({ level: 1 })), "This item has missed no SLA, so there is no breach to sign off."],
    [
      "override",
      facts(denial(), { overrides: [asked] }),
      "Jon Berg has asked for an override of this item, and it waits for a decision.",
    ],
    ["override", facts(denial(), { overrides: [{ ...asked, status: "denied" }] }), null],
    ["reopen", closed({}, { reopenedAs: { id: "x", subject: "run_2" } }), "This item was reopened already."],
  ])("%s", (name, known, says) => expect(allowed(known, anybody, name).blocked).toBe(says));
});

describe("who may not is told whose it is, and by which name where it is spoken of", () => {
  const spoken = (known: ItemFacts, reader: PersonActor) =>
    viewActs(itemOffers, known, reader).flatMap((act) => (!act.allowed && act.spoken ? [act.spoken] : []));
  const informed = as("stakeholder");
  it.each<[string, ItemFacts, PersonActor, string[]]>([
    [
      "an open denial",
      facts(denial()),
      informed,
      ["Claim", "Release", "Resolve", "Ask for an override", "Advise", "Assign", "Comment", "Cancel"],
    ],
    [
      "an open drift, which asks for a finding",
      facts(drift()),
      informed,
      ["Record a finding", "Claim", "Release", "Resolve", "Advise", "Assign", "Comment", "Cancel"],
    ],
    ["a closed breach", closed(late), as("operator"), ["Sign off the breach"]],
    ["a late one of one's own", facts(denial(late)), as("product_owner"), []],
    [
      "what is lost, where that is told",
      facts(denial({ lostAt: at(1) })),
      as("security"),
      ["Claim", "Release", "Resolve", "Ask for an override", "Assign", "Cancel"],
    ],
  ])("%s", (_, known, reader, names) => expect(spoken(known, reader)).toEqual(names));

  it.each<[string, ItemFacts, string]>([
    ["resolve", closed(), "This item is closed already."],
    ["reopen", facts(denial()), "This item is open."],
    ["reopen", closed({}, { reopenedAs: { id: "b", subject: "run_b" } }), "This item was reopened already."],
    ["assign", { ...facts(denial()), colleagues: [] }, "Assign is not offered on this item as it is."],
    ["override", facts(denial()), "Override is not offered on this item as it is."],
  ])("%s, where it is not offered, says why", (name, known, says) =>
    expect(allowed(known, anybody, name).absent).toBe(says),
  );
  it("drift has nothing to override", () =>
    expect(actOf(facts(drift()), as("operator"), "override")).toMatchObject({
      allowed: false,
      because: "Only an open policy denial can be overridden.",
    }));
});

describe("what pressing does is said before it is pressed", () => {
  const consequences = (known: ItemFacts, name: string, field: string): (string | null)[] => {
    const form = formOf(known, anybody, name);
    const found = form.fields.find((one) => one.name === field);
    return [
      form.consequence,
      ...(found?.kind === "check"
        ? [found.consequence]
        : found && "options" in found
          ? found.options.map(({ consequence }) => consequence)
          : []),
    ];
  };
  it("how many records a resolution closes, and by which word of thegent's", () => {
    expect(consequences(facts(denial()), "resolve", "outcome").slice(0, 2)).toEqual([
      "Closes this item and marks 2 pending records of run_1 in thegent's escalation_queue.jsonl.",
      "Closes this item and marks 2 pending records of run_1 as “resolved” in thegent's escalation_queue.jsonl.",
    ]);
    expect(consequences(facts(denial(), { records: [record] }), "resolve", "outcome")[2]).toContain(
      "1 pending record of run_1 as “rejected”",
    );
    expect(consequences(facts(denial(), { records: [] }), "resolve", "outcome")[2]).toContain(
      "holds no pending record",
    );
    expect(consequences(facts(drift()), "resolve", "outcome")[1]).toBe("Closes this item.");
  });
  it("whom an item is given to, and whose claim ends", () => {
    expect(consequences(jons, "assign", "toId")).toEqual([
      "Whoever you choose holds the item then, and is told. The claim of Jon Berg ends.",
      "You hold the item then. The claim of Jon Berg ends.",
    ]);
    expect(consequences(mine, "assign", "toId")[1]).toBe("Jon Berg holds the item then, and is told. Your claim ends.");
  });
  it("which clock a finding stops, and that it goes to the Product Owner where an adapter change is required", () => {
    const stops = "Stops the clock “investigate”. The finding stays in the audit trail.";
    expect(consequences(facts(drift()), "report", "adapterChange")).toEqual([
      stops,
      `${stops} It goes to the Product Owner at once, at level 2, because a change of contract must be decided.`,
    ]);
    expect(consequences(facts(opened("integrity", "P2")), "report", "adapterChange")).toEqual([
      "Stops the clock “root cause”. The finding stays in the audit trail.",
    ]);
    const again = formOf(facts(drift({ adapterChange: true, finding: "A field is gone." })), anybody, "report");
    expect([again.fields.map(({ name }) => name), again.notes]).toEqual([
      ["finding"],
      ["That an adapter change is required is recorded already."],
    ]);
  });
  it("that the holder's comment keeps the claim", () => {
    expect([mine, jons].map((known) => formOf(known, anybody, "comment").consequence)).toEqual([
      "It stays in the audit trail, under your name, and keeps your claim.",
      "It stays in the audit trail, under your name.",
    ]);
  });
  it("and a claim can be taken back, but not said again", () => {
    expect([facts(denial()), mine].map((known) => allowed(known, anybody, "claim").done)).toEqual([
      "You claimed run_1.",
      null,
    ]);
    expect(allowed(facts(denial()), anybody, "claim").button?.back).toBe("release");
  });
});

it("closing late asks for the cause from the due instant on, and for ever once the breach was heard", () => {
  const after = (known: ItemFacts) =>
    ["resolve", "cancel"]
      .map((name) => formOf(known, anybody, name).fields.find((field) => field.name === "lateCause"))
      .map((field) => field?.kind === "text" && field.asked?.after);
  expect(after(facts(denial()))).toEqual(Array(2).fill(at(30).toISOString()));
  expect(after(facts(denial(late)))).toEqual(Array(2).fill("1970-01-01T00:00:00.000Z"));
});

/** One form for each act and path it fits, as somebody with every role is shown it when it is late. */
const paths: EscalationPath[] = ["policy_denial", "contract_drift"];
const forms = Object.values(escalationActs).flatMap((act) =>
  paths.flatMap((path) => {
    const item = opened(path, null, late);
    const known = facts(act.act === "reopen" ? { ...item, status: "resolved" } : item, {}, 300);
    const { form } = allowed(known, anybody, act.act);
    return act.fits(known) && form && !isHungIn(form)
      ? [{ called: `${act.act} on ${path}`, act, form, now: at(300).getTime() }]
      : [];
  }),
);
const texts = JSON.parse(fs.readFileSync("lib/testing/fixtures/mandatory-texts.json", "utf8")) as Record<
  "nothing_to_see" | "something_to_see",
  string[]
>;
/** Text that says something, of so many characters. */
const words = (length: number): string => "ab".repeat(length).slice(0, length);
const filled = (field: FieldSpec): string =>
  "options" in field ? field.options[0]!.value : field.kind === "text" ? words(field.limit.least) : "yes";

describe.each(forms)("the form of $called", ({ act, form, now }) => {
  const typed = Object.fromEntries(form.fields.map((field) => [field.name, filled(field)]));
  const server = (changed: Record<string, string>): Record<string, string> => {
    const parsed = act.schema.safeParse({ id: maya.id, version: 1, ...inputOf(form, { ...typed, ...changed }, now) });
    return parsed.success
      ? {}
      : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message]));
  };
  it("filled in, is taken", () => expect([judgeForm(form, typed, now), server({})]).toEqual([{}, {}]));
  it.each(form.fields.filter(({ kind }) => kind !== "check"))(
    "is judged as the server does, in the same sentence: $name",
    (field) => {
      const { name } = field;
      const limit = field.kind === "text" ? field.limit : { least: 2, most: 9 };
      const tried = [
        "",
        "  ",
        "gone",
        "\u0000 a character that cannot be kept",
        ...texts.nothing_to_see,
        ...texts.something_to_see,
        ...[limit.least - 1, limit.least, limit.most, limit.most + 1].map(words),
      ];
      // A cause that is not written is missing by the rule, not by what it is made of.
      const judged = tried.filter((text) => !(name === "lateCause" && text.trim() === ""));
      for (const text of judged)
        expect([text, judgeForm(form, { ...typed, [name]: text }, now)]).toEqual([text, server({ [name]: text })]);
    },
  );
  it.each(form.fields.filter(({ kind }) => kind === "text"))(
    "takes of $name exactly what its limits say, and what can be read",
    (field) => {
      const { least, most } = (field as Extract<FieldSpec, { kind: "text" }>).limit;
      const takes = (text: string) => Object.keys(server({ [field.name]: text })).length === 0;
      expect([least - 1, least, most, most + 1].filter((length) => length > 0 && takes(words(length)))).toEqual([
        ...new Set([least, most]),
      ]);
      expect(texts.nothing_to_see.filter((text) => text.trim() !== "" && takes(text))).toEqual([]);
      expect(texts.something_to_see.filter((text) => !takes(text))).toEqual([]);
    },
  );
});

const event = (action: string, after: Plain = null, before: Plain = null): AuditEvent => ({
  at: at(5).toISOString(),
  action,
  outcome: "done",
  actor: { kind: "person", id: "olga", name: "Olga" },
  role: "operator",
  letter: "R",
  subject: { kind: "escalation", id: "e1" },
  before,
  after,
  because: null,
  requestId: "r1",
  model: "om",
});
const story = {
  path: "incident" as const,
  openedByHand: true,
  blockedAt: at(0),
  openedAt: at(1),
  closedAt: null,
  closedIn: null,
  thegentWord: null,
};

describe("the story of an item tells every act", () => {
  it.each<[AuditEvent, string, string, string | null]>([
    [
      event("escalation.reopen", { opened: true, reopens: "e0", reason: "Came back" }),
      "opened",
      "Opened what was closed again, as this item",
      "Came back",
    ],
    [
      event("escalation.reopen", { reopenedAs: "e2", reason: "Came back" }),
      "reopened",
      "Opened it again, as a new item",
      "Came back",
    ],
    [event("escalation.claim", { status: "claimed", version: 2 }), "claimed", "Claimed the item", null],
    [event("escalation.assign", { toId: "omar", to: "Omar" }), "assigned", "Gave the item to Omar", null],
    [event("escalation.release"), "released", "Gave the item back to the queue", null],
    [
      event("escalation.report", { finding: "A field is gone", adapterChange: false }),
      "reported",
      "Recorded what was found out",
      "A field is gone",
    ],
    [
      event("escalation.report", { finding: "x", adapterChange: true, level: 2 }),
      "reported",
      "Recorded what was found out; an adapter change is required, which raised it to level 2",
      "x",
    ],
    [
      event("escalation.resolve", { outcome: "unblocked", note: "Done", lateCause: null }),
      "resolved",
      "Resolved the item as “unblocked”",
      "Done",
    ],
    [
      event("escalation.resolve", { outcome: "rejected", note: "No", lateCause: "Asleep" }),
      "resolved",
      "Resolved the item as “rejected”",
      "No\nLate because: Asleep",
    ],
    [event("escalation.cancel", { note: "A test", lateCause: null }), "cancelled", "Cancelled the item", "A test"],
    [event("escalation.comment", { text: "Looking\nat it" }), "commented", "Commented", "Looking\nat it"],
    [event("escalation.advise", { text: "Wait" }), "advised", "Gave advice", "Wait"],
    [
      event("escalation.add-again", { addedAgain: true }),
      "retried",
      "Asked for its record, which had vanished, to be added to thegent's queue file again",
      null,
    ],
    [event("escalation.retry", { effect: "pending" }), "retried", "Asked for it to be written to thegent again", null],
    [event("escalation.sign-off", { signedOff: true, note: "Seen" }), "signed-off", "Signed the breach off", "Seen"],
  ])("%j", (one, kind, says, text) => {
    expect(prepareTimeline({ item: story, events: [{ seq: "7", event: one }] }, wordsOfActs)[0]).toEqual({
      at: one.at,
      seq: "7",
      kind,
      says,
      text,
      actor: "Olga",
      role: "operator",
      letter: "R",
    });
  });
  it("has words of its own for each", () => {
    const said = Object.values(escalationActs).map(({ action }) => wordsOfActs[action]!({}, {}).says);
    expect(new Set(said).size).toBe(said.length);
  });
});

describe("the letters of acts", () => {
  it("are these", () =>
    expect(keysOfActs.map(({ letter, act }) => [letter, act])).toEqual([
      ["c", "claim"],
      ["r", "resolve"],
      ["o", "override"],
      ["a", "assign"],
    ]));

  it("no letter is asked for twice, by an act, a list or every page", () => {
    // "g" begins a chord; after it any letter is a place.
    const letters = [...keysOfActs.map(({ letter }) => letter), ...keysOfPages.map(([key]) => key), "g", "?"];
    expect(letters.filter((letter, index) => letters.indexOf(letter) !== index)).toEqual([]);
  });
});
