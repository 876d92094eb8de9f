import { describe, expect, test } from "vitest";
import type { InboxEntry } from "@/lib/areas/inbox/contract";
import { sayDelivery, sayEmpty, sayFailing, sayFold, saySettled, totalUnread, withRead } from "./prepare";

const at = "2026-02-10T12:03:00.000Z";

test.each([
  [{ items: 1, count: 1 }, null],
  [{ items: 1, count: 2 }, "told twice"],
  [{ items: 12, count: 12 }, "12 items"],
  [{ items: 12, count: 14 }, "12 items, told 14 times"],
])("repeats fold with a count: %o", (entry, says) => expect(sayFold(entry)).toBe(says));

test.each([
  [{ standing: true, endedByAction: null, endedBy: null }, null],
  [
    { standing: false, endedByAction: "escalation.claim", endedBy: "Olga Operator" },
    "Settled: Olga Operator took the item",
  ],
  [
    { standing: false, endedByAction: "escalation.sign-off", endedBy: "Paula Owner" },
    "Settled: Paula Owner signed the breach off",
  ],
  [
    { standing: false, endedByAction: "override.decide", endedBy: "thegent O’Neil" },
    "Settled: thegent O’Neil decided on the override",
  ],
  [{ standing: false, endedByAction: "escalation.sync", endedBy: null }, "Settled: thegent closed the item"],
  [{ standing: false, endedByAction: "override.pass-time", endedBy: null }, "Settled: it reached its end"],
  [{ standing: false, endedByAction: null, endedBy: null }, "Settled: it waits for nobody any more"],
])("what settled it is said: %o", (entry, says) => expect(saySettled(entry)).toBe(says));

describe("how it fared outside the page", () => {
  const way = { channel: "email", attempts: 0, lastError: null, deliveredAt: null } as const;
  test.each([
    [{ ...way, status: "delivered", deliveredAt: at }, "sent by e-mail", at],
    [
      { ...way, status: "failed", attempts: 9, lastError: "The server refused." },
      "e-mail failed: The server refused.",
      null,
    ],
    [{ ...way, status: "pending" }, "e-mail on its way", null],
    [
      { ...way, status: "pending", attempts: 1, lastError: "No route." },
      "e-mail not sent yet, tried once: No route.",
      null,
    ],
    [{ ...way, status: "dropped" }, "e-mail not sent: it was settled first", null],
    [{ ...way, channel: "webhook", status: "delivered", deliveredAt: at }, "sent by webhook", at],
  ] as const)("%o", (delivery, says, instant) => expect(sayDelivery(delivery)).toMatchObject({ says, at: instant }));

  test("a way that fails is said in a sentence", () => {
    expect(sayFailing({ channel: "email", failed: 3, lastError: "The server refused." })).toBe(
      "E-mail does not get through: 3 notices could not be sent. The server refused.",
    );
  });
});

test("unread ones are counted over all kinds", () =>
  expect(totalUnread({ unread: { action: 2, consult: 0, informed: 5 } })).toBe(7));

test("marking reads one entry or all, and leaves what is settled", () => {
  const entry = (id: string, standing: boolean) => ({ id, standing, unread: standing }) as InboxEntry;
  const known = {
    pages: [{ rows: [entry("a", true), entry("b", true), entry("c", false)], next: null, now: at }],
    pageParams: [null],
  };
  const unread = (pages: ReturnType<typeof withRead>) =>
    pages!.pages[0]!.rows.filter((each) => each.unread).map(({ id }) => id);
  expect(unread(withRead(known, "a", true))).toEqual(["b"]);
  expect(unread(withRead(known, null, true))).toEqual([]);
  expect(unread(withRead(withRead(known, null, true), "c", false))).toEqual([]);
  expect(withRead(undefined, "a", true)).toBeUndefined();
});

test("an empty inbox says what that means", () => {
  expect(sayEmpty("standing", undefined)).toBe("You have no open notices.");
  expect(sayEmpty("standing", "consult")).toBe("Nobody asks for your advice.");
  expect(sayEmpty("all", undefined)).toBe("You have had no notices yet.");
});
