/**
 * The request that is being served, as our own server (lib/server/web.mjs) keeps it: on globalThis because server and bundled application
 * are two module graphs in one process. In development it is there, too; in tests it is not.
 */
import { AsyncLocalStorage } from "node:async_hooks";

export type Served = {
  status: number | undefined;
  /** An act has got as far as to us; otherwise its body could not even be read. */
  begun: boolean;
  /** Only the document's shell is wanted: null until the page has come as far as to draw it, then whose it is. */
  shellOf?: string | null;
};

const holder = globalThis as unknown as { cockpitServed?: AsyncLocalStorage<Served> };

export const served = (): Served | undefined => (holder.cockpitServed ??= new AsyncLocalStorage<Served>()).getStore();
