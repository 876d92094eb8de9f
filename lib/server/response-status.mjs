// @ts-check
/** The other half of lib/actions/response-status.ts: a server action cannot say its answer's status, so it says it to us. */
import { AsyncLocalStorage } from "node:async_hooks";

/** @typedef {{ status: number | undefined }} Served */

/** On globalThis: the bundled application has modules of its own, also of this kind. */
const holder = /** @type {{ cockpitServed?: AsyncLocalStorage<Served> }} */ (/** @type {unknown} */ (globalThis));

/**
 * Serves one request; the status that an action sets meanwhile goes out in place of Next's 200.
 * @param {import("node:http").ServerResponse} response
 * @param {() => Promise<void>} serve
 */
export function withOwnStatus(response, serve) {
  /** @type {Served} */
  const store = { status: undefined };
  const writeHead = /** @type {(status: number, ...rest: unknown[]) => import("node:http").ServerResponse} */ (response.writeHead.bind(response));
  response.writeHead = (/** @type {number} */ status, /** @type {unknown[]} */ ...rest) => writeHead(status === 200 ? (store.status ?? status) : status, ...rest);
  holder.cockpitServed ??= new AsyncLocalStorage();
  void holder.cockpitServed.run(store, serve);
}
