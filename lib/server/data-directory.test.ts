import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeDataDirectory } from "./data-directory";
import { takeLock } from "./lock";
import { readOrMakeSecret } from "./secret";

const isRoot = process.getuid?.() === 0;

let home: string;
let data: string;
beforeEach(() => {
  home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-data-")));
  data = path.join(home, "above", "data");
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

const modeOf = (name: string) => (fs.statSync(path.join(data, name)).mode & 0o777).toString(8);

describe("what is the cockpit's own is closed to other accounts", () => {
  it("from the beginning; the directories above it stay as others need them", () => {
    makeDataDirectory(data);
    readOrMakeSecret(data);
    takeLock(path.join(data, "lock"));
    expect([".", "logs", "secret", "lock"].map(modeOf)).toEqual(["700", "700", "600", "600"]);
    expect(fs.statSync(path.dirname(data)).mode & 0o055).toBe(0o055);
  });

  it("also where an older version left it open", () => {
    fs.mkdirSync(path.join(data, "logs"), { recursive: true, mode: 0o755 });
    for (const name of ["secret", "lock", "logs/web.log", "logs/build.log.old"])
      fs.writeFileSync(path.join(data, name), "x", { mode: 0o644 });
    makeDataDirectory(data);
    expect([".", "logs", "secret", "lock", "logs/web.log", "logs/build.log.old"].map(modeOf)).toEqual([
      "700",
      "700",
      "600",
      "600",
      "600",
      "600",
    ]);
  });

  it("but not what belongs to another account, nor what a link leads to", () => {
    makeDataDirectory(data);
    const elsewhere = path.join(home, "elsewhere");
    fs.writeFileSync(elsewhere, "", { mode: 0o644 });
    fs.symlinkSync(elsewhere, path.join(data, "link"));
    fs.writeFileSync(path.join(data, "foreign"), "", { mode: 0o644 });
    if (isRoot) fs.chownSync(path.join(data, "foreign"), 1234, 1234);
    makeDataDirectory(data);
    expect(fs.statSync(elsewhere).mode & 0o777).toBe(0o644);
    expect(modeOf("foreign")).toBe(isRoot ? "644" : "600");
  });
});
