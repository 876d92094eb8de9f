/** A server action has no say over the HTTP status of its answer; the web server does (lib/server/web.mjs), and is told here. */
import { served } from "./served";

/** The answer goes out with this status. Without our web server (development) it stays 200. */
export function setResponseStatus(status: number): void {
  const store = served();
  if (store) store.status = status;
}

/** From now on what goes wrong is ours to say. */
export function actBegins(): void {
  const store = served();
  if (store) store.begun = true;
}
