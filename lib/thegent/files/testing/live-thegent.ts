/** Processes that do to the queue file what thegent's `escalate add` and `escalate resolve` do, and say when they did it. */
import { spawn } from "node:child_process";
import { pendingLine } from "./queue-fixture";

/** When an act began and ended, in milliseconds of a clock that all processes share. */
export type Span = { what: string; from: number; to: number };

/** Both do one act after the other, with a short pause, until their standard input ends; then they print their spans. */
const program = (act: string) => `
  const fs = require("node:fs");
  const lineOf = ${pendingLine.toString()};
  const [file, prefix, pauseMs] = process.argv.slice(1);
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  const spans = [];
  let stopping = false;
  process.stdin.on("end", () => { stopping = true; }).resume();
  ${act}
  (async () => {
    for (let nth = 0; !stopping; nth += 1) {
      const from = now();
      if (once(nth)) spans.push({ what: prefix + nth, from, to: now() });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Number(pauseMs)));
    }
    process.stdout.write(JSON.stringify(spans));
  })();
`;

/** Opens, appends one record and closes; each at its own microsecond. */
const add = `const once = (nth) => {
  fs.appendFileSync(file, lineOf(prefix + nth).replaceAll(".500000+", "." + String(nth).padStart(6, "0") + "+") + "\\n");
  return true;
};`;

/** Reads the whole file, closes the pending records of one run, and writes the whole file in place: the run that stands first, as an operator would. */
const resolve = `const once = () => {
  const lines = fs.readFileSync(file, "utf8").split("\\n").filter((line) => line.trim());
  const at = lines.findIndex((line) => line.includes('"run_id": "' + prefix) && line.endsWith('"status": "pending"}'));
  if (at < 0) return false;
  lines[at] = lines[at].replace('"status": "pending"}', '"status": "approved", "resolved_at_utc": "2026-03-01T10:00:00+00:00"}');
  fs.writeFileSync(file, lines.map((line) => line + "\\n").join(""));
  return true;
};`;

type Running = { stop(): Promise<Span[]> };

function start(act: string, file: string, prefix: string, pauseMs: number): Running {
  const child = spawn(process.execPath, ["-e", program(act), file, prefix, String(pauseMs)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  return {
    stop: async () => {
      child.stdin.end();
      await ended;
      return JSON.parse(output) as Span[];
    },
  };
}

/** Adds a record for the runs `<prefix>0`, `<prefix>1`, …, each named in its span. */
export const startAdding = (file: string, prefix: string, pauseMs: number): Running =>
  start(add, file, prefix, pauseMs);

/** Resolves runs whose names begin so, the first that waits; a span lasts from before the reading to after the writing. */
export const startResolving = (file: string, prefix: string, pauseMs: number): Running =>
  start(resolve, file, prefix, pauseMs);
