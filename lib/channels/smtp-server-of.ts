export type SmtpServer = {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  auth: { user: string; pass: string } | undefined;
};

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/**
 * What an address such as smtp://user:password@host:587 means. smtps:// is TLS from the start (465); smtp:// (587) takes STARTTLS when it
 * is offered, and insists on it before a password goes to another machine: an offer can be cut out of the talk by whoever listens.
 * Nothing but these parts is read: nodemailer itself would take options, even "do not check certificates", from a query.
 */
export function smtpServerOf(address: string): SmtpServer {
  const url = new URL(address);
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && auth !== undefined && !loopback.test(host),
    auth,
  };
}
