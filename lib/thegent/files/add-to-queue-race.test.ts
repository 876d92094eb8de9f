import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inOneFile, type OneFile } from "@/lib/testing/one-file";
import { isSoak, patience, rounds } from "@/lib/testing/rounds";
import { queueRecordLine } from "@/lib/thegent/records/new-record";
import { addToQueueFile } from "./add-to-queue";
import { Drainer } from "./drainer";
import { addedRecord, endOf, pendingLine, startAppender } from "./testing/queue-fixture";
import { recoverDrains, resolveInQueueFile } from "./write-back";

let script: OneFile;
beforeAll(async () => {
  script = await inOneFile("lib/thegent/files/testing/add-until-killed.ts");
});
afterAll(() => script.remove());

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-add-race-")));
  file = path.join(directory, "escalation_queue.jsonl");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const at = (run: number) => new Date(1_772_359_200_000 + run);
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const addedLine = (run: number) =>
  queueRecordLine(addedRecord(`run_${run}`))
    .toString("latin1")
    .trimEnd();
const resolvedLine = (line: string, run: number) =>
  line.replace(
    '"pending"}',
    `"resolved", "resolved_at_utc": "${at(run).toISOString().replace("Z", "000+00:00").replace(".000000", "")}"}`,
  );

/** Every line is there once and byte for byte, and nothing else is in the directory. */
function expectExactly(lines: string[]): void {
  expect(fs.readFileSync(file, "utf8").split("\n").slice(0, -1).sort()).toEqual([...lines].sort());
  expect(fs.readdirSync(directory)).toEqual(["escalation_queue.jsonl"]);
}
const appendedLines = (count: number) => numbers(count).map((number) => pendingLine(`late_${number}`, "h\\u00e9"));

describe("while a second process appends without a pause", () => {
  it(
    "two hundred records are added and two hundred resolved, nothing is lost or doubled",
    { timeout: 120_000 },
    async () => {
      const drainer = new Drainer();
      fs.writeFileSync(
        file,
        numbers(200)
          .map((run) => `${pendingLine(`old_${run}`)}\n`)
          .join(""),
      );
      const appender = startAppender(file, "late_", 5);
      const adding: Promise<void>[] = [];
      for (const run of numbers(200)) {
        adding.push(addToQueueFile(file, [addedRecord(`run_${run}`)], { drainer, lookAgainMs: 50 }));
        const closed = await resolveInQueueFile(file, [{ runId: `old_${run}`, word: "resolved", at: at(run) }], {
          drainer,
        });
        expect(closed.get(`old_${run}`)).toHaveLength(1);
      }
      await Promise.all(adding);
      const appended = await appender.stop();
      await drainer.settled();
      expect(appended).toBeGreaterThan(20);
      expectExactly([
        ...numbers(200).map(addedLine),
        ...numbers(200).map((run) => resolvedLine(pendingLine(`old_${run}`), run)),
        ...appendedLines(appended),
      ]);
    },
  );

  it(
    "killing the adder with signal 9 and repeating all of it adds no second line",
    { timeout: patience(120_000, 3, 5) },
    async () => {
      const runs = 80;
      fs.writeFileSync(file, "");
      const appender = startAppender(file, "late_", 5);
      for (const added of isSoak ? [1, 10, 30, 31, 55] : [1, 30, 55]) {
        const adder = startAdder(runs);
        while (addedSoFar() < added) await new Promise((elapsed) => setTimeout(elapsed, 1));
        adder.kill();
        await adder.ended;
        expect(addedSoFar()).toBeLessThan(runs);
      }
      await startAdder(runs).ended;
      const appended = await appender.stop();
      const drainer = new Drainer();
      await recoverDrains(directory, { drainer });
      await drainer.settled();
      expectExactly([
        ...numbers(runs).map((run) => (run % 2 ? resolvedLine(addedLine(run), run) : addedLine(run))),
        ...appendedLines(appended),
      ]);
    },
  );

  it(
    "killing the adder while it makes the file leaves none with a part of a record",
    { timeout: 120_000 },
    async () => {
      for (const afterMs of [0, 2, 1, 5, 3].slice(0, rounds(3, 5))) {
        const adder = startAdder(1);
        await adder.ready;
        await new Promise((elapsed) => setTimeout(elapsed, afterMs));
        adder.kill();
        await adder.ended;
        expect(["", `${addedLine(0)}\n`]).toContain(fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
        fs.rmSync(file, { force: true });
      }
      await startAdder(1).ended;
      const drainer = new Drainer();
      await recoverDrains(directory, { drainer });
      expectExactly([addedLine(0)]);
    },
  );
});

const addedSoFar = () =>
  fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith('{"run_id": "run_')).length;

function startAdder(runs: number) {
  const child = spawn(process.execPath, [script.file, file, String(runs)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = endOf(child);
  return {
    ended,
    kill: () => child.kill("SIGKILL"),
    ready: new Promise<void>((resolve) => child.stdout.once("data", () => resolve())),
  };
}
