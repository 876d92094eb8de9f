import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resolveLines } from "@/lib/thegent/records/queue-lines";
import { Drainer } from "./drainer";
import { replaceFile } from "./replace-file";
import { asNobody, pendingLine } from "./testing/queue-fixture";
import { recoverDrains, resolveInQueueFile } from "./write-back";

const at = new Date("2026-03-01T10:00:00.000Z");
const closedLine = (runId: string) =>
  `${pendingLine(runId).replace('"pending"}', '"resolved", "resolved_at_utc": "2026-03-01T10:00:00+00:00"}')}`;

let directory: string;
let file: string;
let drainer: Drainer;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-write-back-")));
  file = path.join(directory, "escalation_queue.jsonl");
  drainer = new Drainer({ quietMs: 20, graceMs: 100 });
});
afterEach(async () => {
  await drainer.close();
  fs.rmSync(directory, { recursive: true });
});

const write = (...lines: string[]) => fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
const read = () => fs.readFileSync(file, "utf8");
const resolve = (...runIds: string[]) =>
  resolveInQueueFile(
    file,
    runIds.map((runId) => ({ runId, word: "resolved", at })),
    { drainer },
  );
const leftovers = () => fs.readdirSync(directory).filter((name) => name.includes("cockpit"));

describe("resolving in the queue file", () => {
  it("rewrites the file as thegent would, and says what it closed", async () => {
    write(pendingLine("a"), "", "{torn", pendingLine("b"), pendingLine("a"));
    const closed = await resolve("a", "nobody");
    expect(read()).toBe(`${closedLine("a")}\n{torn\n${pendingLine("b")}\n${closedLine("a")}\n`);
    expect([...closed].map(([runId, keys]) => [runId, keys.length])).toEqual([
      ["a", 2],
      ["nobody", 0],
    ]);
    await drainer.settled();
    expect(leftovers()).toEqual([]);
  });

  it("leaves the file untouched when nothing pending matches", async () => {
    write(closedLine("a"), "", "x");
    const before = fs.statSync(file, { bigint: true });
    expect([...(await resolve("a", "b")).keys()]).toEqual(["a", "b"]);
    expect(fs.statSync(file, { bigint: true })).toEqual({
      ...before,
      atimeNs: expect.anything() as bigint,
      atimeMs: expect.anything() as bigint,
      atime: expect.anything() as Date,
    });
    expect(leftovers()).toEqual([]);
  });

  it("says the second time what it closed the first, and writes nothing", async () => {
    write(pendingLine("a"));
    const closed = await resolve("a");
    const { ino } = fs.statSync(file);
    expect(closed.get("a")).toHaveLength(1);
    expect(await resolve("a")).toEqual(closed);
    expect(fs.statSync(file).ino).toBe(ino);
  });

  it("keeps the file's mode, and finds it where the directory is a link", async () => {
    write(pendingLine("a"));
    fs.chmodSync(file, 0o640);
    const link = `${directory}-link`;
    fs.symlinkSync(directory, link);
    await resolveInQueueFile(path.join(link, "escalation_queue.jsonl"), [{ runId: "a", word: "resolved", at }], {
      drainer,
    });
    fs.rmSync(link);
    expect(read()).toBe(`${closedLine("a")}\n`);
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
  });

  it("keeps the file's owner", async () => {
    write(pendingLine("a"));
    if (process.getuid?.() === 0) fs.chownSync(file, 1234, 2345);
    const { uid, gid } = fs.statSync(file);
    await resolve("a");
    expect(fs.statSync(file)).toMatchObject({ uid, gid });
  });

  it("rewrites ten thousand lines for five hundred runs in one pass", async () => {
    const runs = Array.from({ length: 10_000 }, (_, index) => `run_${index}`);
    write(...runs.map((run) => pendingLine(run)));
    await resolve(...runs.slice(0, 500));
    expect(
      read()
        .split("\n")
        .filter((line) => line.includes('"resolved"')),
    ).toHaveLength(500);
    expect(read().split("\n")).toHaveLength(10_001);
  });
});

