import { afterEach, describe, expect, it } from "vitest";
import { ChannelError } from "@/lib/kernel/notice/channel";
import { at, bundleOf, hostileTexts, told } from "@/lib/testing/bundles";
import { receiveWebhooks } from "@/lib/testing/webhook-receiver";
import { verifySignature } from "./signature";
import { webhookChannel } from "./webhook";
import { payloadBytes, webhookPayload } from "./webhook-payload";

const url = "https://cockpit.example.org";
const secret = "not-to-be-seen-0123456789abcdefg";
const token = "token-in-the-path";
const sentAt = new Date("2026-02-10T09:31:00.999Z");

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

async function receiver(...answer: Parameters<typeof receiveWebhooks>) {
  const server = await receiveWebhooks(...answer);
  undo.push(() => server.close());
  return server;
}

function channelTo(origin: string, timeoutMs?: number) {
  const channel = webhookChannel({
    endpoint: `${origin}/${token}?key=${token}`,
    secret,
    url,
    clock: () => sentAt,
    timeoutMs,
  });
  undo.push(() => channel.close());
  return channel;
}

/** What goes wrong; that neither the secret nor the address shows in it is true of every failure. */
async function failure(sending: Promise<void>): Promise<{ says: string; again: boolean }> {
  const error: unknown = await sending.then(
    () => expect.fail("It was accepted."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ChannelError)) throw error;
  const all = [error.message, error.stack, JSON.stringify(error, Object.getOwnPropertyNames(error))].join("\n");
  for (const hidden of [secret, token, "answer of the receiver"]) expect(all).not.toContain(hidden);
  return { says: error.message.replace(/:\d{2,5}\b/, ":PORT"), again: error.again };
}

type Payload = {
  omitted: number;
  told: { says: string; item: { id: string; subject: string; reason: string; owner: string | null } }[];
  person: { name: string };
};
const read = (body: string) => JSON.parse(body) as Payload;

describe("a delivery", () => {
  it("is signed, dated and numbered, and says what is told", async () => {
    const server = await receiver();
    await channelTo(server.origin).send(bundleOf());
    const [{ method, path, headers, body } = expect.fail("Nothing came.")] = server.posted;
    expect([method, path, headers["content-type"]]).toEqual([
      "POST",
      `/${token}?key=${token}`,
      "application/json; charset=utf-8",
    ]);
    expect(headers["x-cockpit-delivery"]).toBe(bundleOf().id);
    expect(
      verifySignature(
        secret,
        String(headers["x-cockpit-timestamp"]),
        body,
        String(headers["x-cockpit-signature"]),
        sentAt,
      ),
    ).toBe(true);
    expect(
      verifySignature(
        secret,
        String(headers["x-cockpit-timestamp"]),
        body.replace("Maya", "Mara"),
        String(headers["x-cockpit-signature"]),
        sentAt,
      ),
    ).toBe(false);
    expect(JSON.parse(body)).toEqual({
      version: 1,
      delivery: bundleOf().id,
      at: "2026-02-10T09:30:00.000Z",
      heldSince: null,
      person: { id: "person-1", name: "Maya Okafor", email: "maya@example.com" },
      inbox: "https://cockpit.example.org/inbox",
      omitted: 0,
      told: [
        {
          noticeId: "notice-item-x",
          kind: "action",
          says: "run_x passed its SLA and is yours now.",
          at: "2026-02-10T09:30:00.000Z",
          item: {
            kind: "escalation",
            id: "item-x",
            subject: "run_x",
            reason: "policy: no network",
            owner: "team-a",
            dueAt: "2026-02-10T09:00:00.000Z",
            url: "https://cockpit.example.org/escalations/item-x",
          },
        },
      ],
    });
  });

  it("keeps its number when it is sent again", async () => {
    const server = await receiver();
    const channel = channelTo(server.origin);
    await channel.send(bundleOf());
    await channel.send({ ...bundleOf(), at: new Date(at.getTime() + 60_000) });
    expect(new Set(server.posted.map(({ headers }) => headers["x-cockpit-delivery"])).size).toBe(1);
  });

  it.each([200, 201, 202, 204])("is accepted by %i", async (status) => {
    const server = await receiver((response) => response.writeHead(status).end());
    await expect(channelTo(server.origin).send(bundleOf())).resolves.toBeUndefined();
  });
});

