import { Scanner } from "./json-scanner";
import { compareCodePoints, JsonNumber, type JsonObject, type JsonValue } from "./value";

export { PythonJsonError } from "./json-scanner";

/** Reads one JSON text exactly as strictly as Python's json.loads (FORMATS §2.3). Throws PythonJsonError, never overflows the stack. */
export const parsePythonJson = (text: string): JsonValue => new Scanner(text).read();

/** The form that is hashed (FORMATS §2.1): json.dumps with sorted keys and no spaces; pure ASCII. */
export const canonical = (value: JsonValue): string => write(value, canonicalStyle);

/** The form in which thegent writes events: json.dumps as it comes, `", "` and `": "`, keys in their order, non-ASCII escaped. */
export const dumps = (value: JsonValue): string => write(value, eventStyle);

/**
 * JSON that any strict reader takes: numbers as they were written, NaN and ±Infinity as strings. For PostgreSQL's type json;
 * \u0000 and lone surrogates stay escapes, which json stores and only jsonb refuses.
 */
export const strictJson = (value: JsonValue): string => write(value, strictStyle);

type Style = {
  item: string;
  pair: string;
  sorted: boolean;
  string: (text: string) => string;
  number: (number: JsonNumber) => string;
};

const canonicalStyle: Style = { item: ",", pair: ":", sorted: true, string: asciiString, number: pythonNumber };
const eventStyle: Style = { item: ", ", pair: ": ", sorted: false, string: asciiString, number: pythonNumber };
const strictStyle: Style = { item: ",", pair: ":", sorted: false, string: JSON.stringify, number: strictNumber };

function write(value: JsonValue, style: Style): string {
  if (typeof value === "string") return style.string(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (value instanceof JsonNumber) return style.number(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, style)).join(style.item)}]`;
  return writeObject(value, style);
}

function writeObject(object: JsonObject, style: Style): string {
  const entries = style.sorted ? [...object].sort(([a], [b]) => compareCodePoints(a, b)) : [...object];
  return `{${entries.map(([key, value]) => style.string(key) + style.pair + write(value, style)).join(style.item)}}`;
}

/** What needs an escape, DEL included: everything outside space…`~`, the quote and the backslash. */
const needsEscape = /[^ !#-[\]-~]/;

function asciiString(text: string): string {
  if (!needsEscape.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function pythonNumber({ lexeme, isFloat }: JsonNumber): string {
  if (isFloat) return pythonFloat(Number(lexeme));
  return lexeme === "-0" ? "0" : lexeme;
}

function strictNumber({ lexeme }: JsonNumber): string {
  return lexeme === "NaN" || lexeme.endsWith("Infinity") ? `"${lexeme}"` : lexeme;
}

/** Python's repr of a float: JavaScript's digits, but plain notation only for exponents from -4 to 15, and always a point or an exponent. */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = ""] = Math.abs(value).toExponential().split("e");
  const exponent = Number(exponentText);
  const sign = value < 0 ? "-" : "";
  if (exponent < -4 || exponent >= 16) {
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const digits = mantissa.replace(".", "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")}.${digits.slice(exponent + 1) || "0"}`;
}
