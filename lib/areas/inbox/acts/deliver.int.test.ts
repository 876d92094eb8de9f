import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { inboxCounts } from "@/lib/areas/inbox/read/inbox";
import { emailChannel } from "@/lib/channels/email";
import { webhookChannel } from "@/lib/channels/webhook";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { Channel } from "@/lib/kernel/notice/channel";
import { systemClock } from "@/lib/kernel/time";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { freshDatabase } from "@/lib/testing/database";
import { readMail, receiveMail, type MailReceiver } from "@/lib/testing/mail-receiver";
import { makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { settle, tell } from "@/lib/testing/tell";
import { receiveWebhooks, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { deliverNotices } from "./deliver";

const url = "https://cockpit.example.org";
const secret = "x".repeat(32);
const from = { name: "Cockpit", address: "cockpit@example.org" };

let databaseUrl: string;
let mia: PersonActor;
let sourceId: string;
let mail: MailReceiver;
let hooks: WebhookReceiver;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  // That there are channels is decided when a notice is told; where they lead, by each test.
  vi.stubEnv("COCKPIT_SMTP_URL", "smtp://127.0.0.1:1");
  vi.stubEnv("COCKPIT_MAIL_FROM", from.address);
  vi.stubEnv("COCKPIT_WEBHOOK_URL", "http://127.0.0.1:1/");
  vi.stubEnv("COCKPIT_WEBHOOK_SECRET", secret);
  databaseUrl = await freshDatabase();
  await useDatabase(databaseUrl, 15);
});
beforeEach(async () => {
  await db().channelPause.deleteMany();
  sourceId = await makeSource();
  mia = await makePerson("operator");
  mail = await receiveMail();
  hooks = await receiveWebhooks();
  undo.push(
    () => mail.close(),
    () => hooks.close(),
  );
});
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

function opened<C extends Channel>(channel: C): C {
  undo.push(() => channel.close());
  return channel;
}
const byMail = (port = mail.port) => opened(emailChannel({ smtpUrl: `smtp://127.0.0.1:${port}`, from, url }));
const byHook = (endpoint = hooks.origin) =>
  opened(webhookChannel({ endpoint, secret, url, clock: systemClock, timeoutMs: 1000 }));
const deliver = (channel: Channel, now = t0) => deliverNotices({ sourceId, channel, now: () => now });
const makeItems = (count: number) => Promise.all(Array.from({ length: count }, () => makeEscalation({ sourceId })));
const deliveries = (channel: "email" | "webhook", person = mia) =>
  db().delivery.findMany({
    where: { channel, notice: { personId: person.id } },
    select: { status: true, attempts: true, lastError: true, nextTryAt: true, deliveredAt: true },
  });
const messageIds = () => mail.mails.map(({ raw }) => readMail(raw).header("message-id"));
const after = (seconds: number) => new Date(t0.getTime() + seconds * 1000);

async function failing() {
  const right = decide(operatingModel, "inbox.read", await makePerson("stakeholder"));
  return right.allowed ? (await inboxCounts(right.grant, minutes(1))).failing : [];
}