describe("a delivery that is not accepted", () => {
  it.each([
    [408, true],
    [425, true],
    [429, true],
    [500, true],
    [503, true],
    [400, false],
    [401, false],
    [404, false],
    [410, false],
    [413, false],
  ])("by %i: may a later one be? %s", async (status, again) => {
    const server = await receiver((response) => response.writeHead(status).end("answer of the receiver"));
    expect(await failure(channelTo(server.origin).send(bundleOf()))).toEqual({
      says: `The webhook at 127.0.0.1:PORT did not accept the notice (${status}).`,
      again,
    });
  });

  it.each([
    ["120", 120],
    ["Tue, 10 Feb 2026 09:36:01 GMT", 300],
  ])("for now, with Retry-After %j, asks that nothing comes sooner", async (retryAfter, seconds) => {
    const server = await receiver((response) => response.writeHead(429, { "retry-after": retryAfter }).end());
    const error: unknown = await channelTo(server.origin)
      .send(bundleOf())
      .catch((reason: unknown) => reason);
    // The clock of the test has 999 ms more than the date can say.
    expect((error as ChannelError).asked).toEqual({
      ms: expect.closeTo(seconds * 1000, -4) as number,
      about: "channel",
    });
  });

  it("for now, without a word of when, asks for nothing", async () => {
    const server = await receiver((response) => response.writeHead(503, { "retry-after": "later" }).end());
    const error: unknown = await channelTo(server.origin)
      .send(bundleOf())
      .catch((reason: unknown) => reason);
    expect((error as ChannelError).asked).toBeNull();
  });

  it.each([301, 302, 307, 308])("because it is sent elsewhere by %i, where it does not go", async (status) => {
    const elsewhere = await receiver();
    const server = await receiver((response) => response.writeHead(status, { location: elsewhere.origin }).end());
    expect(await failure(channelTo(server.origin).send(bundleOf()))).toEqual({
      says: `The webhook at 127.0.0.1:PORT sends the cockpit elsewhere (${status}), which is not followed.`,
      again: false,
    });
    expect(elsewhere.posted).toEqual([]);
  });

  it("because nobody answers", async () => {
    const server = await receiver(() => undefined);
    expect(await failure(channelTo(server.origin, 50).send(bundleOf()))).toEqual({
      says: "The webhook at 127.0.0.1:PORT did not answer in time.",
      again: true,
    });
  });

  it("because nobody listens", async () => {
    const server = await receiveWebhooks();
    await server.close();
    expect(await failure(channelTo(server.origin).send(bundleOf()))).toEqual({
      says: "The webhook at 127.0.0.1:PORT could not be reached (ECONNREFUSED).",
      again: true,
    });
  });

  it("because the other side hangs up", async () => {
    const server = await receiver((response) => response.destroy());
    expect(await failure(channelTo(server.origin).send(bundleOf()))).toMatchObject({ again: true });
  });

  it("because the channel was closed, also while it waits", async () => {
    const server = await receiver(() => void channel.close());
    const channel = channelTo(server.origin);
    expect(await failure(channel.send(bundleOf()))).toMatchObject({ again: true });
    expect(await failure(channel.send(bundleOf()))).toMatchObject({ again: true });
    expect(server.posted).toHaveLength(1);
  });

  it("does not wait for the end of an answer", async () => {
    const server = await receiver((response) => response.writeHead(200).write("answer of the receiver"));
    await expect(channelTo(server.origin).send(bundleOf())).resolves.toBeUndefined();
  });
});

describe("the body", () => {
  it.each(hostileTexts)("holds %s on one line, and unescaped", (_, text) => {
    const [entry] = read(
      webhookPayload(
        bundleOf([told({ says: text, item: { subject: text, reason: text, owner: text } })], { name: text }),
        url,
      ),
    ).told;
    for (const said of [entry!.says, entry!.item.subject, entry!.item.reason, entry!.item.owner]) {
      expect(said).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      expect(Array.from(said!).length).toBeLessThanOrEqual(500);
    }
    if (text.includes("<script>")) expect(entry!.says).toBe(text);
  });

  it("stays within 256 kB: the most urgent first, the rest as a count", () => {
    const long = "\u{1F980}".repeat(500);
    const many = Array.from({ length: 400 }, (_, index) =>
      told({ says: long, item: { id: `late-${index}`, reason: long, dueAt: new Date(at.getTime() - index) } }),
    );
    const body = webhookPayload(bundleOf(many), url);
    const payload = read(body);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(payloadBytes);
    expect(Buffer.byteLength(body)).toBeGreaterThan(payloadBytes - 5000);
    expect(payload.told[0]!.item.id).toBe("late-399");
    expect(payload.told.length + payload.omitted).toBe(400);
    expect(payload.omitted).toBeGreaterThan(0);
  });
});
