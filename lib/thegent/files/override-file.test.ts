import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newOverrideKey, overrideLine } from "@/lib/thegent/records/override-record";
import { endOverride, recordOverride, removeOverrideDrafts } from "./override-file";
import { QueueWriteError } from "./replace-file";
import { honours, microsAt } from "./testing/honours";
import { overrideOf, thegentsLine } from "./testing/override-fixture";
import { asNobody } from "./testing/queue-fixture";

const noon = new Date("2026-03-01T12:00:00.500Z");
const lineOf = (...args: Parameters<typeof overrideOf>) => overrideLine(overrideOf(...args)).toString("latin1");
const endedLine = lineOf().replace("2026-03-02T09:00:00", "2026-03-01T12:00:00");
const key = newOverrideKey(overrideOf());
const others = `${thegentsLine("ana:shop")}\n\n{torn\n${thegentsLine("b")}\n`;

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-override-")));
  file = path.join(directory, "override_registry.jsonl");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const read = () => fs.readFileSync(file, "utf8");
const record = (...args: Parameters<typeof overrideOf>) =>
  recordOverride(file, overrideOf(...args), { lookAgainMs: 5 });
const end = (at = noon, lookAgainMs = 5) => endOverride(file, key, at, { lookAgainMs });
const isHonoured = (at = noon, owner = "ana:shop") => honours(fs.readFileSync(file), owner, microsAt(at));

describe("recording an override", () => {
  it("appends the line as thegent writes it, touches nothing else, and thegent honours it until it expires", async () => {
    fs.writeFileSync(file, others);
    await record({ owner: "李雷:数据管道" });
    expect(read()).toBe(others + lineOf({ owner: "李雷:数据管道" }));
    expect(isHonoured(noon, "李雷:数据管道")).toBe(true);
    expect(isHonoured(overrideOf().expiresAt, "李雷:数据管道")).toBe(false);
  });

  it("adds no second line when it is repeated, at once, later, or after it was ended", async () => {
    await Promise.all([record(), record(), record()]);
    await record();
    expect(read()).toBe(lineOf());
    await end();
    await record();
    expect(read()).toBe(endedLine);
  });

  it("makes a missing file like thegent's run registry", async () => {
    fs.writeFileSync(path.join(directory, "run_registry.jsonl"), "", { mode: 0o640 });
    await record();
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(fs.readdirSync(directory).sort()).toEqual(["override_registry.jsonl", "run_registry.jsonl"]);
  });

  it("ends a last line that nobody ends", async () => {
    fs.writeFileSync(file, '{"owner": "b", "rea');
    await record();
    expect(read()).toBe(`{"owner": "b", "rea\n${lineOf()}`);
  });
});

describe("ending an override", () => {
  it("changes digits of its expiry in the same file and nothing else, and thegent stops honouring it", async () => {
    fs.writeFileSync(file, others.replaceAll("ana:shop", "c") + lineOf() + thegentsLine("last"));
    fs.chmodSync(file, 0o640);
    const { ino, mode, size } = fs.statSync(file);
    expect(isHonoured()).toBe(true);
    expect(await end()).toBe("ended");
    expect(read()).toBe(others.replaceAll("ana:shop", "c") + endedLine + thegentsLine("last"));
    expect(fs.statSync(file)).toMatchObject({ ino, mode, size });
    expect(fs.readdirSync(directory)).toEqual(["override_registry.jsonl"]);
    expect(isHonoured()).toBe(false);
    expect(isHonoured(new Date(noon.getTime() - 1000))).toBe(true);
  });

  it("is harmless to repeat, and never makes an override longer", async () => {
    await record();
    expect(await end()).toBe("ended");
    expect(await end()).toBe("was over");
    expect(await end(new Date("2026-03-01T13:00:00Z"))).toBe("was over");
    expect(read()).toBe(endedLine);
    expect(await end(new Date("2026-03-01T11:00:00.500Z"))).toBe("ended");
    expect(read()).toBe(endedLine.replace("T12:00:00.25", "T11:00:00.25"));
  });

  it("leaves another live override of the owner, for which thegent goes on honouring them", async () => {
    await record();
    await record({ reason: "another" });
    expect(await end()).toBe("ended");
    expect(isHonoured()).toBe(true);
    expect(await endOverride(file, newOverrideKey(overrideOf({ reason: "another" })), noon, { lookAgainMs: 5 })).toBe(
      "ended",
    );
    expect(isHonoured()).toBe(false);
  });

  it("says when the override or the file is not there", async () => {
    expect(await end()).toBe("not found");
    fs.writeFileSync(file, others);
    expect(await end()).toBe("not found");
    expect(read()).toBe(others);
  });
});

