import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runQueue } from "./queue";

async function run(...args: string[]) {
  let [out, err] = ["", ""];
  const code = await runQueue(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    now: () => new Date("2026-02-11T08:01:21Z"),
  });
  return { code, out, err };
}

describe("cockpit queue", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "cockpit-queue-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("prints thegent's own list of the sample as JSON", async () => {
    const expected = JSON.parse(readFileSync("samples/expected/sample-state.json", "utf8")) as Record<string, unknown>;
    const { code, out, err } = await run("samples/session", "--json", "--now", String(expected["now"]));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual(expected["escalations"]);
    const past = await run("samples/session", "--json", "--past-sla", "--now", String(expected["now"]));
    expect(JSON.parse(past.out)).toEqual(expected["escalations_past_sla"]);
    const three = await run("samples/session", "--json", "--limit", "3", "--now", "2026-02-11T09:01:21,000+01:00");
    expect((JSON.parse(three.out) as { run_id: string }[]).map((record) => record.run_id)).toEqual(
      expected["escalations_limit3"],
    );
  });

  it("keeps numbers and unknown keys as Python has them", async () => {
    writeFileSync(
      path.join(directory, "escalation_queue.jsonl"),
      '{"run_id":"é","status":"pending","escalate_by_utc":"2026-02-11T08:00:00Z","sla_minutes":30.0,"cost":12345678901234567890,"past_sla":"?","later":{"x":[1e5]}}\n',
    );
    const { out } = await run(directory, "--json");
    expect(out).toContain(
      '{"run_id": "\\u00e9", "status": "pending", "escalate_by_utc": "2026-02-11T08:00:00Z", "sla_minutes": 30.0, "cost": 12345678901234567890, "past_sla": true, "later": {"x": [100000.0]}}',
    );
  });

  it("prints [] for a directory without a queue", async () => {
    expect(await run(directory, "--json")).toEqual({ code: 0, out: "[]\n", err: "" });
    expect((await run(directory)).out).toBe("Nothing is waiting.\n");
  });

  it("prints a table without --json", async () => {
    const { out } = await run("samples/session", "--limit", "2");
    const [head, first] = out.split("\n");
    expect(head).toMatch(/^RUN +PRIORITY +LANE +OWNER +DUE +PAST SLA +REASON$/);
    expect(first).toMatch(
      /^run_manual0060 +10 +critical +ops:infra:4242 +2026-02-10T12:45:14.616886\+00:00 +yes +coût anormal 💸$/,
    );
  });

  it("exits 1 with one sentence where thegent's own list fails", async () => {
    const record = (priority: string) =>
      `{"run_id":"r","status":"pending","escalate_by_utc":"2026-02-11T08:00:00Z","priority":${priority}}\n`;
    writeFileSync(path.join(directory, "escalation_queue.jsonl"), record("1") + record("null"));
    expect(await run(directory, "--json")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/^Lines 1 and 2 .*\n$/) as string,
    });
  });

  describe("of a queue that a later thegent wrote in", () => {
    const reference =
      '{"run_id":"run_1","reason":"x","owner":"o","agent":"a","lane":"l","priority":2,"blocked_at_utc":"2026-02-11T07:00:00+00:00","escalate_by_utc":"2026-02-11T07:30:00+00:00","sla_minutes":30,"status":"pending"}\n';
    const later =
      '{"escalate_by_utc":"2026-02-11T07:30:00Z","owner":"o","priority":1,"reason":"x","run_id":"run_2","sla_minutes":30,"status":"pending"}\n';
    const withoutSla = '{"_from_add":true,"owner":"o","priority":5,"reason":"x","run_id":"run_3","status":"pending"}\n';
    const note =
      "2 of 3 records were written by a later thegent, whose most urgent priority is 1. This is the list as the reference makes it: it takes the highest number as the most urgent, and leaves out 1 record that waits without an SLA.\n";
    beforeEach(() => writeFileSync(path.join(directory, "escalation_queue.jsonl"), reference + later + withoutSla));

    it("says so behind the table, and whose priority is which", async () => {
      const { code, out, err } = await run(directory);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toMatch(/^run_1 +2 +l /m);
      expect(out).toMatch(/^run_2 +1 \(1 is most urgent\) /m);
      expect(out).not.toContain("run_3");
      expect(out.endsWith(`\n${note}`)).toBe(true);
    });

    it("says so beside the JSON, which stays the reference's own", async () => {
      const { out, err } = await run(directory, "--json");
      expect(
        (JSON.parse(out) as { run_id: string; priority: number }[]).map((record) => [record.run_id, record.priority]),
      ).toEqual([
        ["run_1", 2],
        ["run_2", 1],
      ]);
      expect(err).toBe(note);
    });

    it("says nothing where only the reference wrote", async () => {
      writeFileSync(path.join(directory, "escalation_queue.jsonl"), reference);
      expect((await run(directory)).out).not.toContain("later thegent");
      expect((await run(directory, "--json")).err).toBe("");
    });
  });

  it.each([
    [[], "Name one session directory"],
    [["a", "b"], "Name one session directory"],
    [["samples/session", "--limit", "-1"], "--limit"],
    [["samples/session", "--limit", "many"], "--limit takes"],
    [["samples/session", "--now", "yesterday"], "--now takes"],
    [["samples/session", "--now", "2026-02-11T08:01:21"], "--now takes"],
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
