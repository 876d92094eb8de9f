import { isTruthy, toFloat } from "@/lib/thegent/python/float";
import { dumps, parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { decodeUtf8, strip } from "@/lib/thegent/python/text";
import { instantOf, textOf } from "./reading";
import { isObject, JsonNumber, type JsonObject, type JsonValue } from "@/lib/thegent/python/value";

/** Drift that a line reports, as budgets count it. */
export type DriftKind = "structural" | "semantic";

/**
 * A provider that is no text, which thegent never writes but takes. `key`: what Python's `==` tells apart, so that `1`, `1.0` and `true` are one;
 * null for a list or an object, which it cannot group by. `text` as `str()`, `name` as a key of JSON.
 */
type OddProvider = { key: string | null; text: string; name: string };

/** A confidence that is no number. `float`: what `float()` makes of it; null where it raises. `shown`: as it stands in the file, cut. */
type OddConfidence = { float: number | null; shown: string };

/** What thegent's drift figures take of a telemetry line. */
export type TelemetryEvent = {
  line: number;
  drift: DriftKind | null;
  fallback: boolean;
  success: boolean;
  /** Missing and null are not the same: one is counted as "unknown", the other as None. */
  provider?: string | OddProvider;
  /** Missing is 0. */
  confidence: number | OddConfidence;
};

/** A line that is JSON, but no object: thegent takes it into its windows, and fails on it there. */
export type NoObject = { line: number; noObject: true };

/** What else a line tells, of which thegent's figures take nothing. A line that only reports drift is none of an output. */
export type Told = {
  at: Date | null;
  contract: string | null;
  isOutput: boolean;
  /** What was wrong with it, in the words of whatever checked it; as many and as long as is ever shown. */
  messages: readonly string[];
};

/** What thegent makes of a line of contract_telemetry.jsonl. `told`: of one that is an object. */
export type TelemetryLine =
  | { counts: "everywhere" | "in the budget only"; item: TelemetryEvent | NoObject; told: Told | null }
  /** Blank, or not JSON: passed over. */
  | { counts: "nowhere" }
  /** The budget, or whatever reads the file, fails on it wherever it stands. */
  | { counts: "fails"; what: "the budget" | "everything"; because: string };

/** All but these is passed over by each of thegent's readers; these two are no JSONDecodeError, which is all that the budget's catches. */
const beyondDecoding = /nested too deeply|more than 4300 digits/;

/**
 * FORMATS §6. `line` is 1-based. The budget's reader strips a line first, as Python does; the others take it as it is, so that one with
 * other spaces around it than JSON's counts in the budget only.
 */
export function readTelemetryLine(bytes: Uint8Array, line: number): TelemetryLine {
  const decoded = decodeUtf8(bytes);
  if (decoded === null) return { counts: "fails", what: "everything", because: `line ${line} is not valid UTF-8` };
  const text = strip(decoded);
  if (text === "") return { counts: "nowhere" };
  try {
    const value = parsePythonJson(text);
    const counts = hasOtherSpaces(decoded) ? "in the budget only" : "everywhere";
    if (!isObject(value)) return { counts, item: { line, noObject: true }, told: null };
    return { counts, item: eventOf(value, line), told: toldBy(value) };
  } catch (error) {
    if (!(error instanceof PythonJsonError)) throw error;
    return beyondDecoding.test(error.message)
      ? { counts: "fails", what: "the budget", because: `line ${line} cannot be read: ${error.message}` }
      : { counts: "nowhere" };
  }
}

/** Around JSON: a space for str.strip that is none for JSON. */
const hasOtherSpaces = (text: string): boolean => strip(text) !== text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");

const kinds: ReadonlyMap<JsonValue | undefined, DriftKind> = new Map([
  ["schema.drift.structural", "structural"],
  ["schema.drift.semantic", "semantic"],
]);

function eventOf(value: JsonObject, line: number): TelemetryEvent {
  const provider = value.get("provider");
  const confidence = value.get("confidence");
  return {
    line,
    drift: kinds.get(value.get("event_type")) ?? null,
    fallback: value.get("contract") === "fallback-plain",
    success: isTruthy(value.get("success")),
    ...(provider === undefined ? {} : { provider: typeof provider === "string" ? provider : oddProvider(provider) }),
    confidence: confidence === undefined ? 0 : confidenceOf(confidence),
  };
}

const toldBy = (value: JsonObject): Told => ({
  at: instantOf(value.get("timestamp")),
  contract: textOf(value, "contract"),
  isOutput: value.has("success"),
  messages: messagesOf(value),
});

const most = { messages: 50, characters: 2_000 };

/** An output's errors; of a line that reports drift alone what its details list. */
function messagesOf(value: JsonObject): string[] {
  const details = value.get("details");
  const listed =
    details !== undefined && isObject(details)
      ? ["parse_errors", "semantic_issues"].map((key) => details.get(key))
      : [];
  return [value.get("errors"), ...listed]
    .flatMap((some) => (Array.isArray(some) ? some : []))
    .slice(0, most.messages)
    .map((one) => (typeof one === "string" ? one : dumps(one)).slice(0, most.characters));
}

function confidenceOf(value: JsonValue): number | OddConfidence {
  const float = toFloat(value);
  return float === null || typeof value === "string" ? { float, shown: dumps(value).slice(0, 80) } : float;
}

function oddProvider(value: JsonValue): OddProvider {
  const name = dumps(value);
  if (value === null) return { key: "null", text: "None", name };
  if (typeof value === "boolean") return { key: String(Number(value)), text: value ? "True" : "False", name };
  if (!(value instanceof JsonNumber)) return { key: null, text: name, name };
  const number = value.toNumber();
  const isWhole = value.isFloat && Number.isInteger(number);
  return {
    key: isWhole ? String(BigInt(number)) : name,
    text: name.replace("NaN", "nan").replace("Infinity", "inf"),
    name,
  };
}
