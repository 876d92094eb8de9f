import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditRegistry } from "./audit-file";

const lines = readFileSync("samples/session/run_registry.jsonl", "utf8").split(/(?<=\n)/);

describe("an audit that goes on from a checkpoint", () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "cockpit-checkpoint-"));
    file = path.join(directory, "run_registry.jsonl");
    writeFileSync(file, lines.slice(0, 300).join(""));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const checkpoint = async () => (await auditRegistry(file)).checkpoint ?? undefined;

  it.each([0, 1, 183])(
    "gives the verdict of a full one after %d appended lines, and the next checkpoint",
    async (more) => {
      const kept = await checkpoint();
      appendFileSync(file, lines.slice(300, 300 + more).join(""));
      const progress: number[] = [];
      const after = await auditRegistry(file, {
        checkpoint: kept,
        onProgress: ({ lines: done }) => progress.push(done),
      });
      expect(after).toEqual({ ...(await auditRegistry(file)), from: "checkpoint" });
      expect(after.checkpoint?.lines).toBe(300 + more);
      expect(progress.every((done) => done > 300)).toBe(true);
    },
  );

  it("finds what is wrong in the appended part, with its line in the file", async () => {
    const kept = await checkpoint();
    appendFileSync(file, lines[301]!);
    const after = await auditRegistry(file, { checkpoint: kept });
    expect(after).toMatchObject({
      from: "checkpoint",
      checkpoint: null,
      verdict: { status: "failed", valid_count: 301 },
    });
    expect(after).toEqual({ ...(await auditRegistry(file)), from: "checkpoint" });
  });

  it("begins anew when the file is shorter, or ends otherwise at the checkpoint", async () => {
    const kept = await checkpoint();
    writeFileSync(file, lines.slice(0, 299).join(""));
    expect(await auditRegistry(file, { checkpoint: kept })).toMatchObject({
      from: "shorter",
      verdict: { valid_count: 299 },
    });
    writeFileSync(file, [...lines.slice(0, 298), lines[300], ...lines.slice(298, 305)].join(""));
    expect(await auditRegistry(file, { checkpoint: kept })).toMatchObject({
      from: "different",
      verdict: { status: "failed" },
    });
  });

  it("is not made of a file that failed, or whose last line may still be written", async () => {
    writeFileSync(file, lines.slice(0, 300).join("").trimEnd());
    expect(await checkpoint()).toBeUndefined();
    writeFileSync(file, lines.slice(1, 300).join(""));
    expect(await checkpoint()).toBeUndefined();
  });
});
