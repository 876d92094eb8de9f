import { createHash } from "node:crypto";
import { isKept, nameUnkept } from "@/lib/kernel/words/text";
import { canonical } from "@/lib/thegent/python/json";
import { JsonNumber, type JsonObject, type JsonValue } from "@/lib/thegent/python/value";
import { priorityOfLater } from "./dialect";
import type { ParsedRecord } from "./format";
import { dialectOfRecord, exactOf, instantOf, parseRecord, runIdOf, textOf, unusable, type Unusable } from "./reading";

/** A reason is for reading: of a longer one the item shows the beginning, and the record keeps all. */
const longestReason = 10_000;

/** A record of the queue, ready for text and integer columns. Times in milliseconds since the epoch. */
export type QueueRecord = {
  runId: string;
  status: string;
  reason: string;
  /** Exact, or null; `ownerShown`: how one that cannot be kept exactly is shown, which is nobody's owner. */
  owner: string | null;
  ownerShown: string | null;
  agent: string | null;
  lane: string;
  /** Higher is more urgent, whichever thegent wrote it; held within 32 bits. */
  priority: number;
  blockedAtMs: number | null;
  /** Null on a pending record: it has no SLA, and thegent lists it all the same. */
  dueAtMs: number | null;
  slaMinutes: number | null;
  blockedAtText: string | null;
  escalateByText: string | null;
  resolvedAtText: string | null;
};

/** FORMATS §1.2, §3. */
export const parseEscalationQueue = (bytes: Uint8Array): ParsedRecord =>
  parseRecord(bytes, (value) => {
    const read = readQueueRecord(value);
    if (!read.ok) return { ...read, mayWait: value.get("status") === "pending" };
    const { runId, status, blockedAtMs } = read.record;
    const recordedAt = blockedAtMs === null ? null : new Date(blockedAtMs);
    const dialect = dialectOfRecord("escalation_queue", value);
    return {
      ok: true,
      kind: status === "pending" ? "escalation.pending" : "escalation.closed",
      runId,
      recordedAt,
      identityKey: identityKeyOf(value),
      dialect,
    };
  });

/** A pending record must be one that the thegent which wrote it lists without failing; of others, status and run are enough. */
export function readQueueRecord(value: JsonObject): { ok: true; record: QueueRecord } | Unusable {
  const run = runIdOf(value);
  if (!run.ok) return run;
  if (run.runId === null) return unusable("It has no run_id.");
  const status = textOf(value, "status");
  if (status === null) return unusable("It has no status.");
  const isLater = dialectOfRecord("escalation_queue", value) === "later";
  const problem = namesProblem(value) ?? (status === "pending" ? pendingProblem(value, isLater) : null);
  if (problem !== null) return unusable(problem);
  return {
    ok: true,
    record: {
      runId: run.runId,
      status,
      reason: textOf(value, "reason", longestReason) ?? "",
      ...ownerOf(value),
      agent: exactOf(value, "agent"),
      lane: exactOf(value, "lane") || "standard",
      priority: isLater ? priorityOfLater(clampedInt(value.get("priority"))) : (clampedInt(value.get("priority")) ?? 0),
      blockedAtMs: instantOf(value.get("blocked_at_utc"))?.getTime() ?? null,
      dueAtMs: instantOf(value.get("escalate_by_utc"))?.getTime() ?? null,
      slaMinutes: clampedInt(value.get("sla_minutes")),
      blockedAtText: textOf(value, "blocked_at_utc"),
      escalateByText: textOf(value, "escalate_by_utc"),
      resolvedAtText: textOf(value, "resolved_at_utc"),
    },
  };
}

function ownerOf(value: JsonObject): Pick<QueueRecord, "owner" | "ownerShown"> {
  const owner = exactOf(value, "owner");
  if (owner === null) return { owner: null, ownerShown: null };
  return isKept(owner) ? { owner, ownerShown: null } : { owner: null, ownerShown: nameUnkept(owner) };
}

/** Lower-case hex SHA-256 of what a resolution does not change. */
export function identityKeyOf(value: JsonObject): string {
  const lasting = new Map(value);
  lasting.delete("status");
  lasting.delete("resolved_at_utc");
  return createHash("sha256").update(canonical(lasting)).digest("hex");
}

/** What names somebody or something is kept exactly, or refused; longer than anybody's, it would make every list that shows it unreadable. */
const longestName = 16_384;

function namesProblem(value: JsonObject): string | null {
  const long = ["status", "owner", "lane", "agent"].find((key) => (exactOf(value, key)?.length ?? 0) > longestName);
  if (long !== undefined) return `Its ${long} is longer than ${longestName} characters.`;
  // Lists are chosen by them. An owner that cannot be kept has a column of its own.
  const unkept = ["lane", "agent"].find((key) => !isKept(exactOf(value, key) ?? ""));
  return unkept === undefined ? null : `Its ${unkept} holds a character that cannot be stored.`;
}

function pendingProblem(value: JsonObject, isLater: boolean): string | null {
  const hasNoSla = isLater && !value.has("escalate_by_utc");
  if (!hasNoSla && !instantOf(value.get("escalate_by_utc"))) {
    return "It is pending, but its escalate_by_utc is missing or not a time with an offset; thegent's own list passes it over.";
  }
  const priority = value.get("priority");
  if (priority === undefined || clampedInt(priority) !== null) return null;
  const consequence =
    priority instanceof JsonNumber
      ? "thegent writes whole numbers only"
      : "beside other records thegent's own list fails on it";
  return `It is pending, but its priority is ${canonical(priority).slice(0, 80)}, not a whole number; ${consequence}.`;
}

const [lowestInt, highestInt] = [-2_147_483_648, 2_147_483_647];

/** Python's ints, true and false among them; null for anything else. Adding 0 makes 0 of -0. */
function clampedInt(value: JsonValue | undefined): number | null {
  if (typeof value === "boolean") return Number(value);
  if (!(value instanceof JsonNumber) || value.isFloat) return null;
  return Math.min(Math.max(value.toNumber(), lowestInt), highestInt) + 0;
}
