import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inOneFile, type OneFile } from "@/lib/testing/one-file";
import { isSoak, patience, rounds } from "@/lib/testing/rounds";
import { newOverrideKey, overrideLine } from "@/lib/thegent/records/override-record";
import { endOverride } from "./override-file";
import { honours, microsAt } from "./testing/honours";
import { endOfNumbered, numberedOverride, thegentsLine } from "./testing/override-fixture";
import { endOf, startAppender } from "./testing/queue-fixture";

let script: OneFile;
beforeAll(async () => {
  script = await inOneFile("lib/thegent/files/testing/override-until-killed.ts");
});
afterAll(() => script.remove());

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-override-race-")));
  file = path.join(directory, "override_registry.jsonl");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const lineOf = (number: number) => overrideLine(numberedOverride(number)).toString("latin1").trimEnd();
const lines = () => fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
const isCockpits = (line: string) => line.includes("\\u00e1na:");
const appendedLines = (count: number) => numbers(count).map((number) => thegentsLine(`late_${number}`, "h\\u00e9"));
/** What an ending must leave alone: all but the expiry. */
const withoutExpiry = (line: string) => line.replace(/"expires_at_utc": "[^"]*"/, "");

/** Of the cockpit's overrides, those with odd numbers were ended: not honoured from their end on, honoured a second before. */
function expectOddEnded(count: number): void {
  const content = fs.readFileSync(file);
  for (const number of numbers(count)) {
    const { owner, expiresAt } = numberedOverride(number);
    const end = microsAt(number % 2 ? endOfNumbered(number) : expiresAt);
    expect(honours(content, owner, end)).toBe(false);
    expect(honours(content, owner, end - 1_000_000n)).toBe(true);
  }
}

describe("while a second process appends without a pause", () => {
  const endings = rounds(100, 500);

  it(
    `${endings} overrides end, and no line is lost, doubled or touched but for its expiry`,
    { timeout: patience(120_000, 100, 500) },
    async () => {
      const count = 2 * endings;
      fs.writeFileSync(
        file,
        numbers(count)
          .map((number) => `${lineOf(number)}\n`)
          .join(""),
      );
      const { ino } = fs.statSync(file);
      const appender = startAppender(file, "late_", 5, thegentsLine);
      while (lines().length === count) await sleep(1);
      for (const number of numbers(count).filter((number) => number % 2)) {
        expect(
          await endOverride(file, newOverrideKey(numberedOverride(number)), endOfNumbered(number), { lookAgainMs: 0 }),
        ).toBe("ended");
      }
      const appended = await appender.stop();
      expect(appended).toBeGreaterThan(endings / 5);
      expect(fs.statSync(file).ino).toBe(ino);
      expect(lines().map(withoutExpiry)).toEqual(
        [...numbers(count).map(lineOf), ...appendedLines(appended)].map(withoutExpiry),
      );
      expect(lines().filter((line) => !isCockpits(line))).toEqual(appendedLines(appended));
      expectOddEnded(count);
    },
  );

  it(
    "killing who records and ends with signal 9 leaves lines that all read, and repeating all of it does all of it once",
    { timeout: 240_000 },
    async () => {
      const count = 60;
      fs.writeFileSync(file, "");
      const appender = startAppender(file, "late_", 5, thegentsLine);
      for (const recorded of isSoak ? [1, 8, 9, 20, 33, 34, 50] : [1, 9, 34]) {
        const writer = startWriter(count);
        while (lines().filter(isCockpits).length < recorded) await sleep(1);
        writer.kill();
        await writer.ended;
        for (const line of lines())
          expect(Object.keys(JSON.parse(line) as object)).toEqual(["owner", "reason", "timestamp", "expires_at_utc"]);
        expect(lines().filter(isCockpits).length).toBeLessThan(count);
      }
      await startWriter(count).ended;
      const appended = await appender.stop();
      expect(lines().filter(isCockpits).map(withoutExpiry)).toEqual(numbers(count).map(lineOf).map(withoutExpiry));
      expect(lines().filter((line) => !isCockpits(line))).toEqual(appendedLines(appended));
      expectOddEnded(count);
    },
  );

  it(
    "killing who ends one override again and again, at any moment, leaves it live or ended and the file of one length",
    { timeout: 240_000 },
    async () => {
      const content = numbers(2)
        .map((number) => `${lineOf(number)}\n`)
        .join("");
      const states = [content, content.replace(lineOf(1), endedLine(1))];
      for (const afterMs of [0, 2, 4, 8, 1, 3, 6, 12].slice(0, rounds(4, 8))) {
        fs.writeFileSync(file, content);
        const writer = startWriter(2);
        await writer.ready;
        await sleep(afterMs);
        writer.kill();
        await writer.ended;
        expect(states).toContain(fs.readFileSync(file, "utf8"));
      }
      await startWriter(2).ended;
      expect(fs.readFileSync(file, "utf8")).toBe(states[1]);
    },
  );
});

const endedLine = (number: number) =>
  lineOf(number).replace(/(?<="expires_at_utc": ")[^.]*/, endOfNumbered(number).toISOString().slice(0, 19));

function startWriter(count: number) {
  const child = spawn(process.execPath, [script.file, file, String(count)], { stdio: ["ignore", "pipe", "inherit"] });
  return {
    ended: endOf(child),
    kill: () => child.kill("SIGKILL"),
    ready: new Promise<void>((resolve) => child.stdout.once("data", () => resolve())),
  };
}