describe("what a person is told", () => {
  it("arrives once by mail and once at the webhook, as one message, and is noted as delivered", async () => {
    await tell(mia, sourceId, await makeItems(3), t0);
    expect(await deliver(byMail())).toBeNull();
    expect(await deliver(byHook())).toBeNull();
    await deliver(byMail());
    await deliver(byHook());
    expect(mail.mails).toMatchObject([{ to: [`${mia.id}@example.com`] }]);
    const { header, text } = readMail(mail.mails[0]!.raw);
    expect(header("subject")).toMatch(/^3 items need you; first: run_/);
    expect(text).toContain("What: Past its SLA, the clock “resolve” ran out: you are asked to act as Operator (R).");
    expect(hooks.posted.map(({ body }) => (JSON.parse(body) as { told: unknown[] }).told.length)).toEqual([3]);
    for (const channel of ["email", "webhook"] as const) {
      const done = { status: "delivered", attempts: 1, lastError: null, deliveredAt: t0 };
      expect(await deliveries(channel)).toMatchObject([done, done, done]);
    }
  });

  it("is mailed only where the person wants mail of that kind; the webhook gets all", async () => {
    const [one, two] = await makeItems(2);
    await tell(mia, sourceId, [one!], t0, { kind: "informed", letter: "I" });
    await tell(mia, sourceId, [two!], t0);
    expect([(await deliveries("email")).length, (await deliveries("webhook")).length]).toEqual([1, 2]);
  });

  it("is a message to that person alone", async () => {
    const ben = await makePerson("operator");
    const items = await makeItems(2);
    await tell(mia, sourceId, items, t0);
    await tell(ben, sourceId, items, t0);
    await deliver(byMail());
    expect(mail.mails.map(({ to }) => to).sort()).toEqual(
      [[`${mia.id}@example.com`], [`${ben.id}@example.com`]].sort(),
    );
  });

  it("once more is another message, which says how often", async () => {
    const items = await makeItems(1);
    await tell(mia, sourceId, items, t0);
    await deliver(byMail());
    await tell(mia, sourceId, items, minutes(5));
    await deliver(byMail(), minutes(5));
    expect(new Set(messageIds()).size).toBe(2);
  });

  it("of another source is another worker's to send", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    expect(await deliverNotices({ sourceId: await makeSource(), channel: byMail(), now: () => t0 })).toBeNull();
    expect(mail.mails).toEqual([]);
  });

  it("is sent once by many workers at once, each person's notices as one message", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => makePerson("operator")));
    const items = await makeItems(5);
    for (const person of people) await tell(person, sourceId, items, t0);
    await Promise.all([deliver(byMail()), deliver(byMail()), deliver(byMail())]);
    expect(mail.mails).toHaveLength(20);
    expect(new Set(mail.mails.map(({ to }) => to[0])).size).toBe(20);
    for (const { raw } of mail.mails) expect(readMail(raw).header("subject")).toMatch(/^5 items need you/);
  });
});

