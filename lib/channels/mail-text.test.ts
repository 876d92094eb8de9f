import { describe, expect, it, test } from "vitest";
import { bundleOf, hostileTexts, told } from "@/lib/testing/bundles";
import { mailBody, mailSubject } from "./mail-text";

const url = "https://cockpit.example.org";
const ahead = new Date("2026-02-10T09:42:04Z");

describe("the subject says how much and what is most urgent", () => {
  test.each([
    ["Past SLA: run_x, for you to act on", [told()]],
    ["Due 2026-02-10 09:42:04 UTC: run_x, for your advice", [told({ kind: "consult", item: { dueAt: ahead } })]],
    ["run_x, for you to know", [told({ kind: "informed", item: { dueAt: null } })]],
    [
      "2 items need you; first: run_x (past SLA)",
      [told({ item: { id: "b", subject: "run_y", dueAt: ahead } }), told()],
    ],
    [
      "To be decided by 2026-02-10 09:42:04 UTC: Override for ana:shop, for you to act on",
      [told({ item: { kind: "override", due: "decision", subject: "ana:shop", dueAt: ahead } })],
    ],
    [
      "Past its deadline: Override for ana:shop, for you to act on",
      [told({ item: { kind: "override", due: "decision", subject: "ana:shop" } })],
    ],
    [
      "Ends 2026-02-10 09:42:04 UTC: Override for ana:shop, for you to know",
      [told({ kind: "informed", item: { kind: "override", due: "end", subject: "ana:shop", dueAt: ahead } })],
    ],
    [
      "1 item needs you, 1 item asks for your advice, 2 items to know about; first: run_c",
      [
        told({ kind: "informed", item: { id: "a", dueAt: null } }),
        told({ kind: "informed", item: { id: "b" } }),
        told({ item: { id: "c", subject: "run_c", dueAt: null } }),
        told({ kind: "consult", item: { id: "d" } }),
      ],
    ],
  ])("%s", (subject, notices) => expect(mailSubject(bundleOf(notices))).toBe(subject));

  test("names what cannot be seen of a name, and what turns it round, in the subject and in the text", () => {
    const notices = [told({ item: { subject: "run\u200b_x", owner: "kp:the\u202etneg" } })];
    expect(mailSubject(bundleOf(notices))).toBe("Past SLA: run⟨U+200B⟩_x, for you to act on");
    expect(mailBody(bundleOf(notices), url)).toContain("Owner: kp:the⟨U+202E⟩tneg\n");
  });

  test("says that there are more than in the mail that left before", () => {
    const more = {
      ...bundleOf([told(), told({ item: { id: "b" } }), told({ kind: "informed", item: { id: "c" } })]),
      heldSince: new Date("2026-02-10T09:25:00Z"),
    };
    expect(mailSubject(more)).toBe("2 more items need you, 1 more item to know about; first: run_x (past SLA)");
    expect(mailBody(more, url)).toMatch(
      /^2 more items need you, 1 more item to know about, as of 2026-02-10 09:30:00 UTC\. Held back since 2026-02-10 09:25:00 UTC, as another mail had just left; what is urgent never is\.\n/,
    );
  });

  test.each(hostileTexts)("with %s it stays one line of at most 150 characters", (_, subject) => {
    const said = mailSubject(bundleOf([told({ item: { subject } })]));
    expect(said).toMatch(/^Past SLA: .*, for you to act on$/u);
    expect(said).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    expect(Array.from(said).length).toBeLessThanOrEqual(150);
  });
});

describe("the text", () => {
  it("says of each item what, when, why, whose and where", () => {
    const text = mailBody(
      bundleOf([
        told(),
        told({
          kind: "consult",
          says: "Your advice is asked.",
          item: { id: "item/y", subject: "run_y", reason: "", owner: null, dueAt: ahead },
        }),
      ]),
      url,
    );
    expect(text).toBe(`1 item needs you, 1 item asks for your advice, as of 2026-02-10 09:30:00 UTC.

1. run_x, for you to act on
   What: run_x passed its SLA and is yours now.
   When: Past SLA 30m 00s, due 2026-02-10 09:00:00 UTC
   Why: policy: no network
   Owner: team-a
   Open: https://cockpit.example.org/escalations/item-x

2. run_y, for your advice
   What: Your advice is asked.
   When: 12m 04s left, due 2026-02-10 09:42:04 UTC
   Why: no reason given
   Owner: nobody
   Open: https://cockpit.example.org/escalations/item%2Fy

This was sent to Maya Okafor by the thegent cockpit.
All of your notices: https://cockpit.example.org/inbox
`);
  });

  it("says of an override what is due, and leads to its page", () => {
    const override = { kind: "override", subject: "ana:shop", owner: "ana:shop" } as const;
    const text = mailBody(
      bundleOf([
        told({ item: { ...override, id: "o1", due: "decision" } }),
        told({ item: { ...override, id: "o2", due: "end", dueAt: ahead } }),
        told({ item: { ...override, id: "o3", due: "end", dueAt: null } }),
      ]),
      url,
    );
    expect(text.match(/(?<= {3}When: ).*/g)).toEqual([
      "Past its deadline, to be decided by 2026-02-10 09:00:00 UTC",
      "12m 04s left, ends 2026-02-10 09:42:04 UTC",
      "no deadline",
    ]);
    expect(text.match(/(?<= {3}Open: ).*/g)).toEqual(["o1", "o2", "o3"].map((id) => `${url}/overrides/${id}`));
    expect(text).toContain("1. Override for ana:shop, for you to act on");
  });

  it("folds repeats about one item", () => {
    const text = mailBody(
      bundleOf(
        ["a", "a", "b", "c", "d", "e"].map((says, index) => told({ noticeId: String(index), says: `${says}.` })),
      ),
      url,
    );
    expect(text).toContain(
      "   What: a. (2 times)\n   What: b.\n   What: c.\n   And 2 earlier notices about it.\n   When:",
    );
  });

  it("lists fifty items, and counts the rest", () => {
    const text = mailBody(
      bundleOf(Array.from({ length: 1234 }, (_, index) => told({ item: { id: `item-${index}` } }))),
      url,
    );
    expect(text.match(/^ {3}Open: /gm)).toHaveLength(50);
    expect(text).toContain("1,234 items need you, as of");
    expect(text).toContain(`\n\nAnd 1,184 more: ${url}/inbox\n`);
  });

  it.each(hostileTexts)("keeps %s within the line it belongs to", (_, hostile) => {
    const notice = told({ says: hostile, item: { subject: hostile, reason: hostile, owner: hostile } });
    const lines = mailBody(bundleOf([notice], { name: hostile }), url).split("\n");
    expect(lines).toHaveLength(12);
    for (const line of lines.filter(Boolean))
      expect(line).toMatch(
        /^(1 item needs you, as of |1\. | {3}(What|When|Why|Owner|Open): |This was sent to |All of your notices: )/u,
      );
    expect(lines.join("").length).toBeLessThan(2000);
  });
});
