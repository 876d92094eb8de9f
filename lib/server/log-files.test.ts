import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { largestLog, openLog, turnOver, watchLogs } from "./log-files";

let directory: string;
let file: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-logs-"));
  file = path.join(directory, "web.log");
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const modeOf = (name: string) => fs.statSync(name).mode & 0o777;

describe("a log", () => {
  it("is for this account's eyes only, also one that was not", () => {
    fs.writeFileSync(file, "before\n", { mode: 0o644 });
    fs.closeSync(openLog(file));
    expect([modeOf(file), fs.readFileSync(file, "utf8")]).toEqual([0o600, "before\n"]);
  });

  it("that is short stays as it is", () => {
    fs.writeFileSync(file, "x".repeat(10));
    turnOver(file, 10);
    expect(fs.readdirSync(directory)).toEqual(["web.log"]);
  });

  it("that grew too long begins anew, its end kept in the one old one, which is bounded and nobody else's either", () => {
    fs.writeFileSync(`${file}.old`, "long ago", { mode: 0o644 });
    fs.writeFileSync(file, `${"x".repeat(100)}the last words`);
    turnOver(file, 14);
    expect([fs.readFileSync(file, "utf8"), fs.readFileSync(`${file}.old`, "utf8"), modeOf(`${file}.old`)]).toEqual([
      "",
      "the last words",
      0o600,
    ]);
  });

  it("begins anew also where its old one cannot be kept", () => {
    fs.writeFileSync(file, "x".repeat(11));
    fs.mkdirSync(`${file}.old`);
    expect(() => turnOver(file, 10)).not.toThrow();
    expect(fs.statSync(file).size).toBe(0);
  });

  it("that is not there is no matter", () => expect(() => turnOver(path.join(directory, "none"))).not.toThrow());
});

describe("a process that does not stop talking", () => {
  it("has its log turned over while it runs, and goes on writing into it", async () => {
    const log = openLog(file);
    const talking = spawn(
      process.execPath,
      ["-e", `const line = Buffer.alloc(1 << 20, "x"); setInterval(() => require("node:fs").writeSync(1, line), 25)`],
      { stdio: ["ignore", log, "inherit"] },
    );
    fs.closeSync(log);
    const watch = watchLogs([file]);
    try {
      await vi.waitFor(() => expect(fs.existsSync(`${file}.old`)).toBe(true), { timeout: 30_000, interval: 20 });
      const emptied = fs.statSync(file).size;
      await vi.waitFor(() => expect(fs.statSync(file).size).toBeGreaterThan(emptied), {
        timeout: 30_000,
        interval: 20,
      });
      expect(fs.statSync(`${file}.old`).size).toBe(largestLog);
      expect(fs.readFileSync(file).every((byte) => byte === "x".charCodeAt(0))).toBe(true);
    } finally {
      watch.end();
      talking.kill("SIGKILL");
      await once(talking, "exit");
    }
  }, 60_000);
});
