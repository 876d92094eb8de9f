import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePythonJson } from "@/lib/thegent/python/json";
import { parsePythonTime } from "@/lib/thegent/python/time";
import { isObject, type JsonObject } from "@/lib/thegent/python/value";
import { escalateList } from "@/lib/thegent/records/escalate-list";
import { findFormat } from "@/lib/thegent/records/formats";
import { textOf } from "@/lib/thegent/records/reading";
import { recordHash, recordSignature } from "@/lib/thegent/records/registry-hash";
import { copyShifted } from "./shift-sample";

const sample = "samples/session";
const now = new Date("2031-07-04T12:34:56.789Z");

let directory: string;
beforeAll(async () => {
  directory = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-shift-")), "copy");
  await copyShifted(sample, directory, now);
});
afterAll(() => fs.rmSync(path.dirname(directory), { recursive: true }));

it("a link in what is copied stays a link, and what it leads to stays as it is", async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-shift-"));
  const [from, elsewhere] = [path.join(home, "from"), path.join(home, "elsewhere.jsonl")];
  const line = '{"timestamp": "2026-03-01T09:00:00+00:00"}\n';
  fs.mkdirSync(from);
  for (const file of [elsewhere, path.join(from, "run_registry.jsonl")]) fs.writeFileSync(file, line);
  fs.symlinkSync(elsewhere, path.join(from, "link.jsonl"));
  await copyShifted(from, path.join(home, "copy"), now);
  expect(fs.readFileSync(elsewhere, "utf8")).toBe(line);
  fs.rmSync(home, { recursive: true });
});

const read = (line: string): JsonObject => {
  const value = parsePythonJson(line);
  if (!isObject(value)) throw new Error("not an object");
  return value;
};
const linesOf = (folder: string, file: string) =>
  fs.readFileSync(path.join(folder, file), "utf8").trimEnd().split("\n");
const filesOf = (folder: string) => (fs.readdirSync(folder, { recursive: true }) as string[]).sort();
const micros = (text: string) => parsePythonTime(text)?.micros ?? Number.NaN;
const timesOf = (folder: string, file: string) =>
  [...fs.readFileSync(path.join(folder, file), "utf8").matchAll(/"(\w+)": ?"(\d{4}-\d\d-\d\dT[^"]+)"/g)].map(
    ([, key = "", time = ""]) => ({ key, micros: micros(time) }),
  );
const dataFiles = () => filesOf(sample).filter((file) => findFormat(file) !== null);

describe("the sample, moved to now", () => {
  it("has the same files", () => {
    expect(filesOf(directory)).toEqual(filesOf(sample));
    const rc = filesOf(sample).find((file) => file.endsWith(".rc")) ?? "";
    expect(fs.readFileSync(path.join(directory, rc))).toEqual(fs.readFileSync(path.join(sample, rc)));
  });

  it("has its newest event at now, and nothing but deadlines and expiries after it", () => {
    const times = dataFiles().flatMap((file) => timesOf(directory, file));
    const events = times.filter(({ key }) => key !== "escalate_by_utc" && key !== "expires_at_utc");
    expect(events.reduce((newest, time) => Math.max(newest, time.micros), 0)).toBe(now.getTime() * 1000);
  });

  it("keeps every distance in time", () => {
    const shifts = dataFiles().flatMap((file) => {
      const copied = timesOf(directory, file);
      return timesOf(sample, file).map((time, index) => (copied[index]?.micros ?? 0) - time.micros);
    });
    expect(shifts.length).toBeGreaterThan(1000);
    expect(new Set(shifts).size).toBe(1);
  });

  it("has a registry whose chain, hashes and signatures hold, line by line", () => {
    const records = linesOf(directory, "run_registry.jsonl").map(read);
    expect(records).toHaveLength(483);
    for (const [index, record] of records.entries()) {
      expect(record.get("hash")).toBe(recordHash(record));
      expect(record.get("prev_hash") ?? null).toBe(records[index - 1]?.get("hash") ?? null);
      if (record.get("signature") && record.get("event") !== "finish")
        expect(record.get("signature")).toBe(recordSignature(record));
    }
  });

  it("changes no text but times, hashes and signatures", () => {
    const neutral = (line: string) => line.replace(/\d{4}-\d\d-\d\dT[^"]*/g, "T").replace(/[0-9a-f]{64}/g, "H");
    for (const file of dataFiles().filter((name) => name !== "escalation_queue.jsonl"))
      expect(linesOf(directory, file).map(neutral)).toEqual(linesOf(sample, file).map(neutral));
    expect(linesOf(directory, "escalation_queue.jsonl").slice(0, 34).map(neutral)).toEqual(
      linesOf(sample, "escalation_queue.jsonl").map(neutral),
    );
  });

  it("shows a newcomer items long past, nearly due and fresh, all of known runs", () => {
    const list = escalateList(fs.readFileSync(path.join(directory, "escalation_queue.jsonl")), {
      nowMicros: now.getTime() * 1000,
      pastSla: false,
      limit: 0,
    });
    const items = list.ok ? list.records : [];
    const minutesLeft = items.map(
      (item) => (micros(textOf(item, "escalate_by_utc") ?? "") / 1000 - now.getTime()) / 60_000,
    );
    expect(minutesLeft.filter((minutes) => minutes < -60).length).toBeGreaterThan(5);
    expect(minutesLeft.filter((minutes) => minutes > 0 && minutes <= 10)).toEqual([6]);
    expect(minutesLeft.filter((minutes) => minutes > 10 && minutes <= 30)).toHaveLength(2);
    const added = items.filter(
      (item) =>
        textOf(item, "reason")?.startsWith("Operator re-escalation") && item.get("priority") && !item.get("past_sla"),
    );
    const runs = new Set(linesOf(directory, "run_registry.jsonl").map((line) => read(line).get("run_id")));
    expect(added.map((item) => runs.has(item.get("run_id") ?? null))).toEqual([true, true]);
  });
});

it("a directory without a single time is only copied", async () => {
  const [from, to] = ["timeless", "copy-of-timeless"].map((name) => path.join(path.dirname(directory), name)) as [
    string,
    string,
  ];
  fs.mkdirSync(from);
  fs.writeFileSync(path.join(from, "note.log"), "no time here");
  await copyShifted(from, to, now);
  expect(fs.readFileSync(path.join(to, "note.log"), "utf8")).toBe("no time here");
});
