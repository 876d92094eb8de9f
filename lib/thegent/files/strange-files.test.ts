import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runQueue } from "@/lib/cli/commands/queue";
import { addToQueueFile } from "./add-to-queue";
import { Drainer } from "./drainer";
import { endOverride, recordOverride, removeOverrideDrafts } from "./override-file";
import { FileRefused } from "./open-inside";
import { addedRecord, pendingLine } from "./testing/queue-fixture";
import { openVault, strangeFiles, type Vault } from "./testing/strange-files";
import { recoverDrains, resolveInQueueFile } from "./write-back";

const at = new Date("2026-03-01T10:00:00.000Z");
const override = { owner: "ana:shop", reason: "CHG-7 of the day", at, expiresAt: new Date("2026-03-02T10:00:00.000Z") };

let directory: string;
let vault: Vault;
let drainer: Drainer;
let problems: unknown[];
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "strange-")));
  vault = openVault();
  problems = [];
  drainer = new Drainer({ quietMs: 20, graceMs: 100, onProblem: (problem) => problems.push(problem) });
});
afterEach(async () => {
  await drainer.close();
  fs.rmSync(directory, { recursive: true, force: true });
  vault.close();
});

const place = (name: string) => path.join(directory, name);
const queue = () => place("escalation_queue.jsonl");
const overrides = () => place("override_registry.jsonl");
/** What stands in the directory, links not followed. */
const listing = () =>
  fs
    .readdirSync(directory)
    .sort()
    .map((name) => `${name} ${fs.lstatSync(place(name)).ino}`);

/** Every way in which the cockpit writes into a file of thegent's. */
const writes: Record<string, { name: string; write: () => Promise<unknown> }> = {
  "a resolution": {
    name: "escalation_queue.jsonl",
    write: () => resolveInQueueFile(queue(), [{ runId: "run_secret", word: "resolved", at }], { drainer }),
  },
  "an added record": {
    name: "escalation_queue.jsonl",
    write: () => addToQueueFile(queue(), [addedRecord("x")], { drainer, lookAgainMs: 5 }),
  },
  "an override": {
    name: "override_registry.jsonl",
    write: () => recordOverride(overrides(), override, { lookAgainMs: 5 }),
  },
  "an override's end": {
    name: "override_registry.jsonl",
    write: () => endOverride(overrides(), "key", at, { lookAgainMs: 5 }),
  },
};

describe("nothing is written, and a sentence says why, where the file's name is that of", () => {
  const cases = strangeFiles.flatMap((strange) =>
    Object.entries(writes).map(([written, { name, write }]) => ({ ...strange, written, name, write })),
  );
  it.each(cases)("$what: $written", async ({ put, is, name, write }) => {
    await put(place(name), vault);
    const before = listing();
    await expect(write()).rejects.toThrow(`${name} ${is}; it was left as it is.`);
    expect(listing()).toEqual(before);
    expect(vault.untouched()).toBe(true);
  });
});

describe("what bears a name of ours and is no file of ours stops nothing, and nothing of it comes into the queue:", () => {
  const names = [
    ".escalation_queue.jsonl.cockpit-held-1",
    ".escalation_queue.jsonl.cockpit-new-1",
    ".override_registry.jsonl.cockpit-new-1",
  ];
  it.each(strangeFiles.flatMap((strange) => names.map((name) => ({ ...strange, name }))))(
    "$what as $name",
    async ({ put, name }) => {
      fs.writeFileSync(queue(), `${pendingLine("a")}\n`);
      await put(place(name), vault);
      await recoverDrains(directory, { drainer });
      await removeOverrideDrafts(directory);
      await resolveInQueueFile(queue(), [{ runId: "a", word: "resolved", at }], { drainer });
      await recordOverride(overrides(), override, { lookAgainMs: 5 });
      await drainer.settled();
      const lines = fs.readFileSync(queue(), "utf8").trim().split("\n");
      expect(lines).toEqual([expect.stringContaining('"status": "resolved"')]);
      expect(problems).toEqual([]);
      expect(vault.untouched()).toBe(true);
    },
  );
});

describe("what takes the place of a held file is told once, and nothing of it comes into the queue:", () => {
  it.each(strangeFiles)("$what", async ({ put }) => {
    fs.writeFileSync(queue(), `${pendingLine("a")}\n`);
    await resolveInQueueFile(queue(), [{ runId: "a", word: "resolved", at }], { drainer });
    const [held] = fs.readdirSync(directory).filter((name) => name.includes("cockpit-held"));
    fs.rmSync(place(held!));
    await put(place(held!), vault);
    await drainer.settled();
    expect(problems).toEqual([expect.any(FileRefused)]);
    expect(fs.readFileSync(queue(), "utf8").trim().split("\n")).toEqual([
      expect.stringContaining('"status": "resolved"'),
    ]);
    expect(vault.untouched()).toBe(true);
  });
});

describe("a new file is not made with owner and rights of what", () => {
  it.each(strangeFiles)("$what leads to", async ({ put }) => {
    fs.chmodSync(vault.secret, 0o4755);
    if (process.getuid?.() === 0) fs.chownSync(vault.secret, 1234, 1234);
    await put(place("run_registry.jsonl"), vault);
    await recordOverride(overrides(), override, { lookAgainMs: 5 });
    const { uid, gid } = fs.statSync(directory);
    expect(fs.statSync(overrides())).toMatchObject({ uid, gid });
    expect(fs.statSync(overrides()).mode & 0o7111).toBe(0);
    fs.chmodSync(vault.secret, 0o600);
  });
});

describe("the queue command says what is in the way, and shows nothing of it:", () => {
  it.each(strangeFiles)("$what", async ({ put, is }) => {
    await put(queue(), vault);
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runQueue([directory], {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      now: () => at,
    });
    expect([code, out, err]).toEqual([2, [], [`${directory} has an escalation_queue.jsonl that ${is}.\n`]]);
  });
});
