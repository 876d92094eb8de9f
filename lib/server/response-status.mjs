// @ts-check
/** The other half of lib/kernel/act/response-status.ts: a server action cannot say its answer's status, so it says it to us. */
import { AsyncLocalStorage } from "node:async_hooks";

/** As lib/kernel/act/served.ts says it. @typedef {{ status: number | undefined, begun: boolean, shellOf?: string | null }} Served */
/** @typedef {import("node:http").ServerResponse} ServerResponse */

/** On globalThis: the bundled application has modules of its own, also of this kind. */
const holder = /** @type {{ cockpitServed?: AsyncLocalStorage<Served> }} */ (/** @type {unknown} */ (globalThis));

const nothingDone = "Nothing was done.";

/** Exactly this type: only so does the page's script hand the sentence on. */
const plainText = { "content-type": "text/plain" };

/**
 * Serves one request; the status that an action sets meanwhile goes out in place of Next's 200. An act that fails before it has begun had
 * a body that cannot be read, or is not the page's: that is the sender's fault, and told in words. So is an error for which Next has none.
 * @param {ServerResponse} response
 * @param {boolean} isAct
 * @param {() => Promise<void>} serve
 * @param {Served} [store]
 */
export function withOwnStatus(response, isAct, serve, store = { status: undefined, begun: false }) {
  const { writeHead, write, end } = response;
  let [isOurs, isEmpty] = [false, true];
  /** Whether the answer is ours by now, so that nothing more is to be said. */
  const answered = () => {
    if (!isOurs && isAct && !store.begun && !response.headersSent && response.statusCode >= 400) {
      isOurs = true;
      const isUnknown = response.statusCode === 404 || response.hasHeader("x-nextjs-action-not-found");
      for (const name of response.getHeaderNames())
        if (/^(content-(?!security)|etag|link)/.test(name)) response.removeHeader(name);
      writeHead.call(response, isUnknown ? 404 : 400, plainText);
      end.call(
        response,
        isUnknown
          ? `This page has no such act. Reload it. ${nothingDone}`
          : `What was sent cannot be read. ${nothingDone}`,
        "utf8",
      );
    }
    return isOurs;
  };
  Object.assign(response, {
    writeHead: (/** @type {number} */ status, /** @type {unknown[]} */ ...rest) => {
      response.statusCode = status;
      if (answered()) return response;
      // Next's compression has the headers sent before it knows that nothing follows.
      if (status >= 400 && !response.hasHeader("content-type"))
        response.setHeader("content-type", plainText["content-type"]);
      return /** @type {unknown} */ (
        Reflect.apply(writeHead, response, [status === 200 ? (store.status ?? status) : status, ...rest])
      );
    },
    write: (/** @type {unknown[]} */ ...args) => {
      isEmpty = false;
      return answered() || /** @type {unknown} */ (Reflect.apply(write, response, args));
    },
    end: (/** @type {unknown[]} */ ...args) => {
      if (answered()) return response;
      const isSilent =
        isEmpty &&
        response.statusCode >= 400 &&
        (args[0] === undefined || typeof args[0] === "function") &&
        !response.hasHeader("content-length");
      return /** @type {unknown} */ (
        Reflect.apply(
          end,
          response,
          isSilent && response.req.method !== "HEAD" ? [wordsFor(response.statusCode)] : args,
        )
      );
    },
  });
  holder.cockpitServed ??= new AsyncLocalStorage();
  void holder.cockpitServed.run(store, serve);
}

/** @param {number} status */
function wordsFor(status) {
  if (status === 405) return `This address is not asked in this way. ${nothingDone}`;
  return status >= 500
    ? "Something went wrong here. Try again in a moment."
    : `This cannot be answered. ${nothingDone}`;
}
