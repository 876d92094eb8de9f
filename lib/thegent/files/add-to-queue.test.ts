import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { queueRecordLine } from "@/lib/thegent/records/new-record";
import { addToQueueFile } from "./add-to-queue";
import { Drainer } from "./drainer";
import { QueueWriteError } from "./replace-file";
import { addedRecord, asNobody, pendingLine } from "./testing/queue-fixture";
import { resolveInQueueFile } from "./write-back";

const lineOf = (...args: Parameters<typeof addedRecord>) => queueRecordLine(addedRecord(...args)).toString("latin1");

let directory: string;
let file: string;
let drainer: Drainer;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-add-")));
  file = path.join(directory, "escalation_queue.jsonl");
  drainer = new Drainer({ quietMs: 20, graceMs: 100 });
});
afterEach(async () => {
  await drainer.close();
  fs.rmSync(directory, { recursive: true });
});

const read = () => fs.readFileSync(file, "utf8");
const add = (...runIds: string[]) =>
  addToQueueFile(
    file,
    runIds.map((runId) => addedRecord(runId)),
    { drainer, lookAgainMs: 5 },
  );
const written = async (text: string) => {
  while (!read().includes(text)) await nextTurn();
};

describe("adding to the queue file", () => {
  it("appends the lines as thegent writes them, and touches nothing else", async () => {
    const before = `${pendingLine("a")}\n\n{torn\n${pendingLine("b")}\n`;
    fs.writeFileSync(file, before);
    await add("x", "y");
    expect(read()).toBe(before + lineOf("x") + lineOf("y"));
    expect(fs.readdirSync(directory)).toEqual(["escalation_queue.jsonl"]);
  });

  it("adds no second line when it is repeated, also with others", async () => {
    fs.writeFileSync(file, "");
    await add("x");
    await add("x", "y");
    await Promise.all([add("x", "z"), add("z", "y"), add("z")]);
    expect(read()).toBe(lineOf("x") + lineOf("y") + lineOf("z"));
  });

  it("adds no second line when the record was resolved meanwhile", async () => {
    fs.writeFileSync(file, "");
    await add("x");
    await resolveInQueueFile(file, [{ runId: "x", word: "approved", at: new Date("2026-03-01T10:00:00Z") }], {
      drainer,
    });
    await add("x");
    expect(read()).toBe(
      lineOf("x").replace('"pending"}', '"approved", "resolved_at_utc": "2026-03-01T10:00:00+00:00"}'),
    );
  });

  it("adds a second record of the same run when it says something else", async () => {
    await add("x");
    await addToQueueFile(file, [addedRecord("x", { reason: "Again" })], { drainer, lookAgainMs: 5 });
    expect(read()).toBe(lineOf("x") + lineOf("x", { reason: "Again" }));
  });

  it("leaves mode and owner alone", async () => {
    fs.writeFileSync(file, `${pendingLine("a")}\n`);
    fs.chmodSync(file, 0o640);
    const { ino, mode, uid } = fs.statSync(file);
    await add("x");
    expect(read()).toBe(`${pendingLine("a")}\n${lineOf("x")}`);
    expect(fs.statSync(file)).toMatchObject({ ino, mode, uid });
  });

  it("does nothing for no records", async () => {
    await add();
    expect(fs.readdirSync(directory)).toEqual([]);
  });
});

describe("a last line without its ending", () => {
  it("is waited for, and not cut when its rest comes", async () => {
    const line = `${pendingLine("b")}\n`;
    fs.writeFileSync(file, line.slice(0, 100));
    const done = add("x");
    fs.appendFileSync(file, line.slice(100));
    await done;
    expect(read()).toBe(line + lineOf("x"));
  });

  it.each([
    ["torn", '{"run_id": "b", "rea'],
    ["whole", pendingLine("b")],
  ])("is ended when nobody ends it: %s", async (_, last) => {
    fs.writeFileSync(file, `${pendingLine("a")}\n${last}`);
    await add("x");
    expect(read()).toBe(`${pendingLine("a")}\n${last}\n${lineOf("x")}`);
  });
});

describe("a file that is not there", () => {
  it("is made like thegent's run registry, in one step", async () => {
    const registry = path.join(directory, "run_registry.jsonl");
    fs.writeFileSync(registry, "");
    fs.chmodSync(registry, 0o664);
    if (process.getuid?.() === 0) fs.chownSync(registry, 1234, 2345);
    await add("x", "y");
    expect(read()).toBe(lineOf("x") + lineOf("y"));
    const { mode, uid, gid } = fs.statSync(registry);
    expect(fs.statSync(file)).toMatchObject({ mode, uid, gid });
    expect(fs.readdirSync(directory).sort()).toEqual(["escalation_queue.jsonl", "run_registry.jsonl"]);
  });

  it.each([
    [0o700, 0o600],
    [0o770, 0o660],
    [0o755, 0o644],
  ])("is made as the directory tells when that is all there is: %o", async (ofDirectory, ofFile) => {
    fs.chmodSync(directory, ofDirectory);
    await add("x");
    expect(fs.statSync(file).mode & 0o7777).toBe(ofFile);
  });

  it("is not made over one that thegent makes at the same moment", async () => {
    const done = add("x");
    fs.writeFileSync(file, `${pendingLine("a")}\n`, { flag: "ax" });
    await done;
    expect(read()).toBe(`${pendingLine("a")}\n${lineOf("x")}`);
  });
});

