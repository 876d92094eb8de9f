import net, { type AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { SMTPServerOptions } from "smtp-server";
import { ChannelError } from "@/lib/kernel/notice/channel";
import { at, bundleOf, hostileTexts, told } from "@/lib/testing/bundles";
import { readMail, receiveMail } from "@/lib/testing/mail-receiver";
import { selfSigned } from "@/lib/testing/self-signed";
import { emailChannel, type EmailOptions } from "./email";

const from = { name: "Cockpit", address: "cockpit@example.org" };
const url = "https://cockpit.example.org";
const password = "p:/w@%secret";
const account = `${encodeURIComponent("ops@example.org")}:${encodeURIComponent(password)}`;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});

function channelTo(smtpUrl: string, options: Partial<EmailOptions> = {}) {
  const channel = emailChannel({ smtpUrl, from, url, ...options });
  undo.push(() => channel.close());
  return channel;
}

async function receiver(options?: SMTPServerOptions) {
  const server = await receiveMail(options);
  undo.push(() => server.close());
  return server;
}

/** A server of raw bytes; `talk` is given each connection. */
async function rawServer(talk: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undo.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** What goes wrong; that nothing of the account shows in it is true of every failure. */
async function failure(
  sending: Promise<void>,
): Promise<{ says: string; again: boolean; asked?: ChannelError["asked"] }> {
  const error: unknown = await sending.then(
    () => expect.fail("It was accepted."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ChannelError)) throw error;
  const all = [error.message, error.stack, JSON.stringify(error, Object.getOwnPropertyNames(error))].join("\n");
  for (const secret of [
    password,
    encodeURIComponent(password),
    Buffer.from(`\0ops@example.org\0${password}`).toString("base64"),
  ])
    expect(all).not.toContain(secret);
  expect(error.message).toMatch(/^[A-Z][^\n]*\.$/);
  return {
    says: error.message.replace(/:\d{4,5}\b/, ":PORT"),
    again: error.again,
    ...(error.again && error.asked && { asked: error.asked }),
  };
}

const refusing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
const bundle = bundleOf();

describe("a mail that arrives", () => {
  it("says who it is from and for, what is urgent, and that a machine wrote it", async () => {
    const server = await receiver();
    await channelTo(`smtp://127.0.0.1:${server.port}`).send(bundle);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: "cockpit@example.org", to: ["maya@example.com"], secure: false });
    const { header, text } = readMail(mail!.raw);
    expect(header("from")).toBe("Cockpit <cockpit@example.org>");
    expect(header("to")).toBe("Maya Okafor <maya@example.com>");
    expect(header("subject")).toBe("Past SLA: run_x, for you to act on");
    expect(header("auto-submitted")).toBe("auto-generated");
    expect(header("message-id")).toBe(`<${bundle.id}@example.org>`);
    expect(header("content-type")).toMatch(/^text\/plain; charset=utf-8/);
    expect(text).toContain(
      "   When: Past SLA 30m 00s, due 2026-02-10 09:00:00 UTC\n   Why: policy: no network\n   Owner: team-a\n   Open: https://cockpit.example.org/escalations/item-x\n",
    );
  });

  it("keeps names and subjects of any script, and lines of any length", async () => {
    const server = await receiver();
    const reason = "日本語の理由 ".repeat(40).trim();
    await channelTo(`smtp://127.0.0.1:${server.port}`).send(
      bundleOf([told({ item: { subject: "Zoë’s run 日本", reason } })], { name: "Žofie 日本" }),
    );
    const { header, text } = readMail(server.mails[0]!.raw);
    expect(header("subject")).toBe("Past SLA: Zoë’s run 日本, for you to act on");
    expect(header("to")).toBe("Žofie 日本 <maya@example.com>");
    expect(text).toContain(`   Why: ${reason}\n`);
  });

  it("about one item answers the mail that all about it answer; about several it answers none", async () => {
    const server = await receiver();
    const channel = channelTo(`smtp://127.0.0.1:${server.port}`);
    const [one, again, other] = [
      told(),
      told({ noticeId: "notice-2", says: "It missed its SLA." }),
      told({ item: { kind: "override", id: "item-x" } }),
    ];
    const bundles = [[one], [again], [one, again], [other], [one, told({ item: { id: "item-y" } })]].map((notices) =>
      bundleOf(notices),
    );
    for (const each of bundles) await channel.send(each);
    const mails = server.mails.map(({ raw }) => readMail(raw));
    const thread = "<escalation.item-x@example.org>";
    expect(mails.map(({ header }) => header("references"))).toEqual([
      thread,
      thread,
      thread,
      "<override.item-x@example.org>",
      undefined,
    ]);
    expect(mails.map(({ header }) => header("in-reply-to"))).toEqual(mails.map(({ header }) => header("references")));
  });

  it("has the same Message-ID when it is sent again, over the same connection", async () => {
    const connections: string[] = [];
    const server = await receiver({ onConnect: (session, next) => void (connections.push(session.id), next()) });
    const channel = channelTo(`smtp://127.0.0.1:${server.port}`);
    await channel.send(bundle);
    await channel.send({ ...bundle, at: new Date(at.getTime() + 60_000) });
    const [first, second] = server.mails.map(({ raw }) => readMail(raw).header("message-id"));
    expect(second).toBe(first);
    expect(connections).toHaveLength(1);
  });

  it.each(hostileTexts)("gets no header and no receiver from %s", async (_, hostile) => {
    const server = await receiver();
    const channel = channelTo(`smtp://127.0.0.1:${server.port}`);
    await channel.send(bundle);
    await channel.send(
      bundleOf([told({ says: hostile, item: { subject: hostile, reason: hostile, owner: hostile } })], {
        name: hostile,
      }),
    );
    const [plain, attacked] = server.mails.map(({ raw }) => readMail(raw));
    const names = (mail: typeof plain) => mail!.headers.map(([name]) => name).sort();
    expect(names(attacked)).toEqual(names(plain));
    expect(server.mails[1]!.to).toEqual(["maya@example.com"]);
    expect(attacked!.header("to")).toMatch(/<maya@example\.com>$/);
    expect(attacked!.text.split("\n")).toHaveLength(plain!.text.split("\n").length);
  });
});

