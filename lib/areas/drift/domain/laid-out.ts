import { dumps, parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { decodeUtf8 } from "@/lib/thegent/python/text";
import { isObject, type JsonValue } from "@/lib/thegent/python/value";

/** More than anybody reads of one line. */
const longest = 20_000;

/** A line of thegent's as text to read and to compare: a key to a line, in its own order, values as thegent writes them. */
export function laidOut(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === null) return "(not valid UTF-8)";
  try {
    return lines(parsePythonJson(text.trim()), "").slice(0, longest);
  } catch (error) {
    if (error instanceof PythonJsonError) return text.slice(0, longest);
    throw error;
  }
}

function lines(value: JsonValue, indent: string): string {
  const deeper = `${indent}  `;
  if (isObject(value) && value.size) {
    const entries = [...value].map(([key, one]) => `${deeper}${dumps(key)}: ${lines(one, deeper)}`);
    return `{\n${entries.join(",\n")}\n${indent}}`;
  }
  if (Array.isArray(value) && value.length)
    return `[\n${value.map((one) => `${deeper}${lines(one, deeper)}`).join(",\n")}\n${indent}]`;
  // Read by people, not by thegent: letters are themselves.
  return typeof value === "string" ? JSON.stringify(value) : dumps(value);
}
