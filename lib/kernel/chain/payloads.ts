import type { WriteAction } from "@/lib/model/actions";
import type { Plain } from "./audit-event";

/**
 * What the event of each act tells of its subject, before and after. Each area says it of its own acts, in its `payloads.ts`; an act of which it
 * is not said can have no event, and one that tells anything else does not compile.
 */
export interface Payloads {
  /** Only ever refused, which needs no payload. */
  "act.from-elsewhere": { before: null; after: null };
}

/** How a subject stood, or stands: what every act on one tells. */
export type Standing = { status: string; version: number };

type PayloadOf<A> = A extends keyof Payloads ? Payloads[A] : never;
export type Before<A extends WriteAction> = PayloadOf<A>["before"];
export type After<A extends WriteAction> = PayloadOf<A>["after"];

/** What an act tells besides how its subject stands. */
export type Besides<A extends WriteAction> = Rest<After<A>>;
type Rest<T> = T extends object ? Omit<T, keyof Standing> : never;

type NamesIn<T> = T extends object ? keyof T & string : never;
/** What is read of an event again: the names are those that are written; the values are what stands in the chain, also of old. */
export type Told<T> = { readonly [Name in NamesIn<T>]?: Plain };
