import { canonical, parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { everyLine } from "@/lib/thegent/python/lines";
import { isLess, NotComparable } from "@/lib/thegent/python/order";
import { decodeUtf8, strip } from "@/lib/thegent/python/text";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { isObject, JsonNumber, type JsonObject, type JsonValue } from "@/lib/thegent/python/value";

export type EscalateListOptions = {
  /** Microseconds since the epoch. */
  nowMicros: number;
  /** Only what is past its SLA; filtered before limiting. */
  pastSla: boolean;
  /** 0 means all, as in thegent (FORMATS §0.20). */
  limit: number;
};

/** `refusal`: why thegent's own list fails on this file, in a sentence. */
export type EscalateList = { ok: true; records: JsonObject[] } | { ok: false; refusal: string };

type Item = { line: number; record: JsonObject; key: JsonValue[] };

/** thegent's own `escalate list` over the bytes of escalation_queue.jsonl (FORMATS §3): its records, with `past_sla`, in its order. */
export function escalateList(bytes: Buffer, options: EscalateListOptions): EscalateList {
  try {
    const items = listedItems(bytes, options).sort(inPythonOrder);
    return {
      ok: true,
      records: items
        .slice(-options.limit)
        .reverse()
        .map((item) => item.record),
    };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, refusal: error.message };
    throw error;
  }
}

function listedItems(bytes: Buffer, { nowMicros, pastSla }: EscalateListOptions): Item[] {
  const items: Item[] = [];
  for (const { number, bytes: line } of everyLine(bytes)) {
    const text = decodeUtf8(line);
    if (text === null) throw new Refusal(`Line ${number} is not valid UTF-8; thegent's own list fails on it.`);
    const record = readPending(text);
    const dueMicros = record && readDue(record);
    if (!record || dueMicros === null) continue;
    const isPast = nowMicros > dueMicros;
    if (pastSla && !isPast) continue;
    items.push({ line: number, record: record.set("past_sla", isPast), key: sortKey(record) });
  }
  return items;
}

/** Null for what thegent passes over: blank, not JSON, not an object, not pending. */
function readPending(text: string): JsonObject | null {
  try {
    const value = parsePythonJson(strip(text));
    return isObject(value) && value.get("status") === "pending" ? value : null;
  } catch (error) {
    if (error instanceof PythonJsonError) return null;
    throw error;
  }
}

/** Null without a due time that can be compared with now: missing, unreadable or naive. */
function readDue(record: JsonObject): number | null {
  const due = record.get("escalate_by_utc");
  const time = typeof due === "string" ? parsePythonTime(due) : null;
  return time?.aware ? time.micros : null;
}

const zero = new JsonNumber("0", false);

/** Python sorts by the pair (priority, blocked_at_utc); the second is looked at only where the first is equal. */
function sortKey(record: JsonObject): JsonValue[] {
  const [priority, blockedAt] = [record.get("priority"), record.get("blocked_at_utc")];
  return [priority === undefined ? zero : priority, blockedAt === undefined ? "" : blockedAt];
}

class Refusal extends Error {}

/** Ascending. Throws a Refusal where Python's sort raises TypeError (FORMATS §0.15). */
function inPythonOrder(a: Item, b: Item): number {
  try {
    if (isLess(a.key, b.key)) return -1;
    return isLess(b.key, a.key) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof NotComparable)) throw error;
    const clash = [
      { line: a.line, value: error.left },
      { line: b.line, value: error.right },
    ].sort((one, other) => one.line - other.line);
    const lines = clash.map(({ line }) => line).join(" and ");
    const values = clash.map(({ value }) => canonical(value).slice(0, 80)).join(" and ");
    throw new Refusal(
      `Lines ${lines} cannot be put in order, because ${values} cannot be compared; thegent's own list fails on them. A priority must be a whole number.`,
    );
  }
}