describe("others who change the file just then", () => {
  const ended = async () => {
    while (!read().includes(endedLine)) await nextTurn();
  };

  it("cannot undo the end by putting another file in its place", async () => {
    fs.writeFileSync(file, lineOf());
    const done = end(noon, 400);
    await ended();
    fs.writeFileSync(`${file}.new`, others + lineOf());
    fs.renameSync(`${file}.new`, file);
    expect(await done).toBe("ended");
    expect(read()).toBe(others + endedLine);
  });

  it("cannot undo it by writing back in place what they read before", async () => {
    fs.writeFileSync(file, lineOf());
    const done = end(noon, 400);
    await ended();
    fs.writeFileSync(file, lineOf() + others);
    expect(await done).toBe("ended");
    expect(read()).toBe(endedLine + others);
  });

  it("are named when they never let it be", async () => {
    fs.writeFileSync(file, lineOf());
    let isOver = false;
    const done = end().finally(() => (isOver = true));
    const restoring = (async () => {
      for (; !isOver; await nextTurn()) if (read() !== lineOf()) fs.writeFileSync(file, lineOf());
    })();
    await expect(done).rejects.toThrow(
      "override_registry.jsonl keeps being rewritten by others with the override unended.",
    );
    await restoring;
  });
});

describe("when it cannot be done, a sentence says why and all is as it was", () => {
  const refused = async (work: Promise<unknown>, sentence: string) => {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QueueWriteError);
    expect((error as Error).message).toBe(sentence);
  };

  it("an override that thegent would not honour as it was said", () =>
    refused(record({ owner: "" }), "An override needs an owner. override_registry.jsonl was left as it is."));

  it("an end in no year", async () => {
    await record();
    await refused(
      end(new Date(Number.NaN)),
      "The end does not lie in the years 2000 to 2199. override_registry.jsonl was left as it is.",
    );
    expect(read()).toBe(lineOf());
  });

  it("no directory, of which it cannot be said that the override is not there", async () => {
    file = path.join(directory, "nowhere", "override_registry.jsonl");
    const sentence = "The directory of override_registry.jsonl does not exist; nothing was written.";
    await refused(record(), sentence);
    await refused(end(), sentence);
  });

  it("no right to write the file", async () => {
    fs.writeFileSync(file, lineOf(), { mode: 0o444 });
    fs.chmodSync(directory, 0o755);
    await asNobody(() =>
      refused(end(), "override_registry.jsonl may not be written by this account; it was left as it is."),
    );
    expect(read()).toBe(lineOf());
  });
});

it("removes the drafts of a killed process, and nothing else", async () => {
  const names = [".escalation_queue.jsonl.cockpit-new-1", "override_registry.jsonl"];
  for (const name of [...names, ".override_registry.jsonl.cockpit-new-1"])
    fs.writeFileSync(path.join(directory, name), "");
  const strange = ".override_registry.jsonl.cockpit-new-2";
  fs.mkdirSync(path.join(directory, strange));
  await removeOverrideDrafts(directory);
  expect(fs.readdirSync(directory).sort()).toEqual([names[0], strange, names[1]]);
});
