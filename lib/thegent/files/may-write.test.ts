/** Whoever may not write any more changes nothing, whatever they had begun: another process writes there by now. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newOverrideKey, overrideLine } from "@/lib/thegent/records/override-record";
import { addToQueueFile } from "./add-to-queue";
import { Drainer } from "./drainer";
import { endOverride, recordOverride } from "./override-file";
import { heldPrefix } from "./own-names";
import { QueueWriteError } from "./replace-file";
import { overrideOf, thegentsLine } from "./testing/override-fixture";
import { addedRecord, pendingLine } from "./testing/queue-fixture";
import { recoverDrains, resolveInQueueFile } from "./write-back";

let directory: string;
let queue: string;
let overrides: string;
let may: boolean;
let drainer: Drainer;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-may-")));
  queue = path.join(directory, "escalation_queue.jsonl");
  overrides = path.join(directory, "override_registry.jsonl");
  fs.writeFileSync(queue, `${pendingLine("run_a")}\n`);
  fs.writeFileSync(overrides, Buffer.concat([overrideLine(overrideOf()), Buffer.from(`${thegentsLine("b")}\n`)]));
  may = false;
  drainer = new Drainer({ quietMs: 20, graceMs: 100, mayWrite });
});
afterEach(async () => {
  await drainer.close();
  fs.rmSync(directory, { recursive: true });
});

function mayWrite(): void {
  if (!may) throw new QueueWriteError("Another worker writes here by now.");
}
const everything = () =>
  fs
    .readdirSync(directory)
    .sort()
    .map((name) => [name, fs.readFileSync(path.join(directory, name), "utf8")]);
const at = new Date("2026-03-01T12:00:00.500Z");

const writes: [string, () => Promise<unknown>][] = [
  ["resolves a record", () => resolveInQueueFile(queue, [{ runId: "run_a", word: "resolved", at }], { drainer })],
  ["adds a record", () => addToQueueFile(queue, [addedRecord("run_b")], { drainer, lookAgainMs: 5 })],
  [
    "makes the queue file",
    () => addToQueueFile(path.join(directory, "another.jsonl"), [addedRecord("run_b")], { drainer, lookAgainMs: 5 }),
  ],
  ["records an override", () => recordOverride(overrides, overrideOf({ owner: "c" }), { mayWrite, lookAgainMs: 5 })],
  ["ends an override", () => endOverride(overrides, newOverrideKey(overrideOf()), at, { mayWrite, lookAgainMs: 5 })],
];

it.each(writes)("nobody %s who may not, and whoever may does", async (_, write) => {
  const before = everything();
  await expect(write()).rejects.toThrow("Another worker writes here by now.");
  expect(everything()).toEqual(before);
  may = true;
  await write();
  expect(everything()).not.toEqual(before);
});

it("what another left beside the queue is taken up by whoever may, and left alone by whoever may not", async () => {
  fs.writeFileSync(path.join(directory, `${heldPrefix(queue)}x`), `${pendingLine("run_late")}\n`);
  const before = everything();
  await expect(recoverDrains(directory, { drainer })).rejects.toThrow("Another worker writes here by now.");
  expect(everything()).toEqual(before);
  may = true;
  await recoverDrains(directory, { drainer });
  expect(fs.readFileSync(queue, "utf8")).toContain("run_late");
});

it("late lines that came into a replaced file stay in it for whoever may carry them", async () => {
  may = true;
  const late = fs.openSync(queue, "a");
  await resolveInQueueFile(queue, [{ runId: "run_a", word: "resolved", at }], { drainer });
  may = false;
  fs.writeSync(late, `${pendingLine("run_late")}\n`);
  fs.closeSync(late);
  await pause(400);
  await drainer.close();
  expect(fs.readFileSync(queue, "utf8")).not.toContain("run_late");
  may = true;
  const next = new Drainer({ quietMs: 20, graceMs: 100 });
  await recoverDrains(directory, { drainer: next });
  await next.settled();
  await next.close();
  expect(fs.readFileSync(queue, "utf8").match(/run_late/g)).toHaveLength(1);
  expect(fs.readdirSync(directory).sort()).toEqual(["escalation_queue.jsonl", "override_registry.jsonl"]);
});
