import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { markRead, setEmailKinds } from "@/lib/areas/inbox/acts/read-inbox";
import { inboxQuerySchema, type InboxEntry } from "@/lib/areas/inbox/contract";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { settle, tell } from "@/lib/testing/tell";
import { inboxCounts, readInbox, emailKinds } from "./inbox";

let mia: PersonActor;
let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 15);
});
beforeEach(async () => {
  sourceId = await makeSource();
  mia = await makePerson("operator");
});

function grantOf(person: PersonActor) {
  const decision = decide(operatingModel, "inbox.read", person);
  if (!decision.allowed) throw new Error(decision.because);
  return decision.grant;
}
const inbox = (query = {}, person = mia) => readInbox(grantOf(person), inboxQuerySchema.parse(query), minutes(60));
const counts = (person = mia, now = minutes(60)) => inboxCounts(grantOf(person), now);
const makeItems = (count: number) => Promise.all(Array.from({ length: count }, () => makeEscalation({ sourceId })));
const seen = (entries: InboxEntry[]) =>
  entries.map(({ step, items, count, unread, standing }) => ({ step, items, count, unread, standing }));
const none = { action: 0, consult: 0, informed: 0 };

describe("an inbox", () => {
  it("of who was told nothing is empty", async () => {
    expect(await inbox()).toEqual({ rows: [], next: null, now: minutes(60).toISOString() });
    expect(await counts()).toEqual({ unread: none, failing: [] });
  });

  it("says what, about which item, by which role and letter, when, and how it fared outside", async () => {
    const [id] = await makeItems(1);
    await tell(mia, sourceId, [id!], t0, { standsInFor: "tech_lead" });
    const { rows: entries } = await inbox();
    expect(entries).toEqual([
      {
        id: expect.any(String),
        kind: "action",
        step: "missed-resolve",
        role: "operator",
        letter: "R",
        standsInFor: "tech_lead",
        items: 1,
        count: 1,
        unread: true,
        standing: true,
        endedByAction: null,
        endedBy: null,
        item: {
          kind: "escalation",
          id,
          path: "policy_denial",
          subject: expect.stringMatching(/^run_/),
          reason: "Circuit open",
          owner: "ana:shop",
          status: "open",
          dueAt: minutes(30).toISOString(),
          dueClock: "resolve",
        },
        lastAt: t0.toISOString(),
        deliveries: [],
      },
    ]);
    await db().delivery.create({
      data: {
        noticeId: entries[0]!.id,
        channel: "email",
        status: "delivered",
        attempts: 2,
        createdAt: t0,
        nextTryAt: t0,
        deliveredAt: minutes(2),
      },
    });
    expect((await inbox()).rows[0]!.deliveries).toEqual([
      { channel: "email", status: "delivered", attempts: 2, lastError: null, deliveredAt: minutes(2).toISOString() },
    ]);
  });

  it("folds like notices into one, with the number of items and how often it was told; the newest stands for them", async () => {
    const items = await makeItems(4);
    await tell(mia, sourceId, items.slice(0, 3), t0);
    await tell(mia, sourceId, items.slice(0, 2), minutes(5));
    await tell(mia, sourceId, items.slice(3), minutes(9), { step: "assigned", foldKey: "assigned" });
    const { rows: entries } = await inbox();
    expect(seen(entries)).toEqual([
      { step: "assigned", items: 1, count: 1, unread: true, standing: true },
      { step: "missed-resolve", items: 3, count: 5, unread: true, standing: true },
    ]);
    expect(items.slice(0, 2)).toContain(entries[1]!.item.id);
    expect((await counts()).unread).toEqual({ ...none, action: 4 });
  });

  it("shows what waits; and, asked for all, what was settled too, apart from it and by which act", async () => {
    const items = await makeItems(3);
    await tell(mia, sourceId, items, t0);
    await settle(items.slice(0, 1), minutes(3));
    expect(seen((await inbox()).rows)).toEqual([
      { step: "missed-resolve", items: 2, count: 2, unread: true, standing: true },
    ]);
    const { rows: entries } = await inbox({ show: "all" });
    expect(seen(entries)).toHaveLength(2);
    expect(entries.find(({ standing }) => !standing)).toMatchObject({
      items: 1,
      unread: false,
      endedByAction: "escalation.escalate",
      endedBy: null,
      item: { id: items[0] },
    });
    expect((await counts()).unread.action).toBe(2);
  });

  it("can be held to one kind", async () => {
    const [one, other] = await makeItems(2);
    await tell(mia, sourceId, [one!], t0, { kind: "consult", foldKey: "c" });
    await tell(mia, sourceId, [other!], t0);
    expect((await inbox({ kind: "consult" })).rows.map(({ kind, item }) => [kind, item.id])).toEqual([
      ["consult", one],
    ]);
    expect((await counts()).unread).toEqual({ action: 1, consult: 1, informed: 0 });
  });

  it("goes on where a page ended, each entry once, however instants agree", async () => {
    const [id] = await makeItems(1);
    for (let n = 0; n < 120; n++)
      await tell(mia, sourceId, [id!], minutes(Math.floor(n / 7)), { step: `raised-${n}`, foldKey: String(n) });
    const pages: InboxEntry[][] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await inbox(after ? { after } : {});
      pages.push(page.rows);
      after = page.next;
    }
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    const all = pages.flat();
    expect(new Set(all.map(({ id: entry }) => entry)).size).toBe(120);
    expect(all.map(({ lastAt }) => lastAt)).toEqual(
      all
        .map(({ lastAt }) => lastAt)
        .sort()
        .reverse(),
    );
  });

  it.each([
    "x",
    "2026-03-01T10:00:00.000Z_x",
    "2026-99-99T10:00:00.000Z_01890000-0000-7000-8000-000000000000",
    "'; --",
  ])("starts from the top at an unusable place: %j", async (after) => {
    await tell(mia, sourceId, await makeItems(1), t0);
    expect((await inbox({ after })).rows).toHaveLength(1);
  });

  it("looks at the newest two thousand notices, and no further", async () => {
    const items = await makeItems(5);
    await tell(mia, sourceId, items.slice(0, 1), t0, { step: "assigned", foldKey: "old" });
    for (let n = 0; n < 400; n++) await tell(mia, sourceId, items, minutes(1), { step: `raised-${n}`, foldKey: "new" });
    expect(seen((await inbox()).rows)).toEqual([
      { step: expect.stringMatching(/^raised-/), items: 5, count: 2000, unread: true, standing: true },
    ]);
    expect((await counts()).unread.action).toBe(2001);
  });

  it("is about the items of the source that is looked at", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    await makeSource();
    expect((await inbox()).rows).toEqual([]);
    expect((await counts()).unread).toEqual(none);
  });

  it("is one's own", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    const ben = await makePerson("operator");
    expect((await inbox({ show: "all" }, ben)).rows).toEqual([]);
    expect((await counts(ben)).unread).toEqual(none);
  });
});

