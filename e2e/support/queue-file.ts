/** thegent's side of the queue: a second process that appends to its file, in its way of writing. */
import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { systemClock } from "@/lib/kernel/time";

export type Denial = {
  run_id: string;
  reason: string;
  owner: string;
  agent: string;
  lane: string;
  priority: number;
  minutesLeft: number;
};
export type QueueLine = Record<string, unknown> & { run_id: string; status: string; resolved_at_utc?: string };

const file = (sessionDir: string): string => path.join(sessionDir, "escalation_queue.jsonl");

/** Appends one pending record as thegent does after a policy denial; what is not given is made up. Answers what it wrote. */
export function deny(sessionDir: string, given: Partial<Denial> = {}): Denial {
  return denyMany(sessionDir, [given])[0]!;
}

export function denyMany(sessionDir: string, given: Partial<Denial>[]): Denial[] {
  const denials = given.map(complete);
  fs.appendFileSync(file(sessionDir), denials.map((denial) => `${line(denial)}\n`).join(""));
  return denials;
}

function complete(given: Partial<Denial>): Denial {
  return {
    run_id: `run_${randomUUID().slice(0, 8)}`,
    reason: "Critical lane requires confidence >= 0.9 (current: 0.71)",
    owner: "ana:shop",
    agent: "codex",
    lane: "critical",
    priority: 0,
    minutesLeft: 25,
    ...given,
  };
}

const slaMinutes = 30;

function line({ run_id, reason, owner, agent, lane, priority, minutesLeft }: Denial): string {
  const due = systemClock().getTime() + minutesLeft * 60_000;
  const record = {
    ...{ run_id, reason, owner, agent, lane, priority },
    blocked_at_utc: pythonTime(due - slaMinutes * 60_000),
    escalate_by_utc: pythonTime(due),
    sla_minutes: slaMinutes,
    status: "pending",
  };
  // Python's default: a space after comma and colon, nothing but ASCII.
  const pairs = Object.entries(record).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{${pairs.join(", ")}}`.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const pythonTime = (ms: number): string => new Date(ms).toISOString().replace(/\.(\d{3})Z$/, ".$1000+00:00");

/** What the file says of a run now. */
export function recordsOf(sessionDir: string, runId: string): QueueLine[] {
  return fs
    .readFileSync(file(sessionDir), "utf8")
    .split("\n")
    .flatMap((text) => {
      try {
        return [JSON.parse(text) as QueueLine];
      } catch {
        return [];
      }
    })
    .filter((record) => record.run_id === runId);
}
