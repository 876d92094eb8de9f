/** Values as Python shows them in an f-string, `{value}`: a text as it is, what is inside a list or an object by its repr. */
import { dumps } from "./json";
import { JsonNumber, type JsonValue } from "./value";

export const format = (value: JsonValue | undefined): string =>
  typeof value === "string" ? value : repr(value ?? null);

function repr(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return reprText(value);
  if (value instanceof JsonNumber) return reprNumber(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  return `{${[...value].map(([key, item]) => `${reprText(key)}: ${repr(item)}`).join(", ")}}`;
}

function reprNumber(number: JsonNumber): string {
  const written = dumps(number);
  return written.replace("Infinity", "inf").replace("NaN", "nan");
}

const shortEscapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** Python's str.isprintable, turned round. */
const notPrintable = /[\\]|[\p{C}\p{Z}]/gu;

function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(notPrintable, (char) => (char === " " ? char : (shortEscapes[char] ?? escape(char))));
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escape(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
