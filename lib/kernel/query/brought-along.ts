import { hashKey, type QueryKey } from "@tanstack/react-query";
import { observeFirstPaint } from "./server-clock";

/** What followed a page's shell in its document (lib/server/documents.mjs). */
type Brought = { now: string; known: [key: QueryKey, data: unknown][] };

/** What nobody asked for by then is not true any more. */
const KEPT_MS = 30_000;

/** By key; undefined until the document is whole. */
let brought: Map<string, unknown> | undefined;

const isWhole = (): Promise<void> | void => {
  if (document.readyState === "loading")
    return new Promise((done) => document.addEventListener("DOMContentLoaded", () => done(), { once: true }));
};

/** It is text in an element that runs nothing; what cannot be read is asked for. */
function readDocument(): Map<string, unknown> {
  const element = document.getElementById("known");
  if (!element?.textContent) return new Map();
  const { now, known } = JSON.parse(element.textContent) as Brought;
  element.remove();
  observeFirstPaint(now);
  return new Map(known.map(([key, data]) => [hashKey(key), data]));
}

/**
 * What the document brought for a query, once; otherwise it is read. The first draw is without it, as the server's was: parts of a page
 * hydrate one after the other.
 */
export async function broughtOrRead<T>(hash: string, read: () => T | Promise<T>): Promise<T> {
  if (!brought) {
    await isWhole();
    brought ??= readDocument();
  }
  if (!brought.has(hash) || performance.now() > KEPT_MS) return read();
  const data = brought.get(hash) as T;
  brought.delete(hash);
  return data;
}
