/**
 * Glossary of the cockpit's own chain
 *   event   one act or refusal: who, with which role and letter, what, on what, before and after
 *   body    the event as canonical JSON text, its place and the previous hash included: exactly what is hashed and stored
 *   head    the last event's place and hash, kept in a row of its own, so that a cut from the end shows
 */
import { createHash } from "node:crypto";
import type { ActionId } from "@/lib/model/actions";
import type { Letter, Role } from "@/lib/model/roles";

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

export type AuditEvent = {
  /** ISO 8601 in UTC, milliseconds. */
  at: string;
  action: ActionId | (string & {});
  outcome: "done" | "refused";
  actor: { kind: "person" | "system" | "nobody"; id: string | null; name: string };
  role: Role | null;
  letter: Letter | null;
  subject: { kind: string; id: string | null };
  before: Plain;
  after: Plain;
  /** Why it was refused; null otherwise. */
  because: string | null;
  requestId: string;
  /** Version of the operating model in force. */
  model: string;
};

/** What the first event names as its previous hash. */
export const genesisHash = "0".repeat(64);

/** The exact text that is hashed and stored. */
export function sealEvent(event: AuditEvent, seq: bigint, prev: string): { body: string; hash: string } {
  const body = canonicalJson({ v: 1, seq: Number(seq), prev, ...event });
  return { body, hash: hashBody(body) };
}

export const hashBody = (body: string): string => createHash("sha256").update(body, "utf8").digest("hex");

/** Keys sorted, no spaces, everything outside printable ASCII escaped: one value, one text. */
export function canonicalJson(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${text(key)}:${canonicalJson(value[key]!)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw new Error("An audit event holds only whole numbers.");
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}

const text = (value: string): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
