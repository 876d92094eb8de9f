import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inOneFile, type OneFile } from "@/lib/testing/one-file";
import { patience, rounds } from "@/lib/testing/rounds";
import { Drainer } from "./drainer";
import { endOf, pendingLine, startAppender } from "./testing/queue-fixture";
import { recoverDrains, resolveInQueueFile } from "./write-back";

const unreadable = ["{torn", "", "[1, 2]", '{"run_id": "run_0", "status": "pending"'];
const unknownKeys =
  '{"run_id": "other", "status": "pending", "from_later": {"cost": 1.5, "__proto__": [true]}, "priority": 3}';

let script: OneFile;
beforeAll(async () => {
  script = await inOneFile("lib/thegent/files/testing/resolve-until-killed.ts");
});
afterAll(() => script.remove());

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-race-")));
  file = path.join(directory, "escalation_queue.jsonl");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

function writeQueue(runs: number): void {
  const lines = Array.from({ length: runs }, (_, run) => pendingLine(`run_${run}`));
  fs.writeFileSync(
    file,
    [...lines.slice(0, runs / 2), ...unreadable, unknownKeys, ...lines.slice(runs / 2), ""].join("\n"),
  );
}

/** Every appended line is there exactly once and byte for byte, every run is closed exactly once, and the rest is as it was. */
function expectNothingLost(runs: number, appended: number): void {
  const lines = fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
  const expected = [
    ...Array.from({ length: appended }, (_, line) => pendingLine(`late_${line}`, "h\\u00e9")),
    ...unreadable.filter((line) => line !== ""),
    unknownKeys,
  ];
  const isClosed = (line: string) =>
    /^\{"run_id": "run_\d+".*"status": "resolved", "resolved_at_utc": "[^"]+"\}$/.test(line);
  expect(lines.filter((line) => !isClosed(line)).sort()).toEqual(expected.sort());
  const closed = lines.filter(isClosed).map((line) => (JSON.parse(line) as { run_id: string }).run_id);
  expect(closed.sort()).toEqual(Array.from({ length: runs }, (_, run) => `run_${run}`).sort());
  expect(fs.readdirSync(directory)).toEqual(["escalation_queue.jsonl"]);
}

describe("while a second process appends without a pause", () => {
  const resolutions = rounds(200, 1000);

  it(
    `${resolutions} resolutions lose no line and close every run`,
    { timeout: patience(120_000, 200, 1000) },
    async () => {
      const runs = resolutions;
      writeQueue(runs);
      const drainer = new Drainer();
      const appender = startAppender(file, "late_", 10);
      for (let run = 0; run < runs; run += 1) {
        const closed = await resolveInQueueFile(
          file,
          [{ runId: `run_${run}`, word: "resolved", at: new Date(1_772_359_200_000 + run) }],
          { drainer },
        );
        expect(closed.get(`run_${run}`)).toHaveLength(1);
      }
      const appended = await appender.stop();
      await drainer.settled();
      expect(appended).toBeGreaterThan(runs / 10);
      expectNothingLost(runs, appended);
    },
  );

  it(
    "killing the resolver with signal 9, again and again, loses nothing",
    { timeout: patience(120_000, 2, 8) },
    async () => {
      const runs = 200;
      writeQueue(runs);
      const appender = startAppender(file, "late_", 5);
      for (const afterMs of [5, 90, 33, 151, 12, 61, 120, 2].slice(0, rounds(2, 8))) {
        const resolver = startResolver(runs);
        await resolver.ready;
        await new Promise((elapsed) => setTimeout(elapsed, afterMs));
        resolver.kill();
        await resolver.ended;
      }
      await startResolver(runs).ended;
      const appended = await appender.stop();
      const drainer = new Drainer();
      await recoverDrains(directory, { drainer });
      await drainer.settled();
      expectNothingLost(runs, appended);
    },
  );
});

function startResolver(runs: number) {
  const child = spawn(process.execPath, [script.file, file, String(runs)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = endOf(child);
  return {
    ended,
    kill: () => child.kill("SIGKILL"),
    ready: new Promise<void>((resolve) => child.stdout.once("data", () => resolve())),
  };
}
