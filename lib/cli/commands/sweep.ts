import path from "node:path";
import { parseArgs } from "node:util";
import { verifyRegistryFile, type RegistryVerdict } from "@/lib/areas/audit/port";
import { issuesOf } from "@/lib/areas/drift/domain/detect";
import { thegentDefaults } from "@/lib/areas/drift/domain/drift";
import { budgetOf } from "@/lib/areas/drift/domain/figures";
import { exitCodeOf, mostPastSla, sweepOf, type Sweep } from "@/lib/areas/drift/domain/sweep";
import { sayMany } from "@/lib/kernel/words/quantities";
import { dumps } from "@/lib/thegent/python/json";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { JsonNumber, type JsonObject } from "@/lib/thegent/python/value";
import { escalateList } from "@/lib/thegent/records/escalate-list";
import { readDriftWindow, wholeNumber } from "./drift";
import { jsonOf, printable } from "./drift-report";
import { exitCodes, type Io } from "./io";
import { readQueue } from "./queue";

const usage = "Usage: cockpit sweep DIR [--json] [--audit] [--window N] [--now ISO]";

type SweepArgs = { directory: string; json: boolean; audit: boolean; window: number; nowMicros: number };

/** `sweep DIR`: thegent's `govern sweep`, with its audit where that is asked for, from the files alone. Exit 0 when all pass, 1 when not or where thegent's would fail. */
export async function runSweep(args: string[], io: Io): Promise<number> {
  let options: SweepArgs;
  let swept: Swept;
  try {
    options = readArgs(args, io.now());
    swept = await sweep(options);
  } catch (error) {
    io.err(`${(error as Error).message}\n`);
    return exitCodes.usage;
  }
  if (!swept.ok) {
    io.err(`${swept.because}\n`);
    return exitCodes.negative;
  }
  io.out(options.json ? asJson(swept.value) : asText(swept.value));
  return exitCodeOf(swept.value);
}

type Audit = Exclude<RegistryVerdict, { status: "unreadable" }>;
type Swept = { ok: true; value: Sweep<JsonObject, Audit> } | { ok: false; because: string };

async function sweep({ directory, audit, window, nowMicros }: SweepArgs): Promise<Swept> {
  const state = await readDriftWindow(directory, { window, limit: thegentDefaults.limit, provider: null });
  const [issues, budget] = [issuesOf(state), budgetOf(state)];
  if (!issues.ok) return { ok: false, because: `thegent's own detection of drift fails: ${issues.because}.` };
  if (!budget.ok) return { ok: false, because: `thegent's own budget fails: ${budget.because}.` };
  const late = escalateList(await readQueue(directory), { nowMicros, pastSla: true, limit: mostPastSla });
  if (!late.ok) return { ok: false, because: late.refusal };
  const verdict = audit ? await verifyRegistryFile(path.join(directory, "run_registry.jsonl")) : null;
  if (verdict?.status === "unreadable")
    return { ok: false, because: `thegent's own audit fails: ${printable(verdict.reason)}` };
  return { ok: true, value: sweepOf(issues.value, budget.value, late.records, verdict) };
}

function asJson({
  drift_issues,
  drift_budget,
  past_sla_count,
  past_sla_items,
  audit,
  pass,
}: Sweep<JsonObject, Audit>): string {
  const items = past_sla_items.map((item) => `\n    ${dumps(item)}`).join(",");
  return [
    `{\n  "drift_issues": ${dumps(jsonOf(drift_issues))}`,
    `  "drift_budget": ${dumps(jsonOf(drift_budget))}`,
    `  "past_sla_count": ${past_sla_count}`,
    `  "past_sla_items": [${items}${items ? "\n  " : ""}]`,
    ...(audit ? [`  "audit": ${dumps(auditOf(audit))}`] : []),
    `  "pass": ${pass}\n}\n`,
  ].join(",\n");
}

const auditOf = (audit: Audit): JsonObject =>
  new Map(
    Object.entries(audit).map(([key, value]) => [
      key,
      typeof value === "number" ? new JsonNumber(String(value), false) : value,
    ]),
  );

function sayAudit({ status, valid_count, corrupt_count, chain_broken, issues }: Audit): string[] {
  const chain = chain_broken ? "the chain is broken" : "the chain is whole";
  const counts = `${sayMany(valid_count, "record")} valid, ${corrupt_count} corrupt, ${chain}`;
  return [
    status === "empty" ? "Audit: there is no run registry." : `Audit: ${status}; ${counts}`,
    ...issues.map((issue) => `  ${printable(issue)}`),
  ];
}

function asText({ drift_issues, past_sla_count, past_sla_items, audit, pass }: Sweep<JsonObject, Audit>): string {
  const count =
    past_sla_count < mostPastSla ? sayMany(past_sla_count, "escalation") : `${mostPastSla} escalations or more`;
  const runOf = (item: JsonObject) => item.get("run_id") ?? null;
  const runs = past_sla_items.map((item) => {
    const run = runOf(item);
    return `  ${printable(typeof run === "string" ? run : dumps(run))}`;
  });
  return [
    pass ? "The sweep passes." : "The sweep does not pass.",
    drift_issues.length ? "Drift:" : "Drift: none, and the budget is kept.",
    ...drift_issues.map((issue) => `  ${printable(issue)}`),
    `Past SLA: ${past_sla_count ? count : "none"}`,
    ...runs,
    ...(audit ? sayAudit(audit) : ["The run registry was not audited."]),
    "",
  ].join("\n");
}

function readArgs(args: string[], now: Date): SweepArgs {
  const { values, positionals } = parseSweepArgs(args);
  const [directory, ...more] = positionals;
  if (!directory || more.length) throw new Error(`Name one session directory. ${usage}`);
  const at = values.now === undefined ? { micros: now.getTime() * 1000, aware: true } : parsePythonTime(values.now);
  if (!at?.aware)
    throw new Error(`--now takes a time with an offset, as in 2026-02-11T08:01:21+00:00, not "${values.now}".`);
  return {
    directory,
    json: values.json ?? false,
    audit: values.audit ?? false,
    window: wholeNumber("--window", values.window, thegentDefaults.window),
    nowMicros: at.micros,
  };
}

function parseSweepArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        audit: { type: "boolean", short: "a" },
        window: { type: "string", short: "w" },
        now: { type: "string" },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.\s/)[0]}. ${usage}`, { cause: error });
  }
}