describe("reading", () => {
  it("marks an entry with everything folded into it, and nothing else; and unread again", async () => {
    const items = await makeItems(3);
    await tell(mia, sourceId, items, t0);
    await tell(mia, sourceId, items.slice(0, 1), t0, { step: "assigned", foldKey: "assigned" });
    const { id } = (await inbox()).rows.find(({ step }) => step === "missed-resolve")!;
    expect((await markRead(as(mia), { id, read: true })).unread.action).toBe(1);
    expect((await inbox()).rows.map(({ step, unread }) => [step, unread]).sort()).toEqual([
      ["assigned", true],
      ["missed-resolve", false],
    ]);
    expect((await markRead(as(mia), { id, read: false })).unread.action).toBe(4);
  });

  it("marks all", async () => {
    await tell(mia, sourceId, await makeItems(3), t0);
    expect((await markRead(as(mia), { id: null, read: true })).unread).toEqual(none);
  });

  it("is undone by being told again", async () => {
    const items = await makeItems(1);
    await tell(mia, sourceId, items, t0);
    await markRead(as(mia), { id: null, read: true });
    await tell(mia, sourceId, items, minutes(5));
    expect(seen((await inbox()).rows)).toEqual([
      { step: "missed-resolve", items: 1, count: 2, unread: true, standing: true },
    ]);
  });

  it("of a colleague's notice is refused as of one that is not there, and changes nothing", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    const ben = await makePerson("operator");
    const { id } = (await inbox()).rows[0]!;
    await expect(markRead(as(ben), { id, read: true })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such notice in your inbox.",
    });
    await markRead(as(ben), { id: null, read: true });
    expect((await counts()).unread.action).toBe(1);
  });

  it("is no event of the chain, and needs a role", async () => {
    const nobody = await makePerson();
    await expect(markRead(as(nobody), { id: null, read: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(markRead(as(null), { id: null, read: true })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await db().auditEvent.count()).toBe(0);
  });
});

it("people choose which kinds are mailed, each once", async () => {
  expect(await emailKinds(grantOf(mia))).toEqual(["action", "consult"]);
  await setEmailKinds(as(mia), { kinds: ["informed", "action", "informed"] });
  expect(await emailKinds(grantOf(mia))).toEqual(["action", "informed"]);
  await setEmailKinds(as(mia), { kinds: [] });
  expect(await emailKinds(grantOf(mia))).toEqual([]);
});

it("the chain says what people chose before and now, nothing of a choice that changed nothing, and who was refused", async () => {
  const lia = await makePerson("stakeholder");
  await setEmailKinds(as(lia), { kinds: ["informed"] });
  await setEmailKinds(as(lia), { kinds: ["informed"] });
  const nobody = await makePerson();
  await expect(setEmailKinds(as(nobody), { kinds: [] })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const events = await db().auditEvent.findMany({
    where: { action: "inbox.set-email", subjectId: { in: [lia.id, nobody.id] } },
    orderBy: { seq: "asc" },
  });
  expect(events.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
    {
      outcome: "done",
      actor: { id: lia.id },
      subject: { kind: "person", id: lia.id },
      before: { emailKinds: ["action", "consult"] },
      after: { emailKinds: ["informed"] },
    },
    { outcome: "refused", actor: { id: nobody.id }, subject: { kind: "person", id: nobody.id } },
  ]);
});

describe("ways out of the page that do not work", () => {
  it("are seen by everybody: what failed within a day, and what is still tried after three refusals", async () => {
    const items = await makeItems(1);
    const deliveries = [
      {
        channel: "email",
        status: "failed",
        attempts: 8,
        lastError: "The mail server said no.",
        createdAt: minutes(0),
        nextTryAt: minutes(1),
      },
      {
        channel: "email",
        status: "failed",
        attempts: 1,
        lastError: "The mail server said never.",
        createdAt: minutes(0),
        nextTryAt: minutes(2),
      },
      {
        channel: "email",
        status: "failed",
        attempts: 1,
        lastError: "Long ago.",
        createdAt: minutes(-24 * 60),
        nextTryAt: minutes(3),
      },
      {
        channel: "webhook",
        status: "pending",
        attempts: 3,
        lastError: "Nobody is there.",
        createdAt: minutes(0),
        nextTryAt: minutes(3),
      },
      {
        channel: "webhook",
        status: "pending",
        attempts: 2,
        lastError: "Nobody is there.",
        createdAt: minutes(0),
        nextTryAt: minutes(3),
      },
      {
        channel: "webhook",
        status: "delivered",
        attempts: 4,
        lastError: "Nobody was there.",
        createdAt: minutes(0),
        nextTryAt: minutes(3),
      },
    ] as const;
    for (const [n, delivery] of deliveries.entries()) {
      await tell(mia, sourceId, items, t0, { step: `raised-${n}` });
      const { id: noticeId } = await db().notice.findFirstOrThrow({ where: { personId: mia.id, step: `raised-${n}` } });
      await db().delivery.create({ data: { noticeId, messageId: noticeId, ...delivery } });
    }
    const ben = await makePerson("stakeholder");
    expect((await counts(ben)).failing).toEqual([
      { channel: "email", failed: 2, lastError: "The mail server said never." },
      { channel: "webhook", failed: 1, lastError: "Nobody is there." },
    ]);
  });
});