describe("a storm", () => {
  /** One denial a second, each told to all of them, and the sender awake all the time. */
  async function storm(people: readonly PersonActor[], count: number, channel: Channel): Promise<string[]> {
    const items = await makeItems(count);
    for (const [second, item] of items.entries()) {
      for (const person of people) await tell(person, sourceId, [item], after(second), { step: "opened" });
      await deliver(channel, after(second));
    }
    return items;
  }
  const subjects = (person: PersonActor) =>
    mail.mails
      .filter(({ to }) => to[0] === `${person.id}@example.com`)
      .map(({ raw }) => readMail(raw).header("subject"));

  it("of 40 denials is two mails to each of three people: the first at once, then one that says how many more", async () => {
    const people = [mia, await makePerson("operator"), await makePerson("product_owner")];
    const channel = byMail();
    await storm(people, 40, channel);
    expect(mail.mails).toHaveLength(3);
    expect(await deliver(channel, after(299))).toEqual(minutes(5));
    expect(mail.mails).toHaveLength(3);
    expect(await deliver(channel, minutes(5))).toBeNull();
    for (const person of people) {
      expect(subjects(person)).toEqual([
        expect.stringMatching(/^Due .*: run_.*, for you to act on$/),
        expect.stringMatching(/^39 more items need you; first: run_/),
      ]);
    }
    expect(readMail(mail.mails.at(-1)!.raw).text).toMatch(
      /^39 more items need you, as of 2026-03-01 10:05:00 UTC\. Held back since 2026-03-01 10:00:01 UTC/,
    );
    expect((await deliveries("email")).filter(({ status }) => status !== "delivered")).toEqual([]);
  });

  it("does not hold back what is urgent, nor does that open a window for the rest", async () => {
    const channel = byMail();
    const [late, ...items] = await makeItems(3);
    await tell(mia, sourceId, [late!], t0, { step: "breach", urgent: true });
    await deliver(channel, t0);
    await tell(mia, sourceId, [items[0]!], after(1), { step: "opened" });
    await deliver(channel, after(1));
    expect(mail.mails).toHaveLength(2);
    await tell(mia, sourceId, [items[1]!], after(2), { step: "opened" });
    await tell(mia, sourceId, [late!], after(2), { step: "breach", urgent: true });
    expect(await deliver(channel, after(2))).toEqual(after(301));
    expect(subjects(mia)).toHaveLength(3);
    await deliver(channel, after(301));
    expect(subjects(mia)).toHaveLength(4);
  });

  it("does not hold back what is due before the window ends", async () => {
    const channel = byMail();
    await storm([mia], 2, channel);
    const soon = await makeEscalation({ sourceId, dueAt: minutes(4) });
    await tell(mia, sourceId, [soon], after(3), { step: "opened" });
    await deliver(channel, after(3));
    expect(subjects(mia)).toHaveLength(2);
  });

  it("is held back for each channel on its own, and what was settled meanwhile is not told", async () => {
    const items = await storm([mia], 3, byMail());
    await deliver(byHook(), after(3));
    expect(hooks.posted.map(({ body }) => (JSON.parse(body) as { told: unknown[] }).told.length)).toEqual([3]);
    await settle(items, after(4));
    expect(await deliver(byMail(), minutes(5))).toBeNull();
    expect(mail.mails).toHaveLength(1);
  });

  it("that a worker is killed in is neither lost nor told under two names", async () => {
    const channel = byMail();
    await storm([mia], 3, channel);
    // Sends what was held back, and is never heard of again; of that message one item is settled before the next worker comes.
    void deliver(
      { ...channel, send: (bundle) => channel.send(bundle).then(() => new Promise(() => undefined)) },
      minutes(5),
    );
    await vi.waitFor(() => expect(mail.mails).toHaveLength(2), { timeout: 10_000 });
    const [held] = await db().delivery.findMany({
      where: { channel: "email", status: "pending", notice: { personId: mia.id } },
      select: { notice: { select: { subjectId: true } } },
    });
    await settle([held!.notice.subjectId], minutes(6));
    await deliver(channel, minutes(8));
    expect(mail.mails).toHaveLength(3);
    expect(messageIds()[2]).toBe(messageIds()[1]);
  });

  it("is one conversation an item", async () => {
    const channel = byMail();
    const [one, two] = await makeItems(2);
    await tell(mia, sourceId, [one!], t0, { step: "opened" });
    await deliver(channel, t0);
    await tell(mia, sourceId, [one!], minutes(30), { step: "breach", urgent: true });
    await deliver(channel, minutes(30));
    await tell(mia, sourceId, [two!], minutes(40), { step: "opened" });
    await deliver(channel, minutes(40));
    const mails = mail.mails.map(({ raw }) => readMail(raw));
    const [first, second, third] = mails.map(({ header }) => header("references"));
    expect(first).toMatch(/^<.+@example\.org>$/);
    expect([second, third === first]).toEqual([first, false]);
    expect(mails.map(({ header }) => header("in-reply-to"))).toEqual([first, first, third]);
    expect(new Set(messageIds()).size).toBe(3);
  });
});

describe("what nobody is to be told any more", () => {
  it("because an act settled it before it was sent never leaves", async () => {
    const items = await makeItems(2);
    await tell(mia, sourceId, items, t0);
    await settle(items.slice(0, 1), t0);
    await deliver(byMail());
    expect(readMail(mail.mails[0]!.raw).header("subject")).not.toMatch(/^2 items/);
    expect((await deliveries("email")).map(({ status }) => status).sort()).toEqual(["delivered", "dropped"]);
  });

  it("because it was settled between two tries never leaves", async () => {
    const items = await makeItems(1);
    await tell(mia, sourceId, items, t0);
    await deliver(byMail(1));
    await settle(items, after(5));
    expect(await deliver(byMail(), minutes(10))).toBeNull();
    expect(mail.mails).toEqual([]);
    expect(await deliveries("email")).toMatchObject([{ status: "dropped" }]);
  });

  it("because they may not sign in any more never leaves", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    await db().person.update({ where: { id: mia.id }, data: { disabledAt: t0 } });
    await deliver(byMail());
    expect(mail.mails).toEqual([]);
    expect(await deliveries("email")).toMatchObject([{ status: "dropped", attempts: 0 }]);
  });

  it("but was settled while it was under way counts as told, because it was", async () => {
    const items = await makeItems(1);
    await tell(mia, sourceId, items, t0);
    const slow = await receiveWebhooks((response) => void settle(items, t0).then(() => response.writeHead(204).end()));
    undo.push(() => slow.close());
    await deliver(byHook(slow.origin));
    expect(await deliveries("webhook")).toMatchObject([{ status: "delivered" }]);
  });
});

