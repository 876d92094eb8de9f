/**
 * thegent's auditor of the run registry, one line at a time (FORMATS §2.7), exactly as it judges at 14123fd, with its quirks: they are its
 * answer. Values keep the text of their numbers; nothing goes through JSON.parse.
 */
import { createHash } from "node:crypto";
import { parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { isTruthy } from "@/lib/thegent/python/float";
import { isEqual } from "@/lib/thegent/python/order";
import { format } from "@/lib/thegent/python/repr";
import { isObject, JsonNumber, type JsonObject, type JsonValue } from "@/lib/thegent/python/value";
import { recordHash } from "@/lib/thegent/records/registry-hash";

/** What the auditor carries from one line to the next. */
export type AuditState = {
  /** The `hash` as stored in the last record that it read to its end. */
  head: JsonValue;
  /** The last hash it computed; undefined: none yet, and its asking for it raises. */
  computed: string | undefined;
};

/** Before the first line of a file. */
export const atStart = (): AuditState => ({ head: null, computed: undefined });

export type LineAudit = {
  valid: number;
  corrupt: number;
  chainBroken: boolean;
  /** Without "Line N: ". */
  issues: string[];
  /** Read to its end: the state's head is its own. */
  read: boolean;
};

/** Judges one line that is not blank, with its "\n" where it has one (Python's error names the place behind it), and moves the state on. */
export function auditLine(text: string, state: AuditState): LineAudit {
  const audit: LineAudit = { valid: 0, corrupt: 0, chainBroken: false, issues: [], read: false };
  try {
    state.head = auditRecord(readRecord(text), state, audit);
    audit.read = true;
  } catch (error) {
    const said = error instanceof PythonJsonError ? error.inPython : error instanceof Raised ? error.message : null;
    if (said === null) throw error;
    audit.corrupt += 1;
    audit.issues.push(`JSON decode error: ${said}`);
  }
  return audit;
}

/** What Python raises on the way, by its message. */
class Raised extends Error {
  override readonly name = "Raised";
}

function readRecord(text: string): JsonObject {
  const value = parsePythonJson(text);
  if (!isObject(value)) throw new Raised(`'${typeName(value)}' object has no attribute 'get'`);
  return value;
}

/** Gives the stored hash, against which the next record's `prev_hash` is held even if it is wrong. */
function auditRecord(record: JsonObject, state: AuditState, audit: LineAudit): JsonValue {
  const id = record.has("run_id") ? format(record.get("run_id")) : "unknown";
  const previous = record.get("prev_hash") ?? null;
  if (differs(previous, state.head)) {
    audit.chainBroken = true;
    audit.issues.push(`Chain broken for ${id}. Expected prev_hash ${format(state.head)}, got ${format(previous)}`);
  }
  const stored = record.get("hash") ?? null;
  if (isTruthy(stored)) {
    state.computed = recordHash(record);
    if (stored === state.computed) audit.valid += 1;
    else {
      audit.corrupt += 1;
      audit.issues.push(`Hash mismatch for record ${id}`);
    }
  } else {
    audit.issues.push(`Missing hash for record ${id}`);
    audit.corrupt += 1;
  }
  auditSignature(record, stored, id, state, audit);
  return stored;
}

function auditSignature(record: JsonObject, stored: JsonValue, id: string, state: AuditState, audit: LineAudit): void {
  const signature = record.get("signature");
  if (!isTruthy(signature) || record.get("event") === "finish") return;
  if (signature === signatureOf(record)) return;
  if (state.computed === undefined)
    throw new Raised("cannot access local variable 'expected_hash' where it is not associated with a value");
  if (stored !== state.computed) return;
  audit.corrupt += 1;
  audit.issues.push(`Signature mismatch for ${id}`);
}

const signed = ["run_id", "started_at_utc", "owner", "prompt"];

function signatureOf(record: JsonObject): string {
  const text = signed.map((key) => format(record.get(key))).join("|");
  refuseLoneSurrogates(text);
  return createHash("sha256").update(text).digest("hex");
}

function refuseLoneSurrogates(text: string): void {
  const found = /\p{Surrogate}+/u.exec(text);
  if (!found) return;
  const at = [...text.slice(0, found.index)].length;
  const many = found[0].length;
  const which =
    many === 1
      ? `character '\\u${found[0].charCodeAt(0).toString(16)}' in position ${at}`
      : `characters in position ${at}-${at + many - 1}`;
  throw new Raised(`'utf-8' codec can't encode ${which}: surrogates not allowed`);
}

/** Python's `!=`. NaN differs from itself, but not where a list holds it. */
const differs = (a: JsonValue, b: JsonValue): boolean => isNaNumber(a) || !isEqual(a, b);

const isNaNumber = (value: JsonValue): boolean => value instanceof JsonNumber && Number.isNaN(value.toNumber());

function typeName(value: Exclude<JsonValue, JsonObject>): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  if (value instanceof JsonNumber) return value.isFloat ? "float" : "int";
  return "list";
}
