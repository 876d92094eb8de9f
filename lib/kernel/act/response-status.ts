/**
 * A server action has no say over the HTTP status of its answer; the web server does (lib/server/web.mjs). It keeps the response
 * of the request being served here, on globalThis because server and bundled application are two module graphs in one process.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** `begun`: an act has got as far as to us; otherwise its body could not even be read. */
type Served = { status: number | undefined; begun: boolean };

const holder = globalThis as unknown as { cockpitServed?: AsyncLocalStorage<Served> };

const served = (): AsyncLocalStorage<Served> => (holder.cockpitServed ??= new AsyncLocalStorage<Served>());

/** The answer goes out with this status. Without our web server (development) it stays 200. */
export function setResponseStatus(status: number): void {
  const store = served().getStore();
  if (store) store.status = status;
}

/** From now on what goes wrong is ours to say. */
export function actBegins(): void {
  const store = served().getStore();
  if (store) store.begun = true;
}
