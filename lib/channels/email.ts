import { createTransport, type NodemailerError } from "nodemailer";
import { ChannelError, type Bundle, type Channel } from "@/lib/kernel/notice/channel";
import { oneLine } from "@/lib/kernel/words/one-line";
import { mailBody, mailSubject } from "./mail-text";
import { smtpServerOf } from "./smtp-server-of";
import { toldItems } from "./told-items";

export type EmailOptions = {
  /** smtp:// or smtps://, see smtpServerOf. */
  smtpUrl: string;
  from: { name: string; address: string };
  /** Where people reach the cockpit, without a slash at the end. */
  url: string;
  /** How long one answer of the server may take, in milliseconds; a whole mail may take six times that. */
  timeoutMs?: number;
  /** A certificate to trust instead of the system's, as PEM. */
  ca?: string;
};

/** One mail per bundle, in plain text, over connections that are kept. */
export function emailChannel({ smtpUrl, from, url, timeoutMs = 10_000, ca }: EmailOptions): Channel {
  const server = smtpServerOf(smtpUrl);
  const place = `${server.host}:${server.port}`;
  const transport = createTransport({
    ...server,
    pool: true,
    maxConnections: 2,
    // Whether and when to try again is not decided here: a mail cut off in the middle may have been accepted.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: ca === undefined ? undefined : { ca },
  });
  return {
    name: "email",
    async send(bundle) {
      const message = mailOf(bundle, from, url);
      try {
        // A server that answers a byte at a time trips no other limit.
        await transport.sendMail({ ...message, signal: AbortSignal.timeout(timeoutMs * 6) });
      } catch (error) {
        throw explain(error as NodemailerError, place, message.to.address);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/**
 * What a server refuses for now, it often refuses to strangers for some minutes, and whoever comes back sooner stays a stranger.
 * Half an hour, as RFC 5321 has it for queues, would be a notice's whole use.
 */
const comeBack = { ms: 5 * 60_000, about: "message" } as const;

/** Refuses an address that is more or less than one: nobody else may come to hear of it. */
function mailOf(bundle: Bundle, from: EmailOptions["from"], url: string) {
  const to = { name: oneLine(bundle.person.name, 80), address: bundle.person.email };
  if (!/^[^\s@<>(),:;"\\[\]\p{Cc}]+@[^\s@<>(),:;"\\[\]\p{Cc}]+$/u.test(to.address)) {
    throw new ChannelError(`The e-mail address of ${to.name} is not one that mail can be sent to.`, false);
  }
  const domain = from.address.split("@")[1]!;
  const thread = threadOf(bundle, domain);
  return {
    from,
    to,
    envelope: { from: from.address, to: [to.address] },
    subject: mailSubject(bundle),
    text: mailBody(bundle, url),
    messageId: `<${bundle.id}@${domain}>`,
    ...(thread && { inReplyTo: thread, references: thread }),
    // RFC 3834: no out-of-office note is to come back.
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/**
 * Mails about one item are one conversation: each answers the same mail, which there never was, as its id needs no remembering.
 * A mail about several belongs to none: naming all of them would make one conversation of theirs.
 */
function threadOf({ told }: Bundle, domain: string): string | null {
  const [first, ...others] = toldItems(told);
  return first && !others.length ? `<${first.item.kind}.${encodeURIComponent(first.item.id)}@${domain}>` : null;
}

/**
 * What the server says about this mail or its receiver for good (5xx) is final. Everything else can pass: a refused sender or password is
 * for the operator to correct, and no notice is to be lost meanwhile.
 */
function explain(
  { code, originalCode, command, responseCode, response, permanent, timeoutType }: NodemailerError,
  place: string,
  address: string,
): ChannelError {
  const reply = sayReply(responseCode, response);
  if (code === "EAUTH" || code === "ENOAUTH")
    return new ChannelError(
      `The mail server ${place} refused the user or the password of COCKPIT_SMTP_URL${reply}.`,
      true,
    );
  if (code === "ETLS")
    return new ChannelError(
      `The mail server ${place} and the cockpit could not agree on a secure connection${reply}.`,
      true,
    );
  if (command === "RCPT TO")
    return new ChannelError(`The mail server ${place} refused the address ${address}${reply}.`, !permanent, comeBack);
  if (command === "DATA")
    return new ChannelError(`The mail server ${place} refused the mail to ${address}${reply}.`, !permanent, comeBack);
  if (responseCode) return new ChannelError(`The mail server ${place} takes no mail from the cockpit${reply}.`, true);
  if (timeoutType || code === "ETIMEDOUT" || code === "EABORT")
    return new ChannelError(`The mail server ${place} did not answer in time.`, true);
  const why = [originalCode, code].find((text) => /^[A-Z][A-Z0-9_]+$/.test(text ?? ""));
  return new ChannelError(`The cockpit could not talk to the mail server ${place}${why ? ` (${why})` : ""}.`, true);
}

/** " (550 5.1.1)": the numbers alone; the words are the server's own, and may repeat anything. */
function sayReply(responseCode: number | undefined, response: string | undefined): string {
  if (!responseCode) return "";
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? "")?.[1];
  return ` (${[responseCode, enhanced].filter(Boolean).join(" ")})`;
}
