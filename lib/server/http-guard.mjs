// @ts-check
/** What every request passes before Next sees it, and how the server ends. */
import { addressToOwn, refuseBody, refuseForeign } from "./origin-guard.mjs";

/** Slow or endless requests are cut. Answers may take as long as they like: live updates are one endless answer. */
export const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 32 * 1024,
};

const drainMs = 5_000;

/**
 * Security headers of every answer. Pages have a content security policy of their own, made in proxy.ts, because it holds a nonce;
 * whatever is no page (data, refusals, what is not there) loads and runs nothing.
 * @param {boolean} https
 * @returns {[string, string][]}
 */
export function secureHeaders(https) {
  return [
    ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
    ["X-Content-Type-Options", "nosniff"],
    // Not `no-referrer`: with it browsers send `Origin: null`, and server actions would be refused.
    ["Referrer-Policy", "same-origin"],
    ["Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ...(https ? [/** @type {[string, string]} */ (["Strict-Transport-Security", "max-age=31536000"])] : []),
  ];
}

/** Set by proxies, and by whoever pretends to be one. */
const proxyHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Refuses what no page of ours sends, and bodies of unknown or too large a size. What passes was sent, as Next sees it, to COCKPIT_URL by
 * the address the cockpit may believe.
 * @param {import("node:http").IncomingMessage} request
 * @param {import("./origin-guard.mjs").Own} own
 * @returns {import("./origin-guard.mjs").Refusal | undefined}
 */
export function guardRequest(request, own) {
  const refusal = refuseForeign(request, own) ?? refuseBody(request.headers);
  if (refusal) return refusal;
  nameClient(request, own.trustProxy);
  addressToOwn(request, own);
  return undefined;
}

/**
 * Makes X-Forwarded-For say the one address the cockpit may believe: the socket's, or behind a trusted proxy the one that proxy saw (it
 * appends, so the last).
 * @param {import("node:http").IncomingMessage} request
 * @param {boolean} trustProxy
 */
function nameClient({ headers, socket }, trustProxy) {
  const seen = trustProxy
    ? String(headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim()
    : "";
  if (!trustProxy) for (const name of proxyHeaders) delete headers[name];
  headers["x-forwarded-for"] = (seen || socket.remoteAddress || "unknown").replace(/^::ffff:/, "");
}

/**
 * Ends the server: no new connections; answers under way are finished, but live updates are cut, because they never are.
 * @param {import("node:http").Server} server
 * @returns {() => Promise<void>}
 */
export function closingServer(server) {
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  /** @type {Map<import("node:http").ServerResponse, { live: boolean }>} */
  const open = new Map();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", (request, response) => {
    open.set(response, { live: String(request.headers.accept).includes("text/event-stream") });
    response.once("close", () => open.delete(response));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      const awaited = [...open].flatMap(([response, { live }]) => (live ? [] : [response]));
      for (const response of awaited) if (!response.headersSent) response.setHeader("connection", "close");
      // Also those on which nothing was asked yet: browsers open some in advance, and Node does not count them as idle.
      for (const socket of sockets) if (!awaited.some((response) => response.socket === socket)) socket.destroy();
      setTimeout(() => server.closeAllConnections(), drainMs).unref();
    });
}
