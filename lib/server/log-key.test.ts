import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signCheckpoint } from "@/lib/kernel/chain/log/checkpoint";
import { emptyRoot } from "@/lib/kernel/chain/log/hash";
import { StartError } from "@/lib/kernel/errors";
import { keptLog, readLogKey, readOrMakeLogKey, readSignedCheckpoint } from "./log-key";

let data: string;
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-log-key-"));
});
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

const url = "https://cockpit.example.org";
const make = () => readOrMakeLogKey(data, url);
const file = () => path.join(data, "log.key");
const note = () => signCheckpoint({ size: 0n, root: emptyRoot }, make());

describe("the log's key", () => {
  it("is made once, for this account only, and keeps its name when the cockpit's address changes", () => {
    expect(readLogKey(data)).toBeNull();
    const { text, name } = make();
    expect(name).toMatch(/^cockpit\.example\.org\/audit\/[0-9a-f]{8}$/);
    expect([readOrMakeLogKey(data, "http://localhost:3000").text, readLogKey(data)!.text]).toEqual([text, text]);
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
  });

  it("has another name in another data directory, also at the same address", () => {
    const first = make().name;
    fs.rmSync(file());
    expect(make().name).not.toBe(first);
  });

  it("that is damaged, empty, or gone beside what it signed is refused, and never made anew", () => {
    const { text } = make();
    for (const damaged of ["", text.slice(0, -5), text.replace("audit", "tidua")]) {
      fs.writeFileSync(file(), damaged);
      expect(make).toThrow(StartError);
      expect(fs.readFileSync(file(), "utf8")).toBe(damaged);
    }
    fs.writeFileSync(file(), text);
    keptLog(data).keep(note(), () => undefined);
    fs.rmSync(file());
    expect(make).toThrow("is gone");
    expect(fs.existsSync(file())).toBe(false);
  });
});

describe("the checkpoint that was signed last", () => {
  it("is kept whole, for this account only, and not by one who may write no more", () => {
    expect(readSignedCheckpoint(data)).toBeNull();
    const first = note();
    keptLog(data).keep(first, () => undefined);
    expect(readSignedCheckpoint(data)!.toString()).toBe(first);
    expect(fs.statSync(path.join(data, "log.checkpoint")).mode & 0o777).toBe(0o600);
    const refuse = () => {
      throw new Error("another writes by now");
    };
    expect(() => keptLog(data).keep("later", refuse)).toThrow("another writes");
    expect(readSignedCheckpoint(data)!.toString()).toBe(first);
  });
});
