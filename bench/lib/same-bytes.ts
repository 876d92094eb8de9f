/** An answer of a page, served again and again as it is: the same bytes, without any work. */
import http from "node:http";
import type { AddressInfo } from "node:net";

export type SameBytes = { url: string; stop(): void };

export async function serveSameBytes(url: string, cookie: string): Promise<SameBytes> {
  const { headers, body } = await ask(url, cookie);
  const server = http.createServer((_request, response) => response.writeHead(200, headers).end(body));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As it is on the wire: fetch would unpack it. */
function ask(url: string, cookie: string): Promise<{ headers: http.OutgoingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, accept: "text/html", "accept-encoding": "gzip" };
    http
      .get(url, { headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const { "transfer-encoding": _, connection: _connection, ...own } = answer.headers;
          resolve({ headers: own, body: Buffer.concat(chunks) });
        });
      })
      .on("error", reject);
  });
}
