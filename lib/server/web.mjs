// @ts-check
/**
 * The web's process: Next behind a server of our own, which knows whom it speaks to. Plain JavaScript: Next must run without
 * TypeScript's loader and without the condition `react-server`.
 */
import http from "node:http";
import next from "next";
import { closingServer, guardRequest, limits, secureHeaders } from "./http-guard.mjs";
import { endWhenTold } from "./until-told.mjs";

// Resolved by the supervisor; see lib/env.ts.
const { PORT, HOST, COCKPIT_URL = "", COCKPIT_TRUST_PROXY } = process.env;
const trustProxy = COCKPIT_TRUST_PROXY === "true";
const port = Number(PORT);
const headers = secureHeaders(COCKPIT_URL.startsWith("https:"));

const app = next({ dev: false, dir: process.cwd(), hostname: HOST, port });
await app.prepare();
const handle = app.getRequestHandler();

const server = http.createServer(limits, (request, response) => {
  for (const [name, value] of headers) response.setHeader(name, value);
  const refusal = guardRequest(request, trustProxy);
  if (refusal) {
    response.writeHead(refusal.status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(refusal.says);
    return;
  }
  void handle(request, response);
});
const close = closingServer(server);
server.listen(port, HOST);

endWhenTold(async () => {
  await close();
  await app.close();
});