describe("a mail that does not", () => {
  const cases: [string, SMTPServerOptions, string, boolean][] = [
    [
      "an address refused for good",
      { onRcptTo: (_, __, next) => next(refusing(550, "5.1.1 no such user")) },
      "The mail server 127.0.0.1:PORT refused the address maya@example.com (550 5.1.1).",
      false,
    ],
    [
      "an address refused for now",
      { onRcptTo: (_, __, next) => next(refusing(450, "4.2.0 greylisted")) },
      "The mail server 127.0.0.1:PORT refused the address maya@example.com (450 4.2.0).",
      true,
    ],
    [
      "a full house",
      { onConnect: (_, next) => next(refusing(421, "too many connections")) },
      "The mail server 127.0.0.1:PORT takes no mail from the cockpit (421).",
      true,
    ],
    [
      "a sender that may not",
      { onMailFrom: (_, __, next) => next(refusing(553, "not your address")) },
      "The mail server 127.0.0.1:PORT takes no mail from the cockpit (553).",
      true,
    ],
    [
      "a text refused for good",
      { onData: (stream, _, next) => void stream.resume().on("end", () => next(refusing(554, "spam"))) },
      "The mail server 127.0.0.1:PORT refused the mail to maya@example.com (554).",
      false,
    ],
    [
      "a disk that is full",
      { onData: (stream, _, next) => void stream.resume().on("end", () => next(refusing(452, "no space"))) },
      "The mail server 127.0.0.1:PORT refused the mail to maya@example.com (452).",
      true,
    ],
  ];
  it.each(cases)("%s", async (_, options, says, again) => {
    const server = await receiver(options);
    // Of what a server refuses for now about this mail, it wants to see nothing again for some minutes.
    const asked = again && says.includes("refused") ? { asked: { ms: 300_000, about: "message" } } : {};
    expect(await failure(channelTo(`smtp://127.0.0.1:${server.port}`).send(bundle))).toEqual({ says, again, ...asked });
    expect(server.mails).toEqual([]);
  });

  it("a port where nobody listens", async () => {
    const server = await receiveMail();
    await server.close();
    expect(await failure(channelTo(`smtp://${account}@127.0.0.1:${server.port}`).send(bundle))).toEqual({
      says: "The cockpit could not talk to the mail server 127.0.0.1:PORT (ECONNREFUSED).",
      again: true,
    });
  });

  it("a server that never greets", async () => {
    const port = await rawServer(() => undefined);
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`, { timeoutMs: 50 }).send(bundle))).toEqual({
      says: "The mail server 127.0.0.1:PORT did not answer in time.",
      again: true,
    });
  });

  it("a server that greets without end", async () => {
    const port = await rawServer((socket) => {
      const timer = setInterval(() => socket.write("220-wait\r\n"), 10);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`, { timeoutMs: 50 }).send(bundle))).toEqual({
      says: "The mail server 127.0.0.1:PORT did not answer in time.",
      again: true,
    });
  });

  it("a server that hangs up in the middle, and is asked once", async () => {
    let connections = 0;
    const port = await rawServer((socket) => {
      connections += 1;
      socket.write("220 hello\r\n");
      socket.once("data", () => socket.destroy());
    });
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send(bundle))).toEqual({
      says: "The cockpit could not talk to the mail server 127.0.0.1:PORT (ECONNECTION).",
      again: true,
    });
    expect(connections).toBe(1);
  });

  it.each([
    "",
    "nobody",
    "a@b.example, thief@example.net",
    "a@b.example>\r\nRCPT TO:<thief@example.net",
    "<a@b.example>",
    "a b@c.example",
  ])("an address like %j, which is not even tried", async (email) => {
    const sent = failure(channelTo("smtp://127.0.0.1:1").send({ ...bundle, person: { ...bundle.person, email } }));
    expect(await sent).toEqual({
      says: "The e-mail address of Maya Okafor is not one that mail can be sent to.",
      again: false,
    });
  });

  it("anything after the channel was closed", async () => {
    const server = await receiver();
    const channel = channelTo(`smtp://127.0.0.1:${server.port}`);
    await channel.close();
    expect(await failure(channel.send(bundle))).toEqual({
      says: "The cockpit could not talk to the mail server 127.0.0.1:PORT (ECONNECTION).",
      again: true,
    });
  });
});

