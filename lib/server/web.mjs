// @ts-check
/**
 * The web's process: Next behind a server of our own, which knows whom it speaks to. Plain JavaScript: Next must run without
 * TypeScript's loader and without the condition `react-server`.
 */
import fs from "node:fs";
import http from "node:http";
import next from "next";
import { noteAddress } from "./address-seen.mjs";
import { Documents, isDocument } from "./documents.mjs";
import { closingServer, guardRequest, limits, secureHeaders } from "./http-guard.mjs";
import { otherAddress } from "./origin-guard.mjs";
import { PackedFiles } from "./packed-files.mjs";
import { withOwnStatus } from "./response-status.mjs";
import { endWhenTold } from "./until-told.mjs";

// Resolved by the supervisor; see lib/kernel/env.ts.
const { PORT, HOST, COCKPIT_URL = "", COCKPIT_TRUST_PROXY, COCKPIT_BUILD, NODE_ENV } = process.env;
const port = Number(PORT);
const developing = NODE_ENV === "development";
const headers = secureHeaders(COCKPIT_URL.startsWith("https:"));
/** @type {import("./origin-guard.mjs").Own} */
const own = {
  url: COCKPIT_URL,
  trustProxy: COCKPIT_TRUST_PROXY === "true",
  actions: developing ? "any" : actionsOf(`${COCKPIT_BUILD}`),
};

const app = next({ dev: developing, dir: developing ? "." : COCKPIT_BUILD, hostname: HOST, port });
await app.prepare();
const handle = app.getRequestHandler();
const documents = new Documents(handle);
const packed = developing ? null : new PackedFiles(`${COCKPIT_BUILD}`);

/**
 * Set by instrumentation.ts: the database is the application's.
 * @typedef {object} Application
 * @property {(origin: string | undefined) => void} [cockpitForeignPage]
 * @property {(url: string, headers: import("node:http").IncomingHttpHeaders) => Promise<import("./documents.mjs").Opened | null>} [cockpitDocument]
 */
const application = /** @type {Application} */ (/** @type {unknown} */ (globalThis));

const server = http.createServer(limits, (request, response) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  noteAddress(otherAddress(request, own), COCKPIT_URL);
  const { origin } = request.headers;
  const refusal = guardRequest(request, own);
  if (refusal) {
    if (refusal.status === 403) application.cockpitForeignPage?.(origin);
    // Exactly this type: only so does the page's script hand the sentence on.
    response
      .writeHead(refusal.status, { ...refusal.headers, "content-type": "text/plain", connection: "close" })
      .end(refusal.says);
    return;
  }
  if (packed?.answer(request, response)) return;
  if (!isDocument(request) || developing) return serve(request, response);
  openDocument(request)
    // Next says it in its own way.
    .catch(() => null)
    .then((opened) => (opened ? documents.answer(request, response, opened) : serve(request, response)))
    .catch((error) => {
      console.error(error);
      response.destroy();
    });
});

/** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
function serve(request, response) {
  withOwnStatus(response, request.headers["next-action"] !== undefined, () => handle(request, response));
}

/** @param {http.IncomingMessage} request */
const openDocument = async (request) =>
  (await application.cockpitDocument?.(request.url ?? "/", request.headers)) ?? null;

const close = closingServer(server);
server.listen(port, HOST);

endWhenTold(async () => {
  await close();
  await app.close();
});

/**
 * The acts that the build knows.
 * @param {string} build
 */
function actionsOf(build) {
  /** @type {unknown} */
  const manifest = JSON.parse(fs.readFileSync(`${build}/.next/server/server-reference-manifest.json`, "utf8"));
  return new Set(Object.keys(/** @type {{ node: Record<string, unknown> }} */ (manifest).node));
}
