import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { patience, rounds } from "@/lib/testing/rounds";
import { Drainer } from "./drainer";
import { startAdding, startResolving, type Span } from "./testing/live-thegent";
import { pendingLine } from "./testing/queue-fixture";
import { resolveInQueueFile } from "./write-back";

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-carry-")));
  file = path.join(directory, "escalation_queue.jsonl");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const [ours, theirs] = [rounds(800, 3_000), 300];
/** So much was tried by the others while we were at it. */
const wanted = { added: rounds(200, 2_000), rewrites: rounds(10, 100) };
const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

it(
  "while three processes add and one resolves as thegent does, resolving beside them loses no line but what thegent's own resolve loses without us",
  { timeout: patience(120_000, 200, 2_000) },
  async () => {
    const lines = [
      ...Array.from({ length: ours }, (_, nth) => pendingLine(`ours_${nth}`)),
      ...Array.from({ length: theirs }, (_, nth) => pendingLine(`theirs_${nth}`)),
    ];
    fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    const drainer = new Drainer();
    const adding = ["a_", "b_", "c_"].map((prefix) => startAdding(file, prefix, 8));
    const resolving = startResolving(file, "theirs_", 40);
    const count = (text: RegExp) => fs.readFileSync(file, "utf8").match(text)?.length ?? 0;
    const enough = () => count(/"run_id": "[abc]_/g) > wanted.added && count(/"status": "approved"/g) > wanted.rewrites;
    for (let nth = 0; nth < ours && (nth % 10 || !enough()); nth += 1) {
      await resolveInQueueFile(
        file,
        [{ runId: `ours_${nth}`, word: "resolved", at: new Date(1_772_359_200_000 + nth) }],
        { drainer },
      );
      await pause(Math.random() * 6);
    }
    const added = (await Promise.all(adding.map((one) => one.stop()))).flat();
    const rewrites = await resolving.stop();
    await drainer.settled();
    const left = new Set([...fs.readFileSync(file, "utf8").matchAll(/"run_id": "([^"]*)"/g)].map(([, runId]) => runId));
    const lost = added.filter(({ what }) => !left.has(what));
    // What is added while thegent reads and rewrites the file is lost to thegent's own rewrite, whether we are there or not.
    expect(lost.filter((one) => !rewrites.some((rewrite) => overlap(one, rewrite)))).toEqual([]);
    expect(added.length).toBeGreaterThan(wanted.added);
    expect(rewrites.length).toBeGreaterThan(wanted.rewrites);
  },
);