describe("a server with accounts and TLS", () => {
  const accounts: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password: given }, _, done) =>
      username === "ops@example.org" && given === password
        ? done(null, { user: username })
        : done(new Error(`no ${given}`)),
  };

  it("is told user and password, with whatever characters they have", async () => {
    const server = await receiver(accounts);
    await channelTo(`smtp://${account}@127.0.0.1:${server.port}`).send(bundle);
    expect(server.mails).toMatchObject([{ user: "ops@example.org" }]);
  });

  it("may refuse them, which is for the operator to correct", async () => {
    const server = await receiver({
      ...accounts,
      onAuth: ({ password: given }, _, done) => done(new Error(`no ${given}`)),
    });
    expect(await failure(channelTo(`smtp://${account}@127.0.0.1:${server.port}`).send(bundle))).toEqual({
      says: "The mail server 127.0.0.1:PORT refused the user or the password of COCKPIT_SMTP_URL (535).",
      again: true,
    });
  });

  it("that offers STARTTLS is spoken to in secret", async () => {
    const identity = selfSigned();
    const server = await receiver({ ...accounts, ...identity, allowInsecureAuth: false });
    await channelTo(`smtp://${account}@127.0.0.1:${server.port}`, { ca: identity.cert }).send(bundle);
    expect(server.mails).toMatchObject([{ secure: true, user: "ops@example.org" }]);
  });

  it("is spoken to in secret from the start under smtps://", async () => {
    const identity = selfSigned();
    const server = await receiver({ ...identity, secure: true });
    await channelTo(`smtps://127.0.0.1:${server.port}`, { ca: identity.cert }).send(bundle);
    expect(server.mails).toMatchObject([{ secure: true }]);
  });

  it.each(["smtp", "smtps"])("with a certificate nobody vouches for is told nothing, under %s://", async (scheme) => {
    const server = await receiver({ ...accounts, ...selfSigned(), secure: scheme === "smtps" });
    expect(await failure(channelTo(`${scheme}://${account}@127.0.0.1:${server.port}`).send(bundle))).toEqual({
      says: "The cockpit could not talk to the mail server 127.0.0.1:PORT (DEPTH_ZERO_SELF_SIGNED_CERT).",
      again: true,
    });
    expect(server.mails).toEqual([]);
  });

  it("without TLS gets no password that would cross a network", async () => {
    const given: unknown[] = [];
    const server = await receiver({
      ...accounts,
      onAuth: (auth, _, done) => void (given.push(auth), done(null, { user: "anybody" })),
    });
    // This machine under a name that is not known to be this machine.
    expect(await failure(channelTo(`smtp://${account}@0.0.0.0:${server.port}`).send(bundle))).toEqual({
      says: "The mail server 0.0.0.0:PORT and the cockpit could not agree on a secure connection (500).",
      again: true,
    });
    expect(given).toEqual([]);
  });
});
