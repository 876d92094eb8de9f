// @ts-check
/**
 * The web's process: Next behind a server of our own, which knows whom it speaks to. Plain JavaScript: Next must run without
 * TypeScript's loader and without the condition `react-server`.
 */
import fs from "node:fs";
import http from "node:http";
import next from "next";
import { noteAddress } from "./address-seen.mjs";
import { closingServer, guardRequest, limits, secureHeaders } from "./http-guard.mjs";
import { otherAddress } from "./origin-guard.mjs";
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

/** Set by instrumentation.ts: the database is the application's. */
const holder = /** @type {{ cockpitForeignPage?: (origin: string | undefined) => void }} */ (
  /** @type {unknown} */ (globalThis)
);

const server = http.createServer(limits, (request, response) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  noteAddress(otherAddress(request, own), COCKPIT_URL);
  const { origin } = request.headers;
  const refusal = guardRequest(request, own);
  if (refusal) {
    if (refusal.status === 403) holder.cockpitForeignPage?.(origin);
    // Exactly this type: only so does the page's script hand the sentence on.
    response
      .writeHead(refusal.status, { ...refusal.headers, "content-type": "text/plain", connection: "close" })
      .end(refusal.says);
    return;
  }
  withOwnStatus(response, request.headers["next-action"] !== undefined, () => handle(request, response));
});

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
