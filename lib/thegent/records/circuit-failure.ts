import { parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { decodeUtf8 } from "@/lib/thegent/python/text";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { isObject, type JsonValue } from "@/lib/thegent/python/value";

/** A failure as thegent counts it for a circuit. */
export type CircuitFailure = {
  target: string;
  /** "agent" where none is said. */
  category: string;
  /** Microseconds since the epoch. */
  atMicros: number;
};

/** FORMATS §7.1. Null for what thegent passes over: no JSON, no failure, no time that can be compared with now, or no circuit's name. */
export function readCircuitFailure(bytes: Uint8Array): CircuitFailure | null {
  const text = decodeUtf8(bytes);
  const value = text === null ? null : parsed(text);
  if (value === null || !isObject(value)) return null;
  const [target, category = "agent"] = [value.get("target"), value.get("category")];
  if (value.get("event") !== "failure" || typeof target !== "string" || typeof category !== "string") return null;
  const at = value.get("timestamp");
  const time = typeof at === "string" ? parsePythonTime(at) : null;
  return time?.aware ? { target, category, atMicros: time.micros } : null;
}

function parsed(text: string): JsonValue {
  try {
    return parsePythonJson(text);
  } catch (error) {
    if (error instanceof PythonJsonError) return null;
    throw error;
  }
}