describe("a torn last line", () => {
  it("is waited for, and not split when its rest comes at once", async () => {
    const [start, rest] = [pendingLine("b").slice(0, 100), pendingLine("b").slice(100)];
    fs.writeFileSync(file, `${pendingLine("a")}\n${start}`);
    const done = resolve("a");
    fs.appendFileSync(file, `${rest}\n`);
    await done;
    expect(read()).toBe(`${closedLine("a")}\n${pendingLine("b")}\n`);
  });

  it("is kept and ended, as by thegent, when its rest does not come", async () => {
    fs.writeFileSync(file, `${pendingLine("a")}\n{"run_id": "b", "rea`);
    await resolve("a");
    expect(read()).toBe(`${closedLine("a")}\n{"run_id": "b", "rea\n`);
    await drainer.settled();
    expect(read()).toBe(`${closedLine("a")}\n{"run_id": "b", "rea\n`);
  });

  it("is added as a whole when its rest comes too late", async () => {
    const line = pendingLine("b");
    fs.writeFileSync(file, `${pendingLine("a")}\n${line.slice(0, 100)}`);
    const fd = fs.openSync(file, "a");
    await resolve("a");
    fs.writeSync(fd, `${line.slice(100)}\n`);
    fs.closeSync(fd);
    await drainer.settled();
    expect(read()).toBe(`${closedLine("a")}\n${line.slice(0, 100)}\n${line}\n`);
  });

  it("is a line like any other when it only lacks its ending", async () => {
    fs.writeFileSync(file, pendingLine("a"));
    await resolve("a");
    expect(read()).toBe(`${closedLine("a")}\n`);
  });
});

describe("late writers", () => {
  it("who had the file open lose nothing, long after it was replaced", async () => {
    drainer = new Drainer({ quietMs: 20, graceMs: 2000 });
    write(pendingLine("a"));
    const fd = fs.openSync(file, "a");
    await resolve("a");
    await new Promise((tick) => setTimeout(tick, 300));
    fs.writeSync(fd, `${pendingLine("late")}\n`);
    fs.closeSync(fd);
    await drainer.settled();
    expect(read()).toBe(`${closedLine("a")}\n${pendingLine("late")}\n`);
    expect(leftovers()).toEqual([]);
  });

  it("who rewrote the file in place after it was copied lose no resolution", async () => {
    write(pendingLine("a"), pendingLine("b"));
    const fd = fs.openSync(file, "r+");
    await resolve("a");
    fs.ftruncateSync(fd);
    fs.writeSync(
      fd,
      `${pendingLine("a")}\n${closedLine("b").replace('"resolved"', '"approved"')}\n${pendingLine("c")}\n`,
      0,
    );
    fs.closeSync(fd);
    await drainer.settled();
    expect(read()).toBe(
      `${closedLine("a")}\n${closedLine("b").replace('"resolved"', '"approved"')}\n${pendingLine("c")}\n`,
    );
  });
});

describe("a line that is added while the new file is being made", () => {
  it("is in the new file from its first moment, so that nobody reads it without", async () => {
    write(pendingLine("a"));
    const held = await replaceFile(file, (content) => {
      fs.appendFileSync(file, `${pendingLine("late")}\n`);
      return resolveLines(content, [{ runId: "a", word: "resolved", at }]).content;
    });
    expect(read()).toBe(`${closedLine("a")}\n${pendingLine("late")}\n`);
    await drainer.take(held!);
    await drainer.settled();
    expect(read()).toBe(`${closedLine("a")}\n${pendingLine("late")}\n`);
  });

  it("and that thegent's own rewrite takes away after it was carried over is added again", async () => {
    write(pendingLine("a"));
    const fd = fs.openSync(file, "a");
    await resolve("a");
    const withoutIt = read();
    fs.writeSync(fd, `${pendingLine("late")}\n`);
    fs.closeSync(fd);
    await vi.waitFor(() => expect(read()).toContain('"late"'));
    fs.writeFileSync(file, withoutIt);
    await drainer.settled();
    expect(read()).toBe(`${closedLine("a")}\n${pendingLine("late")}\n`);
  });

  it("is added once when thegent's own rewrite has carried it over already", async () => {
    write(pendingLine("a"));
    const fd = fs.openSync(file, "a");
    await resolve("a");
    fs.writeSync(fd, `${pendingLine("late")}\n`);
    fs.closeSync(fd);
    write(pendingLine("late"), closedLine("a"));
    await drainer.settled();
    expect(read()).toBe(`${pendingLine("late")}\n${closedLine("a")}\n`);
  });

  it("is given up, with a word, when it is taken away again and again", async () => {
    const problems: unknown[] = [];
    drainer = new Drainer({ quietMs: 20, graceMs: 100, onProblem: (error) => problems.push(error) });
    write(pendingLine("a"));
    const fd = fs.openSync(file, "a");
    await resolve("a");
    const withoutIt = read();
    fs.writeSync(fd, `${pendingLine("late")}\n`);
    fs.closeSync(fd);
    const taking = setInterval(() => fs.writeFileSync(file, withoutIt), 5);
    await drainer.settled();
    clearInterval(taking);
    expect(problems).toEqual([
      new Error("escalation_queue.jsonl keeps being rewritten by others without the late lines."),
    ]);
    expect(leftovers()).toEqual([]);
  }, 30_000);
});

