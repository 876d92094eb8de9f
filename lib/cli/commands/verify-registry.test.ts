import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { main } from "@/lib/cli/main";

async function run(...args: string[]) {
  let [out, err] = ["", ""];
  const code = await main(["verify", "registry", ...args], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => new Date("2026-03-01T09:00:00Z"),
  });
  return { code, out, err };
}

describe("cockpit verify registry", () => {
  it("prints thegent's own result of the sample as JSON", async () => {
    const { code, out } = await run("samples/session/run_registry.jsonl", "--json");
    expect({ code, out: JSON.parse(out) as unknown }).toEqual({
      code: 0,
      out: JSON.parse(readFileSync("samples/expected/sample-verify.json", "utf8")) as unknown,
    });
  });

  it.each([
    ["samples/tampered/pristine.jsonl", 0, "passed"],
    ["samples/tampered/nothing.jsonl", 0, "empty"],
    ["samples/tampered/edited_field.jsonl", 1, "failed"],
    ["samples/tampered/invalid_utf8_byte.jsonl", 2, "unreadable"],
    ["samples", 2, "unreadable"],
  ])("%s exits with %d: %s", async (file, exit, status) => {
    const { code, out } = await run(file, "--json");
    expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: exit, status });
    expect((await run(file)).out).toMatch(new RegExp(`^${status}:`));
  });

  it("explains what it found, and against an earlier copy what thegent's own verdict cannot see", async () => {
    const file = "samples/tampered/truncated_tail.jsonl";
    expect(JSON.parse((await run(file, "--explain", "--json")).out)).toMatchObject({ status: "passed", findings: [] });
    const { code, out } = await run(file, "--before", "samples/tampered/pristine.jsonl");
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining("truncated, lines 144 to 150") as string,
    });
  });

  it.each([[[]], [["a", "b"]], [["samples", "--fast"]]])("exits 2 with one sentence for %j", async (args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: cockpit verify registry FILE");
  });
});
