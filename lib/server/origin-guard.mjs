// @ts-check
/** Which acts are let in: those of the cockpit's own pages, at the address people use (COCKPIT_URL). Everything else is refused in words. */

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {{ status: number, says: string, headers?: Record<string, string> }} Refusal */

/**
 * @typedef {object} Own
 * @property {string} url COCKPIT_URL's origin
 * @property {boolean} trustProxy
 * @property {ReadonlySet<string> | "any"} actions ids of the build's server actions; any: in development they are compiled when a page asks for them
 */

/** Above it a server action's body is refused by Next, in its own words. */
const LARGEST_BODY = 1024 * 1024;

const nothingDone = "Nothing was done.";
const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The origins of our own pages. A cockpit that is reached on this very machine is so by any of the machine's own names.
 * @param {string} url
 */
function ownOrigins(url) {
  const { protocol, hostname, port } = new URL(url);
  const names = loopback.includes(hostname) ? loopback : [hostname];
  return new Set(names.map((name) => new URL(`${protocol}//${name}:${port}`).origin));
}

/**
 * Refuses what none of our pages sends; undefined for what may pass. Reads pass: they change nothing, and rights are checked where they read.
 * @param {IncomingMessage} request
 * @param {Own} own
 * @returns {Refusal | undefined}
 */
export function refuseForeign({ method = "GET", url = "/", headers }, own) {
  // In development the tools that Next puts on a page ask it, too.
  const isPage = !url.startsWith("/api/") && !(own.actions === "any" && url.startsWith("/__nextjs"));
  if (method === "GET" || method === "HEAD" || (method === "OPTIONS" && !isPage)) return undefined;
  const refusal = refuseOrigin(headers, own, isPage);
  if (refusal) return refusal;
  return isPage ? refuseUnreadable(method, headers, own.actions) : undefined;
}

/**
 * Browsers name the origin of the page with every act. Without one, only what no browser sent for another site passes, and only to the
 * routes that ask for more than a session (a CSRF token, a one-time link).
 * @param {IncomingMessage["headers"]} headers @param {Own} own @param {boolean} isPage
 * @returns {Refusal | undefined}
 */
function refuseOrigin({ origin, host, "sec-fetch-site": site }, { url }, isPage) {
  const own = ownOrigins(url);
  const because = "comes from a page that is not this cockpit’s";
  if (origin !== undefined)
    return own.has(origin.toLowerCase())
      ? undefined
      : { status: 403, says: `This ${because}. Open it at ${url} and try again. ${nothingDone}` };
  if (isPage)
    return {
      status: 403,
      says: `This does not say which page it comes from (Origin). Open the cockpit at ${url} and try again. ${nothingDone}`,
    };
  const scheme = new URL(url).protocol;
  const isOwnHost =
    host !== undefined && URL.canParse(`${scheme}//${host}`) && own.has(new URL(`${scheme}//${host}`).origin);
  if (isOwnHost && (site === undefined || site === "same-origin" || site === "none")) return undefined;
  return { status: 403, says: `This ${because}. Open it at ${url} and try again. ${nothingDone}` };
}

/**
 * To a page, only acts are sent: by its scripts, as text, under an id that this build knows.
 * @param {string} method @param {IncomingMessage["headers"]} headers @param {Own["actions"]} actions
 * @returns {Refusal | undefined}
 */
function refuseUnreadable(method, headers, actions) {
  const action = headers["next-action"];
  if (method !== "POST" || action === undefined)
    return { status: 405, says: `Pages are only read. ${nothingDone}`, headers: { allow: "GET, HEAD" } };
  if (actions !== "any" && !actions.has(String(action))) {
    return {
      status: 404,
      says: `The server knows no such act: the page is older than the server. Copy what you typed, then reload it. ${nothingDone}`,
      headers: { "x-nextjs-action-not-found": "1" },
    };
  }
  if (!/^text\/plain\s*(;|$)/i.test(headers["content-type"] ?? ""))
    return { status: 415, says: `An act is sent as text. ${nothingDone}` };
  return undefined;
}

/**
 * Refuses a body whose size is unknown or too large.
 * @param {IncomingMessage["headers"]} headers
 * @returns {Refusal | undefined}
 */
export function refuseBody(headers) {
  if (headers["transfer-encoding"] !== undefined)
    return { status: 411, says: `The request must say how long it is (Content-Length). ${nothingDone}` };
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY)
    return { status: 413, says: `That is more than the cockpit takes at once (${LARGEST_BODY} bytes). ${nothingDone}` };
  return undefined;
}

/**
 * Where people seem to reach the cockpit, when that is not COCKPIT_URL: by what a trusted proxy says of it, or by a page that was served
 * under another address and now acts. Null when nothing speaks against it.
 * @param {IncomingMessage} request
 * @param {Own} own
 * @returns {string | null}
 */
export function otherAddress({ method, headers }, { url, trustProxy }) {
  const { host: ownHost, protocol } = new URL(url);
  const first = (/** @type {string} */ name) =>
    String(headers[name] ?? "")
      .split(",")[0]
      ?.trim()
      .toLowerCase() ?? "";
  if (trustProxy) {
    const [host, scheme] = [first("x-forwarded-host"), first("x-forwarded-proto")];
    if ((host && host !== ownHost) || (scheme && `${scheme}:` !== protocol))
      return `${scheme || protocol.slice(0, -1)}://${host || ownHost}`;
  }
  const origin = first("origin");
  if (method !== "POST" || !URL.canParse(origin) || ownOrigins(url).has(origin)) return null;
  return [first("host"), trustProxy ? first("x-forwarded-host") : ""].includes(new URL(origin).host) ? origin : null;
}

/**
 * From here on the request was sent to COCKPIT_URL: a proxy may send another Host, with which Next would compare the origin in vain. And an
 * act is done by the page it was sent to or not at all: handed on to another one, its refusal would come back as a 200.
 * @param {IncomingMessage} request
 * @param {Own} own
 */
export function addressToOwn({ headers }, { url }) {
  headers.host = new URL(url).host;
  delete headers["x-forwarded-host"];
  if (headers["next-action"] !== undefined) headers["x-action-forwarded"] = "1";
  if (headers.origin !== undefined && ownOrigins(url).has(headers.origin.toLowerCase())) headers.origin = url;
}