describe("a receiver that does not take it", () => {
  it("for now is tried again: seen as waiting with the reason, and delivered once the server is back", async () => {
    await tell(mia, sourceId, await makeItems(2), t0);
    const { port } = mail;
    await mail.close();
    expect(await deliver(byMail(port))).toEqual(after(15));
    const waiting = {
      status: "pending",
      attempts: 1,
      lastError: `The cockpit could not talk to the mail server 127.0.0.1:${port} (ECONNREFUSED).`,
      nextTryAt: after(15),
    };
    expect(await deliveries("email")).toMatchObject([waiting, waiting]);
    expect(await deliver(byMail(port), after(14))).toEqual(after(15));
    const back = await receiveMail();
    undo.push(() => back.close());
    expect(await deliver(byMail(back.port), after(15))).toBeNull();
    expect(back.mails).toHaveLength(1);
    expect(await deliveries("email")).toMatchObject([
      { status: "delivered", attempts: 2, lastError: null },
      { status: "delivered" },
    ]);
  });

  it("for good has failed, and everybody sees so", async () => {
    const strict = await receiveMail({
      onRcptTo: (_, __, next) => next(Object.assign(new Error("no such user"), { responseCode: 550 })),
    });
    undo.push(() => strict.close());
    await tell(mia, sourceId, await makeItems(1), t0);
    expect(await deliver(byMail(strict.port))).toBeNull();
    const lastError = `The mail server 127.0.0.1:${strict.port} refused the address ${mia.id}@example.com (550).`;
    expect(await deliveries("email")).toMatchObject([{ status: "failed", attempts: 1, lastError }]);
    expect(await failing()).toEqual([{ channel: "email", failed: 1, lastError }]);
    await db().delivery.deleteMany();
  });

  it("eight times has failed", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    const tries: (Date | null)[] = [];
    for (let at: Date | null = t0; at; tries.push(at)) at = await deliver(byMail(1), at);
    expect(tries).toHaveLength(8);
    expect(await deliveries("email")).toMatchObject([{ status: "failed", attempts: 8 }]);
    await db().delivery.deleteMany();
  });

  it("gets the same message again; what was told meanwhile is a message of its own", async () => {
    const moody = await receiveWebhooks((response) => response.writeHead(moody.posted.length > 1 ? 204 : 503).end());
    undo.push(() => moody.close());
    const [one, two, three] = await makeItems(3);
    await tell(mia, sourceId, [one!, two!], t0);
    await deliver(byHook(moody.origin));
    await tell(mia, sourceId, [three!], after(10));
    await deliver(byHook(moody.origin), after(15));
    await deliver(byHook(moody.origin), minutes(5));
    const sent = moody.posted.map(({ headers, body }) => ({
      delivery: headers["x-cockpit-delivery"],
      told: (JSON.parse(body) as { told: unknown[] }).told.length,
    }));
    expect(sent.map(({ told }) => told).sort()).toEqual([1, 2, 2]);
    const [first, ...rest] = sent;
    expect(rest.find(({ told }) => told === 2)).toEqual(first);
  });

  it("and says when to come again is left alone until then, by everybody's notices", async () => {
    const busy = await receiveWebhooks((response) =>
      busy.posted.length > 1 ? response.writeHead(204).end() : response.writeHead(429, { "retry-after": "600" }).end(),
    );
    undo.push(() => busy.close());
    const ben = await makePerson("operator");
    const [item] = await makeItems(1);
    await tell(mia, sourceId, [item!], t0);
    expect(await deliver(byHook(busy.origin))).toEqual(minutes(10));
    await tell(ben, sourceId, [item!], minutes(1));
    expect(await deliver(byHook(busy.origin), after(599))).toEqual(minutes(10));
    expect(busy.posted).toHaveLength(1);
    expect(await deliver(byHook(busy.origin), minutes(10))).toBeNull();
    expect(busy.posted).toHaveLength(3);
    expect(await deliveries("webhook", ben)).toMatchObject([{ status: "delivered", attempts: 1 }]);
  });

  it("because it keeps strangers waiting gets the mail again when it lets them in", async () => {
    let known = false;
    const greylisting = await receiveMail({
      onRcptTo: (_, __, next) => (known ? next() : next(Object.assign(new Error("greylisted"), { responseCode: 450 }))),
    });
    undo.push(() => greylisting.close());
    await tell(mia, sourceId, await makeItems(1), t0);
    expect(await deliver(byMail(greylisting.port))).toEqual(minutes(5));
    known = true;
    expect(await deliver(byMail(greylisting.port), minutes(5))).toBeNull();
    expect(greylisting.mails).toHaveLength(1);
  });

  it("for one person, and does not say so either, holds up nobody else", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => makePerson("operator")));
    const items = await makeItems(1);
    for (const person of people) await tell(person, sourceId, items, t0);
    const stuck = people[0]!.id;
    let free: () => void = () => undefined;
    undo.push(() => free());
    const hook = byHook();
    const stalling: Channel = {
      ...hook,
      send: (bundle) => (bundle.person.id === stuck ? new Promise((resolve) => (free = resolve)) : hook.send(bundle)),
    };
    const sending = deliver(stalling);
    await vi.waitFor(() => expect(hooks.posted).toHaveLength(5), { timeout: 10_000 });
    free();
    await sending;
  });
});

