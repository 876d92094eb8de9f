import { createHash } from "node:crypto";
import { canonical, dumps } from "@/lib/thegent/python/json";
import type { JsonObject, JsonValue } from "@/lib/thegent/python/value";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The hash a registry record should carry (FORMATS §2.1): over its canonical form without its own `hash`; lower-case hex. */
export function recordHash(record: JsonObject): string {
  const hashed = new Map(record);
  hashed.delete("hash");
  return sha256(canonical(hashed));
}

/** The signature a start record should carry (FORMATS §2.4). It has no key: anyone can recompute it. */
export const recordSignature = (record: JsonObject): string =>
  sha256(["run_id", "started_at_utc", "owner", "prompt"].map((key) => pythonWord(record.get(key) ?? null)).join("|"));

/** As a Python f-string shows a value; for a list or an object, which thegent never writes there, its JSON. */
function pythonWord(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return dumps(value);
}
