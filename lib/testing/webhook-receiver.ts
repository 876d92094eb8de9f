/** A real HTTP server on a port of its own that keeps what is posted to it and answers as it is told. */
import http from "node:http";
import type { AddressInfo } from "node:net";

type Posted = { method: string; path: string; headers: http.IncomingHttpHeaders; body: string };
export type WebhookReceiver = { origin: string; posted: Posted[]; close(): Promise<void> };
type Answer = (response: http.ServerResponse) => void;

/** Without an answer: 204. */
export async function receiveWebhooks(
  answer: Answer = (response) => response.writeHead(204).end(),
): Promise<WebhookReceiver> {
  const posted: Posted[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      posted.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted, close };
}
