import fs from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Span } from "@/lib/areas/drift/contract";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { driftView } from "./view";

const file = "contract_telemetry.jsonl";
const sample = () => fs.readFileSync(`samples/session/${file}`, "utf8");
const expected = JSON.parse(fs.readFileSync("samples/expected/sample-state.json", "utf8")) as Record<string, unknown>;
const now = new Date("2026-02-11T08:01:21Z");

let session: Session;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
});
afterEach(() => session.close());

async function view(days: Span = "7", at = now) {
  const decision = decide(operatingModel, "drift.view", await makePerson("stakeholder"));
  if (!decision.allowed) throw new Error(decision.because);
  return driftView(decision.grant, days, at);
}
const hoursKept = () =>
  db().telemetryHour.findMany({
    where: { sourceId: session.sourceId },
    orderBy: [{ hour: "asc" }, { provider: "asc" }, { contract: "asc" }],
  });
const line = (hour: number, change: object = {}) =>
  JSON.stringify({
    timestamp: `2026-02-11T0${hour}:30:00+00:00`,
    event_type: "normalization",
    run_id: `run_${hour}`,
    provider: "claude",
    contract: "csm-v1",
    confidence: 0.9,
    success: true,
    errors: [],
    ...change,
  });
const lines = (...some: string[]) => some.map((one) => `${one}\n`).join("");

describe("drift, as the page tells it", () => {
  it("before thegent wrote any telemetry, is nothing: within budget, as thegent says, and no chart", async () => {
    expect(await view()).toMatchObject({
      counted: null,
      budget: { ok: true, value: { within_budget: true, structural_rate_pct: 0 } },
      issues: { ok: true, value: [] },
      points: [],
      providers: [],
    });
  });

  it("of the sample is thegent's own answer, and its hours hold every line", async () => {
    session.write(file, sample());
    await session.readOnce();
    const { budget, issues, stats, counted, points, providers } = await view();
    const { by_provider: _, ...statsThere } = expected.drift_stats_100 as { by_provider: unknown };
    expect({ budget, issues, stats }).toEqual({
      budget: { ok: true, value: expected.drift_budget },
      issues: { ok: true, value: expected.detect_drift_sorted },
      stats: { ok: true, value: statsThere },
    });
    const all = sample().trimEnd().split("\n").length;
    const sum = (rows: readonly { lines: number }[]) => rows.reduce((total, row) => total + row.lines, 0);
    expect([counted, sum(points), sum(providers)]).toMatchObject([{ lines: all, upToLine: all }, all, all]);
  });

  it("is the same whether lines came one by one, all at once, or the file was written anew", async () => {
    const all = sample().trimEnd().split("\n").slice(0, 80);
    session.write(file, lines(...all));
    await session.readOnce();
    const [atOnce, hours] = [await view(), await hoursKept()];
    session.write(file, lines(...all.slice(0, 60)));
    await session.readOnce();
    for (const one of all.slice(60)) {
      session.append(file, lines(one));
      await session.readOnce();
    }
    const { counted, ...after } = await view();
    expect(after).toEqual({ ...atOnce, counted: undefined });
    expect([counted?.lines, await hoursKept()]).toEqual([80, hours]);
  });

  it("fails as thegent's own figures do on a line that is JSON and no object, and says on which", async () => {
    session.write(file, lines(line(1), "[1]", line(2)));
    await session.readOnce();
    const { budget, stats } = await view();
    for (const figure of [budget, stats])
      expect(figure).toMatchObject({ ok: false, because: expect.stringContaining("line 2") });
  });

  it("counts what can be used and what cannot, whatever its providers, contracts and times", async () => {
    const odd = [
      line(1, { provider: "nul\u0000 and \ud800", contract: "x".repeat(5000) }),
      line(2, { timestamp: "yesterday" }),
      line(3, { provider: null, confidence: null }),
      "not json",
      line(4, { event_type: "schema.drift.structural", success: undefined }),
    ];
    session.write(file, lines(...odd));
    await session.readOnce();
    const { undated, providers, points } = await view("1");
    expect(undated).toBe(1);
    expect(points.map(({ structural }) => structural)).toEqual([0, 0, 1]);
    expect(
      providers
        .map(({ contract }) => contract.length)
        .sort((a, b) => a - b)
        .at(-1),
    ).toBe(100);
  });

  it("blocks the critical lane while it is over its budget, and says how many good lines would lift it", async () => {
    session.write(
      file,
      lines(...Array.from({ length: 18 }, () => line(1)), line(2, { event_type: "schema.drift.structural" })),
    );
    await session.readOnce();
    const { budget, goodLines } = await view();
    expect([budget, goodLines]).toMatchObject([{ ok: true, value: { within_budget: false } }, 1]);
    session.append(file, lines(line(3)));
    await session.readOnce();
    expect(await view()).toMatchObject({ budget: { ok: true, value: { within_budget: true } }, goodLines: null });
  });
});

describe("thegent's circuits beside it", () => {
  const failure = (second: number, target = "codex") =>
    JSON.stringify({
      target,
      category: "agent",
      event: "failure",
      timestamp: new Date(now.getTime() - second * 1000).toISOString(),
    });

  it("are those that failed within a day, open ones first, with since when they have not been closed", async () => {
    session.write(
      "circuit_breakers.jsonl",
      lines(failure(100_000, "old"), failure(7200, "claude"), ...[50, 40, 30, 20, 10].map((second) => failure(second))),
    );
    await session.readOnce();
    const { circuits } = await view();
    expect(circuits).toMatchObject([
      { target: "codex", state: "open", failures: 5, since: new Date(now.getTime() - 10_000).toISOString() },
      { target: "claude", state: "closed", failures: 0, since: null },
    ]);
    const later = await view("7", new Date(now.getTime() + 60_000));
    expect(later.circuits[0]).toMatchObject({ target: "codex", state: "half-open" });
  });
});
