import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runDrift } from "./drift";

async function run(...args: string[]) {
  let [out, err] = ["", ""];
  const code = await runDrift(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => new Date("2026-02-11T08:01:21Z"),
  });
  return { code, out, err };
}

const expected = JSON.parse(readFileSync("samples/expected/sample-state.json", "utf8")) as Record<string, unknown>;
const event = (fields: Record<string, unknown> = {}) =>
  `${JSON.stringify({ event_type: "normalization", provider: "p", contract: "csm-v1", confidence: 0.9, success: true, ...fields })}\n`;

describe("cockpit drift", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "cockpit-drift-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const write = (text: string | Buffer) => writeFileSync(path.join(directory, "contract_telemetry.jsonl"), text);
  const figures = async (...args: string[]) => {
    const { code, out, err } = await run(directory, "--json", ...args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return JSON.parse(out) as Record<"issues" | "budget" | "stats" | "kpis", Record<string, unknown>>;
  };

  it("prints thegent's own figures of the sample as JSON", async () => {
    const { code, out, err } = await run("samples/session", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      issues: expected["detect_drift_sorted"],
      budget: expected["drift_budget"],
      stats: expected["drift_stats_100"],
      kpis: expected["kpis_500"],
    });
  });

  it("takes another window, and one provider whatever its case and the spaces around it", async () => {
    const { out } = await run("samples/session", "--json", "--window", "20", "--provider", " GEMINI ");
    expect(JSON.parse(out)).toMatchObject({
      issues: expected["detect_drift_w20_sorted"],
      kpis: expected["kpis_gemini"],
    });
  });

  it("writes floats as Python does, NaN too", async () => {
    write(event({ provider: "é" }).replace("0.9", "NaN") + event({ confidence: 1 }));
    const { out } = await run(directory, "--json");
    expect(out).toContain('"stats": {"total": 2, "fallback_rate": 0.0, "success_rate": 1.0, "avg_confidence": NaN,');
    expect(out).toContain('"by_provider": {"\\u00e9": NaN, "p": 1.0}');
  });

  it("has a figure for a directory without telemetry, and for a file without a line", async () => {
    const nothing = { total: 0, fallback_rate: 0, success_rate: 0, avg_confidence: 0 };
    const budget = { within_budget: true, structural_rate_pct: 0, semantic_rate_pct: 0 };
    const none = {
      issues: [],
      budget: { ...budget, structural_budget_pct: 5, semantic_budget_pct: 10 },
      stats: nothing,
      kpis: { ...nothing, by_provider: {}, structural_drift_pct: 0, semantic_drift_pct: 0 },
    };
    expect(await figures()).toEqual(none);
    expect(await figures("--window", "0")).toEqual(none);
    write(" \n\nnot json\n");
    expect(await figures()).toEqual(none);
  });

  it("tells within the budget before it rounds", async () => {
    // 250 of 4999 is a little more than 5 %, and rounds to 5.00.
    write(event({ event_type: "schema.drift.structural" }).repeat(250) + event().repeat(4749));
    expect((await figures("--limit", "0")).budget).toMatchObject({ within_budget: false, structural_rate_pct: 5 });
    write(event({ event_type: "schema.drift.structural" }).repeat(250) + event().repeat(4750));
    expect((await figures("--limit", "0")).budget).toMatchObject({ within_budget: true, structural_rate_pct: 5 });
  });

  it("divides before it multiplies, as thegent does: that decides digits", async () => {
    // Exactly these would be 14.375 % and 30.625 %, ties that go to 14.38 and 30.62.
    const [structural, semantic] = ["structural", "semantic"].map((kind) =>
      event({ event_type: `schema.drift.${kind}` }),
    );
    write(structural!.repeat(23) + semantic!.repeat(49) + event().repeat(88));
    expect((await figures()).budget).toMatchObject({ structural_rate_pct: 14.37, semantic_rate_pct: 30.63 });
  });

  it("compares the last line with the two before it in a window of 1", async () => {
    write(event() + event() + event({ contract: "fallback-plain", confidence: 0.3 }));
    expect((await figures("--window", "1")).issues).toEqual([
      "Significant drop in normalization confidence: 0.90 -> 0.30",
      "Significant increase in fallback rate: 0.0% -> 100.0%",
    ]);
  });

  it("reads lines ended by CRLF or CR, and a last one without an ending", async () => {
    write(event().replace("\n", "\r\n") + event().replace("\n", "\r") + event().trimEnd());
    expect((await figures()).kpis).toMatchObject({ total: 3 });
  });

  it("reads what is longer than a piece of the file", async () => {
    write(event({ errors: ["x".repeat(3_000_000)] }) + event().repeat(9000));
    expect((await figures("--limit", "0")).kpis).toMatchObject({ total: 9001 });
  });

  it("counts a line once whose ending lies on both sides of such a piece", async () => {
    const start = event({ errors: [""] }).trimEnd();
    const whole = start.replace('""', `"${"x".repeat(1024 * 1024 - 1 - start.length)}"`);
    write(`${whole}\r\n${event({ confidence: null })}`);
    expect((await run(directory)).err).toContain("line 2 has null");
  });

  it("says the same to a person, and how many good lines would lift the block", async () => {
    const { code, out } = await run("samples/session");
    expect(code).toBe(0);
    expect(out).toContain("Budget (last 185 lines): exceeded; thegent blocks the critical lane.\n");
    expect(out).toContain("  structural  15.14 % of at most 5.0 %\n");
    expect(out).toContain("  381 good lines in a row would lift that.\n");
    expect(out).toContain("  Provider codex fallback rate regressed: 7.7% -> 88.9%\n");
    expect(out).toMatch(/^ {2}claude +54 +79\.6% +1\.9% +0\.81$/m);
  });

  it("keeps what a record holds from moving the cursor", async () => {
    write(event({ provider: "\u001b[2J\u202e" }));
    expect((await run(directory)).out).not.toMatch(/[\u001b\u202e]/);
  });

  describe("exits 1, as thegent's command would, and says on what", () => {
    const none = '{"event_type": "normalization"}\n';
    it.each([
      ["a confidence of null", event({ confidence: null }), "statistics fail: line 1 has null for a confidence."],
      [
        "a confidence that is a text",
        event({ confidence: "0.9" }),
        'statistics fail: line 1 has "0.9" for a confidence.',
      ],
      [
        "a provider that is a list",
        event({ provider: [] }),
        "KPIs fail: line 1 has a list or an object for a provider.",
      ],
      ["a line that is no object", `${none}7\n`, "budget fails: line 2 is JSON, but not an object."],
      ["bytes that are no text", Buffer.from([0x7b, 0xff, 0x7d, 0x0a]), "drift fails: line 1 is not valid UTF-8."],
      ["a number too long to be read", `9${"9".repeat(4300)}\n${none}`, "budget fails: line 1 cannot be read"],
    ])("%s", async (_, text, sentence) => {
      write(text);
      const { code, out, err } = await run(directory, "--json");
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toContain(sentence);
    });

    it("a window of 0", async () => {
      write("");
      expect(await run(directory, "--window", "0")).toEqual({
        code: 1,
        out: "",
        err: "thegent's own detection of drift fails: a window of 0 lines has no average.\n",
      });
    });

    it("but not where the line is behind its windows", async () => {
      write(event({ confidence: null, provider: "q" }) + event().repeat(500));
      expect((await figures()).kpis).toMatchObject({ total: 500 });
    });

    it("but for detection, to which every earlier line of a provider counts", async () => {
      write(event({ confidence: null }) + event().repeat(700));
      expect((await run(directory)).err).toBe(
        "thegent's own detection of drift fails: line 1 has null for a confidence.\n",
      );
    });
  });

  it("follows no link out of the directory", async () => {
    mkdirSync(path.join(directory, "session"));
    write(event());
    symlinkSync("../contract_telemetry.jsonl", path.join(directory, "session/contract_telemetry.jsonl"));
    expect(await run(path.join(directory, "session"), "--json")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("has a contract_telemetry.jsonl that is a link.") as string,
    });
  });

  it.each([
    [[], "Name one session directory"],
    [["a", "b"], "Name one session directory"],
    [["samples/session", "--limit", "-1"], "--limit"],
    [["samples/session", "--limit", "many"], "--limit takes"],
    [["samples/session", "--window", "1.5"], "--window takes"],
    [["samples/session", "--verbose"], "--verbose"],
    [["samples/nowhere"], "does not exist"],
    [["package.json"], "is not a directory"],
  ])("exits 2 with one sentence for %j", async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.trimEnd()).not.toContain("\n");
  });
});
