import { spawn, type ChildProcess } from "node:child_process";
import type { NewRecord } from "@/lib/thegent/records/new-record";

/** A pending record as thegent writes it. */
export const pendingLine = (runId: string, reason = "Circuit open"): string =>
  `{"run_id": "${runId}", "reason": "${reason}", "owner": "ana:shop", "agent": null, "lane": "critical", "priority": 0, "blocked_at_utc": "2026-03-01T09:00:00.500000+00:00", "escalate_by_utc": "2026-03-01T09:30:00.500000+00:00", "sla_minutes": 30, "status": "pending"}`;

/** Appends as thegent does: opens, writes one line, closes; again and again. Writes nothing but the number of the last line to its output. */
const appender = (lineOf: typeof pendingLine) => `
  const fs = require("node:fs");
  const lineOf = ${lineOf.toString()};
  const [file, prefix, pauseMs] = process.argv.slice(1);
  let stopping = false;
  process.stdin.on("end", () => { stopping = true; }).resume();
  (async () => {
    let count = 0;
    while (!stopping) {
      const line = lineOf(prefix + count, "h\\\\u00e9");
      fs.appendFileSync(file, line + "\\n");
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, Number(pauseMs)));
    }
    process.stdout.write(String(count));
  })();
`;

/** Starts a second process that appends lines for the runs `<prefix>0`, `<prefix>1`, …; `lineOf` uses nothing from outside itself. */
export function startAppender(
  file: string,
  prefix: string,
  pauseMs: number,
  lineOf = pendingLine,
): { stop(): Promise<number> } {
  const child = spawn(process.execPath, ["-e", appender(lineOf), file, prefix, String(pauseMs)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  const ended = endOf(child);
  return {
    stop: async () => {
      child.stdin.end();
      await ended;
      return Number(output);
    },
  };
}

export const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once("close", () => resolve()));

/** Runs `work` with no more rights than files give to everybody, also when the tests run as root. */
export async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  await work().finally(() => isRoot && process.seteuid?.(0));
}

/** A record as the cockpit adds it. */
export const addedRecord = (runId: string, changes: Partial<NewRecord> = {}): NewRecord => ({
  runId,
  reason: "Ask the team: coût?",
  owner: "ana:shop",
  lane: "critical",
  priority: 1,
  slaMinutes: 30,
  blockedAt: new Date("2026-03-01T09:00:00.250Z"),
  ...changes,
});