describe("a worker that is killed", () => {
  const lease = 121;

  it("while the receiver answers leaves the message to the next one, which sends the same again", async () => {
    await tell(mia, sourceId, await makeItems(2), t0);
    const script = ["--conditions=react-server", "--import", "tsx", "lib/testing/send-notices.ts"];
    let kill: () => void = () => undefined;
    // The first one arrives, but its sender never hears so.
    const deadly = await receiveWebhooks((response) =>
      deadly.posted.length > 1 ? void response.writeHead(204).end() : kill(),
    );
    undo.push(() => deadly.close());
    const child = spawn(process.execPath, [...script, sourceId, deadly.origin, secret], {
      env: { ...process.env, DATABASE_URL: databaseUrl, COCKPIT_LOG_LEVEL: "fatal" },
      stdio: "inherit",
    });
    kill = () => child.kill("SIGKILL");
    await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");

    const now = systemClock();
    expect(await deliver(byHook(deadly.origin), now)).toBeInstanceOf(Date);
    expect(deadly.posted).toHaveLength(1);
    await deliver(byHook(deadly.origin), new Date(now.getTime() + lease * 1000));
    const [first, second] = deadly.posted.map(({ headers }) => headers["x-cockpit-delivery"]);
    expect(deadly.posted).toHaveLength(2);
    expect(second).toBe(first);
    expect(await deliveries("webhook")).toMatchObject([{ status: "delivered", attempts: 2 }, { status: "delivered" }]);
  });

  it("after the mail was accepted and before it is noted leads to the same Message-ID", async () => {
    await tell(mia, sourceId, await makeItems(1), t0);
    const channel = byMail();
    // Such a worker sends, and is never heard of again.
    void deliver({ ...channel, send: (bundle) => channel.send(bundle).then(() => new Promise(() => undefined)) });
    await vi.waitFor(() => expect(mail.mails).toHaveLength(1), { timeout: 10_000 });
    await deliver(channel, after(lease - 2));
    expect(mail.mails).toHaveLength(1);
    await deliver(channel, after(lease));
    const [first, second] = messageIds();
    expect(mail.mails).toHaveLength(2);
    expect(second).toBe(first);
  });
});
