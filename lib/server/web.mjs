// @ts-check
/**
 * The web's process: Next behind a server of our own, which knows whom it speaks to. Plain JavaScript: Next must run without
 * TypeScript's loader and without the condition `react-server`.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import http from "node:http";
import next from "next";
import { closingServer, guardRequest, limits, secureHeaders } from "./http-guard.mjs";
import { withOwnStatus } from "./response-status.mjs";
import { endWhenTold } from "./until-told.mjs";

// Resolved by the supervisor; see lib/env.ts.
const { PORT, HOST, COCKPIT_URL = "", COCKPIT_TRUST_PROXY, COCKPIT_BUILD } = process.env;
const trustProxy = COCKPIT_TRUST_PROXY === "true";
const port = Number(PORT);
const headers = secureHeaders(COCKPIT_URL.startsWith("https:"));

const app = next({ dev: false, dir: COCKPIT_BUILD, hostname: HOST, port });
await app.prepare();
const handle = app.getRequestHandler();

const server = http.createServer(limits, (request, response) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  const refusal = guardRequest(request, trustProxy);
  if (refusal) {
    response.writeHead(refusal.status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(refusal.says);
    return;
  }
  void withActionStatus(response, () => handle(request, response));
});
/**
 * A server action has no say over the status of its answer; lib/actions/response-status.ts leaves it here, and it goes out
 * instead of Next's 200.
 * @param {http.ServerResponse} response
 * @param {() => Promise<void>} serve
 */
function withActionStatus(response, serve) {
  /** @type {{ status: number | undefined }} */
  const answer = { status: undefined };
  const writeHead = response.writeHead;
  response.writeHead = /** @type {typeof writeHead} */ (
    /** @param {number} status @param {any[]} rest */
    (status, ...rest) => writeHead.call(response, answer.status ?? status, ...rest)
  );
  const holder = /** @type {{ cockpitServed?: AsyncLocalStorage<typeof answer> }} */ (globalThis);
  holder.cockpitServed ??= new AsyncLocalStorage();
  return holder.cockpitServed.run(answer, serve);
}

const close = closingServer(server);
server.listen(port, HOST);

endWhenTold(async () => {
  await close();
  await app.close();
});
