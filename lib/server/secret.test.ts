import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runSecretRotate } from "@/lib/cli/commands/secret";
import { StartError } from "@/lib/kernel/errors";
import { readOrMakeSecret, rotateSecret, watchForRotation } from "./secret";

let data: string;
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-secret-"));
});
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

const file = () => path.join(data, "secret");
const modeOf = () => fs.statSync(file()).mode & 0o777;

describe("the secret", () => {
  it("is made once, for this account only", () => {
    const secret = readOrMakeSecret(data);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect([readOrMakeSecret(data), modeOf()]).toEqual([secret, 0o600]);
  });

  it("of which a power cut left nothing is made anew", () => {
    fs.writeFileSync(file(), "");
    expect(readOrMakeSecret(data)).toMatch(/^[\w-]{43}$/);
  });
});

describe("changing it", () => {
  it("while no cockpit runs replaces it", async () => {
    const before = readOrMakeSecret(data);
    await rotateSecret(data, () => false);
    expect(readOrMakeSecret(data)).not.toBe(before);
    expect([modeOf(), fs.readdirSync(data)]).toEqual([0o600, ["secret"]]);
  });

  it("while one runs comes back only when it is in force there", async () => {
    const before = readOrMakeSecret(data);
    let inForce = before;
    const stop = watchForRotation(data, async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      inForce = readOrMakeSecret(data);
    });
    await rotateSecret(data, () => true);
    stop();
    expect(inForce).not.toBe(before);
    expect(readOrMakeSecret(data)).toBe(inForce);
    expect([modeOf(), fs.readdirSync(data)]).toEqual([0o600, ["secret"]]);
  });

  it("says so when the one that runs does not take it up, and leaves it as it was", async () => {
    const before = readOrMakeSecret(data);
    await expect(rotateSecret(data, () => true, 300)).rejects.toThrow(StartError);
    expect([readOrMakeSecret(data), fs.readdirSync(data)]).toEqual([before, ["secret"]]);
  });

  it("holds although the one that ran ended meanwhile", async () => {
    const before = readOrMakeSecret(data);
    let asked = 0;
    await rotateSecret(data, () => asked++ === 0);
    expect(readOrMakeSecret(data)).not.toBe(before);
    expect(fs.readdirSync(data)).toEqual(["secret"]);
  });

  it("does nothing, and says where instead, when the environment holds it", async () => {
    const before = readOrMakeSecret(data);
    const said: string[] = [];
    const io = {
      out: (text: string) => void said.push(text),
      err: (text: string) => void said.push(text),
      now: () => new Date(),
    };
    const noDatabase = () => Promise.reject(new Error("nobody answers at its address"));
    await expect(runSecretRotate({ secret: "x".repeat(32), dataDir: data }, io, noDatabase)).rejects.toThrow(
      "COCKPIT_SECRET is set in the environment, and nothing was done.",
    );
    expect([readOrMakeSecret(data), said]).toEqual([before, []]);
    expect(await runSecretRotate({ secret: undefined, dataDir: data }, io, noDatabase)).toBe(0);
    expect(readOrMakeSecret(data)).not.toBe(before);
    expect(said).toEqual([
      "The secret was changed. All sessions have ended: everybody must sign in again.\n",
      "That is not in the audit chain yet, because the database cannot be reached (nobody answers at its address). The next start will put it there.\n",
    ]);
    expect(said.join("")).not.toContain(readOrMakeSecret(data));
  });
});