describe("a file into which late lines cannot be carried", () => {
  it("is tried again ever more seldom, said once, and given them when it can be", async () => {
    const problems: unknown[] = [];
    drainer = new Drainer({ quietMs: 20, graceMs: 100, onProblem: (error) => problems.push(error) });
    write(pendingLine("a"), pendingLine("b"));
    const late = fs.openSync(file, "a");
    await resolve("a");
    fs.renameSync(file, `${file}.aside`);
    const looked = vi.spyOn(fs, "lstatSync");
    fs.writeSync(late, `${pendingLine("late")}\n`);
    await new Promise((tried) => setTimeout(tried, 1200));
    const tries = looked.mock.calls.filter(([name]) => String(name).endsWith("/escalation_queue.jsonl")).length;
    looked.mockRestore();
    expect(tries).toBeGreaterThan(0);
    expect(tries).toBeLessThan(7);
    expect(problems).toHaveLength(1);
    expect(drainer.trouble).toBe(
      "What others added to escalation_queue.jsonl while it was written is kept beside it, but not in it yet: escalation_queue.jsonl does not exist; it was left as it is.",
    );

    fs.renameSync(`${file}.aside`, file);
    await vi.waitFor(
      () => expect(read()).toBe(`${closedLine("a")}\n${pendingLine("b")}\n${pendingLine("late")}\n`),
      10_000,
    );
    await vi.waitFor(() => expect(drainer.trouble).toBeNull(), 10_000);
    fs.closeSync(late);
    await drainer.settled();
    expect(leftovers()).toEqual([]);
  });
});

describe("after a crash", () => {
  const held = () => path.join(directory, ".escalation_queue.jsonl.cockpit-held-1");

  it("adds the lines that came late, once, and removes what was left", async () => {
    write(closedLine("a"), pendingLine("b"));
    fs.writeFileSync(held(), `${pendingLine("a")}\n${pendingLine("b")}\n${pendingLine("late")}\n`);
    fs.writeFileSync(path.join(directory, ".escalation_queue.jsonl.cockpit-new-2"), "half");
    expect(await recoverDrains(directory, { drainer })).toBe(2);
    await drainer.settled();
    expect(read()).toBe(`${closedLine("a")}\n${pendingLine("b")}\n${pendingLine("late")}\n`);
    expect(leftovers()).toEqual([]);
    fs.writeFileSync(held(), `${pendingLine("late")}\n`);
    await recoverDrains(directory, { drainer });
    await drainer.settled();
    expect(read().match(/"run_id": "late"/g)).toHaveLength(1);
  });

  it("before the replacement, only forgets the second name", async () => {
    write(pendingLine("a"));
    fs.linkSync(file, held());
    await recoverDrains(directory, { drainer });
    expect(leftovers()).toEqual([]);
    expect(read()).toBe(`${pendingLine("a")}\n`);
  });

  it("finds nothing in a directory without a queue", async () => {
    expect(await recoverDrains(path.join(directory, "nowhere"), { drainer })).toBe(0);
  });
});

describe("when the file cannot be written", () => {
  it("says so and leaves all as it was: a missing file", async () => {
    await expect(resolve("a")).rejects.toThrow("escalation_queue.jsonl does not exist; it was left as it is.");
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  it("says so and leaves all as it was: no right to write", async () => {
    write(pendingLine("a"));
    fs.chmodSync(directory, 0o555);
    await asNobody(() =>
      expect(resolve("a")).rejects.toThrow("escalation_queue.jsonl may not be written by this account"),
    );
    fs.chmodSync(directory, 0o777);
    fs.chmodSync(file, 0o444);
    await asNobody(() =>
      expect(resolve("a")).rejects.toThrow(/escalation_queue.jsonl (may not be written|belongs to another account)/),
    );
    expect(read()).toBe(`${pendingLine("a")}\n`);
    expect(leftovers()).toEqual([]);
  });

  it("says so and leaves all as it was: no room for the new file's name", async () => {
    file = path.join(directory, `${"q".repeat(240)}.jsonl`);
    write(pendingLine("a"));
    await expect(resolve("a")).rejects.toThrow("cannot be written (ENAMETOOLONG)");
    expect(read()).toBe(`${pendingLine("a")}\n`);
  });

  it("refuses a word that would leave the record open", async () => {
    write(pendingLine("a"));
    await expect(resolveInQueueFile(file, [{ runId: "a", word: "pending", at }], { drainer })).rejects.toThrow(
      '"pending" does not close a record',
    );
  });
});
