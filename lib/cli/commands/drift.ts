import { parseArgs } from "node:util";
import { issuesOf } from "@/lib/areas/drift/domain/detect";
import { thegentDefaults, type BudgetStatus, type Figure, type Kpis, type Stats } from "@/lib/areas/drift/domain/drift";
import {
  emptyDriftWindow,
  nextDriftWindow,
  type DriftWindow,
  type WindowRule,
} from "@/lib/areas/drift/domain/drift-window";
import { budgetOf, kpisOf, statsOf } from "@/lib/areas/drift/domain/figures";
import { readTelemetryLine, type TelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { driftAsJson, driftAsText } from "./drift-report";
import { exitCodes, type Io } from "./io";
import { eachLine, requireDirectory } from "./session-files";

const usage = "Usage: cockpit drift DIR [--json] [--window N] [--limit N] [--provider P]";

export type DriftFigures = {
  issues: readonly string[];
  budget: BudgetStatus;
  stats: Stats;
  kpis: Kpis;
};

/** `drift DIR`: thegent's own drift figures of a session directory, without a database. Exit 1 where thegent's would fail. */
export async function runDrift(args: string[], io: Io): Promise<number> {
  let window: DriftWindow;
  let json: boolean;
  try {
    const { directory, ...options } = readArgs(args);
    json = options.json;
    window = await readDriftWindow(directory, options);
  } catch (error) {
    io.err(`${(error as Error).message}\n`);
    return exitCodes.usage;
  }
  const figures = figuresOf(window);
  if (!figures.ok) {
    io.err(`${figures.because}\n`);
    return exitCodes.negative;
  }
  io.out(json ? driftAsJson(figures.value) : driftAsText(figures.value, window));
  return exitCodes.ok;
}

/** Reads the directory's telemetry a piece at a time. Throws with a sentence. */
export async function readDriftWindow(directory: string, rule: WindowRule): Promise<DriftWindow> {
  await requireDirectory(directory);
  // Window by window, as a widest one that is moved for each line would be copied each time.
  const atOnce = Math.max(4000, rule.limit, 3 * rule.window);
  let window = emptyDriftWindow(rule, false);
  let waiting: TelemetryLine[] = [];
  const exists = await eachLine(directory, "contract_telemetry.jsonl", (lines) => {
    for (const { bytes, number } of lines) waiting.push(readTelemetryLine(bytes, number));
    if (waiting.length < atOnce) return;
    window = nextDriftWindow(window, waiting);
    waiting = [];
  });
  return exists ? nextDriftWindow(window, waiting) : window;
}

/** All of them, or one sentence about each on which thegent's own command fails. */
function figuresOf(window: DriftWindow): Figure<DriftFigures> {
  const [issues, budget, stats, kpis] = [issuesOf(window), budgetOf(window), statsOf(window), kpisOf(window)];
  if (issues.ok && budget.ok && stats.ok && kpis.ok)
    return { ok: true, value: { issues: issues.value, budget: budget.value, stats: stats.value, kpis: kpis.value } };
  const failing: [string, Figure<unknown>][] = [
    ["detection of drift fails", issues],
    ["budget fails", budget],
    ["statistics fail", stats],
    ["KPIs fail", kpis],
  ];
  const sentences = failing.flatMap(([what, figure]) =>
    figure.ok ? [] : [`thegent's own ${what}: ${figure.because}.`],
  );
  return { ok: false, because: sentences.join("\n") };
}

function readArgs(args: string[]): WindowRule & { directory: string; json: boolean } {
  const { values, positionals } = parseDriftArgs(args);
  const [directory, ...more] = positionals;
  if (!directory || more.length) throw new Error(`Name one session directory. ${usage}`);
  return {
    directory,
    json: values.json ?? false,
    window: wholeNumber("--window", values.window, thegentDefaults.window),
    limit: wholeNumber("--limit", values.limit, thegentDefaults.limit),
    provider: values.provider ?? null,
  };
}

export function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option} takes a whole number from 0 upwards, not "${text}".`);
  return Number(text);
}

function parseDriftArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        window: { type: "string" },
        limit: { type: "string" },
        provider: { type: "string" },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.\s/)[0]}. ${usage}`, { cause: error });
  }
}
