/** Requests as anybody can make them, from an address of one's own: Linux answers on all of 127/8. */
import http from "node:http";

export type Raw = { method?: string; path: string; from?: string; headers?: Record<string, string>; body?: string };
export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; body: string; cookies: string };

export function send(
  url: string,
  { method = "GET", path, from = "127.0.0.1", headers = {}, body }: Raw,
): Promise<RawAnswer> {
  const length: Record<string, string> =
    body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: "127.0.0.1",
        port: new URL(url).port,
        localAddress: from,
        method,
        path,
        headers: { ...length, ...headers },
        agent: false,
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        const cookies = (response.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");
        response.on("end", () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: text, cookies }),
        );
      },
    );
    request.once("error", reject);
    request.end(body);
  });
}

/** A live stream as a copied cookie opens it; `ended` resolves once the server has closed it. */
export async function openStream(
  url: string,
  cookie: string,
): Promise<{ status: number; ended: Promise<void>; close: () => void }> {
  const closing = new AbortController();
  const response = await fetch(`${url}/api/live`, {
    headers: { cookie, accept: "text/event-stream" },
    signal: closing.signal,
  });
  const readOn = async (): Promise<void> => {
    const reader = response.body!.getReader();
    while (!(await reader.read()).done);
  };
  return { status: response.status, ended: readOn(), close: () => closing.abort() };
}
