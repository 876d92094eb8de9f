import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockHolder, takeLock } from "./lock";
import { beginning } from "./process-table";

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-lock-")), "lock");
});
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true, force: true }));

const held = (pid: number, began: string) => fs.writeFileSync(file, JSON.stringify({ pid, began, note: "theirs" }));

describe("takeLock", () => {
  it("is held once, and free again after release", () => {
    const lock = takeLock(file, "first");
    expect(takeLock(file)).toEqual({
      ok: false,
      holder: { pid: process.pid, began: beginning(process.pid), note: "first" },
    });
    if (lock.ok) lock.release();
    expect(takeLock(file).ok).toBe(true);
  });

  it("tells its note to whoever finds it", () => {
    const lock = takeLock(file);
    if (lock.ok) lock.setNote("http://localhost:3000");
    expect(lockHolder(file)?.note).toBe("http://localhost:3000");
  });

  it("is refused while another process lives, and taken over once that one was killed", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    held(other.pid!, beginning(other.pid!));
    expect(takeLock(file)).toMatchObject({ ok: false, holder: { pid: other.pid } });
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(takeLock(file).ok).toBe(true);
  });

  it.each([
    ["another process got the number", () => held(process.ppid, "long ago")],
    ["the file was cut short", () => fs.writeFileSync(file, '{"pid":')],
  ])("is taken over when %s", (_, leave) => {
    leave();
    expect(takeLock(file).ok).toBe(true);
    expect(fs.readdirSync(path.dirname(file))).toEqual(["lock"]);
  });
});