describe("others who change the file just then", () => {
  const addPatiently = () => addToQueueFile(file, [addedRecord("x")], { drainer, lookAgainMs: 400 });

  it("cannot lose the record by writing back in place what they read before, as thegent's resolve does", async () => {
    fs.writeFileSync(file, `${pendingLine("a")}\n`);
    const done = addPatiently();
    await written('"x"');
    fs.writeFileSync(file, `${pendingLine("rewritten")}\n`);
    await done;
    expect(read()).toBe(`${pendingLine("rewritten")}\n${lineOf("x")}`);
  });

  it("cannot lose it by putting another file in its place", async () => {
    fs.writeFileSync(file, `${pendingLine("a")}\n`);
    const done = addPatiently();
    await written('"x"');
    fs.writeFileSync(`${file}.new`, `${pendingLine("replaced")}\n`);
    fs.renameSync(`${file}.new`, file);
    await done;
    expect(read()).toBe(`${pendingLine("replaced")}\n${lineOf("x")}`);
  });

  it("do not make it double when they resolve it", async () => {
    fs.writeFileSync(file, "");
    const done = addPatiently();
    await written('"x"');
    await resolveInQueueFile(file, [{ runId: "x", word: "resolved", at: new Date(0) }], { drainer });
    await done;
    expect(read().match(/"run_id": "x"/g)).toHaveLength(1);
    expect(read()).toContain('"status": "resolved"');
  });

  it("are named when they never let it be", async () => {
    fs.writeFileSync(file, "");
    let isOver = false;
    const done = add("x").finally(() => (isOver = true));
    const rewriting = (async () => {
      for (; !isOver; await nextTurn()) fs.writeFileSync(file, "");
    })();
    await expect(done).rejects.toThrow(
      "escalation_queue.jsonl keeps being rewritten by others without the new records.",
    );
    await rewriting;
  });
});

describe("when the record cannot be added, a sentence says why and all is as it was", () => {
  const refused = async (sentence: string | RegExp, ...runIds: string[]) => {
    const error: unknown = await add(...(runIds.length ? runIds : ["x"])).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QueueWriteError);
    expect((error as Error).message).toMatch(sentence);
  };

  it("no directory", async () => {
    file = path.join(directory, "nowhere", "escalation_queue.jsonl");
    await refused("The directory of escalation_queue.jsonl does not exist; nothing was written.");
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  it("no right to write the file", async () => {
    fs.writeFileSync(file, `${pendingLine("a")}\n`, { mode: 0o444 });
    fs.chmodSync(directory, 0o777);
    await asNobody(() => refused("escalation_queue.jsonl may not be written by this account; it was left as it is."));
    expect(read()).toBe(`${pendingLine("a")}\n`);
  });

  it("no right to make the file", async () => {
    fs.chmodSync(directory, 0o555);
    await asNobody(() => refused("escalation_queue.jsonl may not be written by this account; it was left as it is."));
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.geteuid?.() !== 0)(
    "no right to make it so that thegent, under another account, could write it",
    async () => {
      fs.chmodSync(directory, 0o777);
      await asNobody(() =>
        refused(
          "escalation_queue.jsonl cannot be made so that thegent may write it, because its directory belongs to another account.",
        ),
      );
      expect(fs.readdirSync(directory)).toEqual([]);
    },
  );

  it("a directory that may not be written does no harm when the file may", async () => {
    fs.writeFileSync(file, "");
    fs.chmodSync(file, 0o666);
    fs.chmodSync(directory, 0o555);
    await asNobody(() => add("x"));
    expect(read()).toBe(lineOf("x"));
    fs.chmodSync(directory, 0o755);
  });

  it("too long a name", async () => {
    file = path.join(directory, `${"q".repeat(260)}.jsonl`);
    await refused(/cannot be written \(ENAMETOOLONG\); it was left as it is\.$/);
  });

  it("a record that could not be read back", async () => {
    await refused("A record needs a run. escalation_queue.jsonl was left as it is.", "x", "");
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  it("room for only a part of it, as on a full disk", () => {
    const before = `${pendingLine("a")}\n`.repeat(7);
    fs.writeFileSync(file, before);
    const script = path.join(import.meta.dirname, "testing/add-until-killed.ts");
    // The limit of a process's files, in 1024 bytes, is what comes nearest to a disk with so much room.
    const limit = Math.ceil(before.length / 1024);
    expect(limit * 1024 - before.length).toBeGreaterThan(0);
    expect(limit * 1024 - before.length).toBeLessThan(lineOf("run_0").length);
    const { stdout } = spawnSync(
      "bash",
      ["-c", `ulimit -f ${limit}; exec "$@"`, "bash", process.execPath, "--import", "tsx", script, file, "1"],
      { encoding: "utf8", env: { ...process.env, TSX_DISABLE_CACHE: "1" } },
    );
    expect(stdout).toBe(
      "ready\nescalation_queue.jsonl took only a part of the new records, as with a full disk; it was left as it is.\n",
    );
    expect(read()).toBe(before);
  });
});
