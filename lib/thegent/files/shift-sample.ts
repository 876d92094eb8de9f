import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { dumps, parsePythonJson } from "@/lib/thegent/python/json";
import { formatPythonUtc, parsePythonTime } from "@/lib/thegent/python/time";
import { isObject, type JsonObject, JsonNumber } from "@/lib/thegent/python/value";
import { textOf } from "@/lib/thegent/records/reading";
import { recordHash, recordSignature } from "@/lib/thegent/records/registry-hash";

/**
 * Copies a session directory to a new one, moved in time so that its newest event happens at `now`: a newcomer sees a queue with items long
 * past, nearly due and fresh. Every timestamp in the files moves by the same span, names of files stay; the registry's chain, hashes and
 * signatures hold again. Where nothing in the queue is due within ten minutes, two denied runs are escalated anew.
 */
export async function copyShifted(fromDirectory: string, toDirectory: string, now: Date): Promise<void> {
  await cp(fromDirectory, toDirectory, { recursive: true });
  const entries = await readdir(toDirectory, { recursive: true, withFileTypes: true });
  // A link is copied as a link: what it leads to is not the copy's to change.
  const files = entries
    .filter((entry) => entry.isFile() && /\.(jsonl?|log)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")] as const)));
  const newest = Math.max(...[...texts.values()].flatMap(eventMicros));
  if (!Number.isFinite(newest)) return;
  const shift = now.getTime() * 1000 - newest;
  const at = (name: string) => path.join(toDirectory, name);
  for (const [file, text] of texts) texts.set(file, shiftTimes(text, shift));
  const registry = rehash(texts.get(at("run_registry.jsonl")) ?? "");
  if (registry) texts.set(at("run_registry.jsonl"), registry);
  const queue = texts.get(at("escalation_queue.jsonl"));
  if (queue !== undefined) texts.set(at("escalation_queue.jsonl"), queue + nearlyDue(registry, queue, now));
  await Promise.all([...texts].map(([file, text]) => writeFile(file, text)));
}

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)`;
const everyTime = new RegExp(time, "g");
/** A field with a time in it; what lies ahead of its record, a deadline or an expiry, is no event. */
const everyEvent = new RegExp(`"(?!escalate_by_utc|expires_at_utc)\\w+": ?"(${time})"`, "g");

const eventMicros = (text: string): number[] =>
  [...text.matchAll(everyEvent)].flatMap(([, found = ""]) => parsePythonTime(found)?.micros ?? []);

/** As Python writes a time: no fraction when it is zero, else six digits. The offset stays as it was written. */
function shiftTimes(text: string, shift: number): string {
  return text.replace(everyTime, (found) => {
    const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(found)?.[0] ?? "Z";
    const local = parsePythonTime(found.slice(0, -offset.length) + "Z");
    if (!local) return found;
    const micros = local.micros + shift;
    const rest = micros - Math.floor(micros / 1_000_000) * 1_000_000;
    const seconds = new Date((micros - rest) / 1000).toISOString().slice(0, 19);
    return seconds + (rest === 0 ? "" : `.${String(rest).padStart(6, "0")}`) + offset;
  });
}

const read = (line: string): JsonObject => {
  const value = parsePythonJson(line);
  if (!isObject(value)) throw new Error("A line of the sample is not an object.");
  return value;
};
const linesOf = (text: string): string[] => text.split("\n").filter((line) => line.trim());

/** Puts in the signature, previous hash and hash that each line must have now, and leaves its text alone otherwise. */
function rehash(registry: string): string {
  const renamed = new Map<string, string>();
  const replaceField = (line: string, key: string, next: string): string => {
    const old = read(line).get(key);
    return typeof old === "string" && old ? line.replace(new RegExp(`("${key}": ?)"${old}"`), `$1"${next}"`) : line;
  };
  return linesOf(registry)
    .map((line) => {
      const [hash, previous] = [read(line).get("hash"), read(line).get("prev_hash")];
      const signed = replaceField(line, "signature", recordSignature(read(line)));
      const linked =
        typeof previous === "string" ? replaceField(signed, "prev_hash", renamed.get(previous) ?? previous) : signed;
      const next = recordHash(read(linked));
      if (typeof hash === "string") renamed.set(hash, next);
      return `${replaceField(linked, "hash", next)}\n`;
    })
    .join("");
}

const minute = 60_000;
const slaMinutes = 30;

/** Lines for the queue: two runs that were denied and are not waiting, escalated again 24 and 12 minutes ago. Empty when something is nearly due. */
function nearlyDue(registry: string, queue: string, now: Date): string {
  const pending = linesOf(queue)
    .map(read)
    .filter((record) => record.get("status") === "pending");
  const dueIn = pending.map(
    (record) => (parsePythonTime(textOf(record, "escalate_by_utc") ?? "")?.micros ?? 0) / 1000 - now.getTime(),
  );
  if (dueIn.some((ms) => ms > 0 && ms <= 10 * minute)) return "";
  const waiting = new Set(pending.map((record) => record.get("run_id")));
  const denied = linesOf(registry)
    .map(read)
    .filter((record) => record.get("policy_result") === "deny" && !waiting.has(record.get("run_id")));
  const runs = [...new Map(denied.map((record) => [record.get("run_id"), record])).values()].slice(-2);
  return runs
    .map((run, index) => `${dumps(escalatedAgain(run, new Date(now.getTime() - (index === 0 ? 24 : 12) * minute)))}\n`)
    .join("");
}

/** The record that thegent's `escalate add` would write, keys in its order. */
const escalatedAgain = (run: JsonObject, blockedAt: Date): JsonObject =>
  new Map([
    ["run_id", run.get("run_id") ?? null],
    ["reason", `Operator re-escalation: ${textOf(run, "policy_reason") ?? "denied by policy"}`],
    ["owner", run.get("owner") ?? null],
    ["agent", run.get("agent") ?? null],
    ["lane", run.get("lane") ?? "standard"],
    ["priority", new JsonNumber("1", false)],
    ["blocked_at_utc", formatPythonUtc(blockedAt)],
    ["escalate_by_utc", formatPythonUtc(new Date(blockedAt.getTime() + slaMinutes * minute))],
    ["sla_minutes", new JsonNumber(String(slaMinutes), false)],
    ["status", "pending"],
  ]);
