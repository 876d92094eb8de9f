import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runSweep } from "./sweep";

async function run(...args: string[]) {
  let [out, err] = ["", ""];
  const code = await runSweep(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => new Date("2026-02-11T08:01:21Z"),
  });
  return { code, out, err };
}

describe("cockpit sweep", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "cockpit-sweep-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const write = (file: string, text: string) => writeFileSync(path.join(directory, file), text);
  const waiting = '{"run_id":"run_1","status":"pending","escalate_by_utc":"2026-02-11T08:00:00Z"}\n';

  it("does not pass on the sample, with thegent's own findings as JSON", async () => {
    const state = JSON.parse(readFileSync("samples/expected/sample-state.json", "utf8")) as Record<string, unknown[]>;
    const { code, out, err } = await run("samples/session", "--json", "--now", String(state["now"]));
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(JSON.parse(out)).toEqual({
      drift_issues: [
        ...state["detect_drift_sorted"]!,
        "Drift budget exceeded: structural 15.14% (budget 5.0%), semantic 7.57% (budget 10.0%)",
      ],
      drift_budget: state["drift_budget"],
      past_sla_count: state["escalations_past_sla"]!.length,
      past_sla_items: state["escalations_past_sla"],
      pass: false,
    });
  });

  it("with --audit has thegent's own verdict on the run registry of the sample, without has none", async () => {
    const expected = JSON.parse(readFileSync("samples/expected/sample-verify.json", "utf8")) as unknown;
    const { code, out, err } = await run("samples/session", "--json", "--audit");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const swept = JSON.parse(out) as { audit: unknown };
    expect(Object.keys(swept)).toEqual([
      "drift_issues",
      "drift_budget",
      "past_sla_count",
      "past_sla_items",
      "audit",
      "pass",
    ]);
    expect(swept.audit).toEqual(expected);
    expect((await run("samples/session", "-a")).out).toContain("Audit: ");
    expect((await run("samples/session")).out).toContain("The run registry was not audited.");
  });

  it("does not pass with a registry that fails its audit, when it is audited", async () => {
    write("run_registry.jsonl", '{"run_id":"run_1","prev_hash":null}\n');
    expect(await run(directory)).toMatchObject({ code: 0 });
    expect(await run(directory, "--audit")).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        "Audit: failed; 0 records valid, 1 corrupt, the chain is whole\n  Line 1:",
      ) as string,
    });
    rmSync(path.join(directory, "run_registry.jsonl"));
    expect(await run(directory, "--audit")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Audit: there is no run registry.") as string,
    });
  });

  it("passes on a directory without anything, and exits 0", async () => {
    const { code, out } = await run(directory, "--json");
    expect({ code, swept: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      swept: { drift_issues: [], past_sla_count: 0, past_sla_items: [], pass: true },
    });
    expect(await run(directory)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The sweep passes\.\n/) as string,
    });
  });

  it("does not pass once something is past its SLA", async () => {
    write("escalation_queue.jsonl", waiting);
    expect(await run(directory, "--now", "2026-02-11T08:00:00Z")).toMatchObject({ code: 0 });
    expect(await run(directory, "--now", "2026-02-11T08:00:00.000001Z")).toMatchObject({
      code: 1,
      out: expect.stringContaining("Past SLA: 1 escalation\n  run_1\n") as string,
    });
  });

  it.each([
    ["contract_telemetry.jsonl", "7\n", "thegent's own budget fails: line 1 is JSON, but not an object."],
    ["escalation_queue.jsonl", waiting + waiting.replace("{", '{"priority": null, '), "Lines 1 and 2 "],
  ])("exits 1 with a sentence where thegent's own would fail on %s", async (file, text, sentence) => {
    write(file, text);
    const { code, out, err } = await run(directory, "--json");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(sentence);
  });

  it.each([
    [[], "Name one session directory"],
    [["samples/session", "--window", "many"], "--window takes"],
    [["samples/session", "--now", "2026-02-11T08:01:21"], "--now takes"],
    [["samples/session", "--audits"], "--audits"],
    [["samples/nowhere"], "does not exist"],
  ])("exits 2 with one sentence for %j", async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.trimEnd()).not.toContain("\n");
  });
});
