import fs from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lookAtDrift } from "@/lib/areas/drift/acts/look-at-drift";
import { messageKind } from "@/lib/areas/drift/domain/messages";
import { whatIf } from "@/lib/areas/drift/domain/what-if";
import { thegentBudgets } from "@/lib/areas/drift/domain/drift";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { readEvents } from "./events";
import { readExample } from "./examples";
import { readJudgedRuns } from "./judged";
import { readReview } from "./review";
import { driftView } from "./view";

const file = "contract_telemetry.jsonl";
const sample = (name: string) => fs.readFileSync(`samples/session/${name}`, "utf8");
const now = new Date("2026-02-11T08:01:21Z");

let session: Session;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
});
afterEach(() => session.close());

async function grantView() {
  const decision = decide(operatingModel, "drift.view", await makePerson("stakeholder"));
  if (!decision.allowed) throw new Error(decision.because);
  return decision.grant;
}
const good = { provider: "codex", contract: "csm-v1", confidence: 0.9, success: true, errors: [] };
const at = (minute: number) => new Date(Date.parse("2026-02-11T00:00:00Z") + minute * 60_000).toISOString();
const line = (minute: number, fields: object = {}) =>
  `${JSON.stringify({ timestamp: at(minute), event_type: "normalization", run_id: `run_${minute}`, ...good, ...fields })}\n`;
const torn = (minute: number, message: string) => {
  const of = {
    timestamp: at(minute),
    event_type: "schema.drift.structural",
    run_id: `run_${minute}`,
    provider: "codex",
  };
  const report = { ...of, contract: "csm-v1", drift_type: "structural", details: { parse_errors: [message] } };
  return `${JSON.stringify(report)}\n${line(minute, { event_type: of.event_type, success: false, errors: [message] })}`;
};
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join("");
const write = async (content: string) => {
  session.write(file, content);
  await session.readOnce();
};
const open = async (when = now) => {
  await lookAtDrift({ sourceId: session.sourceId, now: () => when, requestId: "look" });
  return db().driftEpisode.findMany({ where: { sourceId: session.sourceId }, orderBy: { provider: "asc" } });
};

describe("the lines behind a point", () => {
  it("are read page by page, each once and in the order of their time, however many share an instant", async () => {
    await write(many(130, (n) => line(Math.floor(n / 40))) + torn(2, "torn") + line(600));
    const grant = await grantView();
    const while_ = { from: at(0), until: at(60) };
    const seen: number[] = [];
    let after: string | undefined;
    for (let page = 0; page < 9; page += 1) {
      const { rows, next } = await readEvents(grant, { ...while_, kind: "all", after }, now);
      seen.push(...rows.map((row) => row.line));
      if (next === null) break;
      after = next;
    }
    expect(seen).toHaveLength(132);
    expect(new Set(seen).size).toBe(132);
    const drift = await readEvents(grant, { ...while_, kind: "structural" }, now);
    expect(drift.rows).toMatchObject([
      { drift: "structural", isOutput: false, messages: ["torn"], confidence: null },
      { drift: "structural", isOutput: true, messages: ["torn"], confidence: 0.9, runId: "run_2" },
    ]);
    expect((await readEvents(grant, { ...while_, kind: "semantic" }, now)).rows).toEqual([]);
  });

  it("begin anew at a place that is none, and show what is odd as text", async () => {
    await write(line(1, { provider: { a: 1 }, errors: ["<b>x</b>\u0000"], event_type: "else", run_id: undefined }));
    const { rows } = await readEvents(
      await grantView(),
      { from: at(0), until: at(9), kind: "all", after: "no place" },
      now,
    );
    expect(rows).toMatchObject([{ provider: '{"a": 1}', messages: ["<b>x</b>\u0000"], runId: null, drift: null }]);
  });
});

describe("the block", () => {
  it("is told with the line since which it lasts, the runs it denied since, and what today's lines would do", async () => {
    for (const name of ["escalation_queue.jsonl", "run_registry.jsonl"]) session.write(name, sample(name));
    await write(sample(file));
    const { block, goodLines } = await driftView(await grantView(), "7", now);
    const denials = sample("escalation_queue.jsonl")
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text) as { run_id: string; reason: string; blocked_at_utc: string; status: string })
      .filter(({ reason }) => reason.startsWith("Critical lane blocked: contract drift exceeds budget"))
      // What was resolved before the cockpit ever read it is no item.
      .filter(({ status }) => status === "pending");
    const since = denials.filter(({ blocked_at_utc }) => Date.parse(blocked_at_utc) >= Date.parse(block!.since!));
    expect(block!.denied.count).toBe(new Set(since.map(({ run_id }) => run_id)).size);
    expect(block!.denied.count).toBeGreaterThan(0);
    expect([block!.sinceLine! > 1, goodLines! > 0]).toEqual([true, true]);
    expect(block!.pace.lines).toBeGreaterThan(50);
  });

  it("is none within the budget", async () => {
    await write(many(30, line));
    expect(await driftView(await grantView(), "7", now)).toMatchObject({ block: null, goodLines: null });
  });
});

describe("the runs that the rule about drift judged", () => {
  it("met the rates that thegent wrote into its denials of the sample; its own budgets change nothing", async () => {
    session.write("run_registry.jsonl", sample("run_registry.jsonl"));
    await write(sample(file));
    const { runs, capped } = await readJudgedRuns(await grantView(), now);
    const reasons = new Map(
      sample("run_registry.jsonl")
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text) as { run_id?: string; event?: string; policy_reason?: string })
        .flatMap(({ run_id, event, policy_reason }) =>
          run_id && !event && policy_reason ? [[run_id, policy_reason]] : [],
        ),
    );
    const blocked = runs.filter(({ verdict }) => verdict === "blocked");
    expect([blocked.length > 5, runs.length > blocked.length, capped]).toEqual([true, true, false]);
    for (const { runId, structural, semantic } of blocked) {
      const [, said, meant] = /structural: ([\d.]+)% > .*semantic: ([\d.]+)% >/.exec(reasons.get(runId)!)!;
      expect([structural.toFixed(2), semantic.toFixed(2)]).toEqual([said, meant].map((one) => Number(one).toFixed(2)));
    }
    const rated = runs.map((run) => ({ ...run, at: Date.parse(run.at) }));
    expect(whatIf(rated, thegentBudgets)).toMatchObject({ newlyBlocked: [], newlyPassed: [], blocked: blocked.length });
  });

  it("are none where nothing was read, and those of the last 30 days alone", async () => {
    const grant = await grantView();
    expect((await readJudgedRuns(grant, now)).runs).toEqual([]);
    session.write("run_registry.jsonl", sample("run_registry.jsonl"));
    await session.readOnce();
    expect((await readJudgedRuns(grant, new Date(now.getTime() + 40 * 24 * 3_600_000))).runs).toEqual([]);
    expect((await readJudgedRuns(grant, now)).runs[0]).toMatchObject({ structural: 0, semantic: 0 });
  });
});

describe("a review", () => {
  it("holds what came before the drift against what came since, and names what is new and whose runs it is", async () => {
    await write(
      many(100, (n) => line(n)) +
        torn(130, "Unclosed tag <A> at 7") +
        many(5, (n) => torn(190 + n, `Line ${n} is torn`)),
    );
    const [episode] = await open();
    const review = (await readReview(await grantView(), episode!.id, now))!;
    expect(review.at).toBe(at(180));
    expect(review.whole).toMatchObject({
      before: { lines: 102, structural: 2, outputs: 101 },
      after: { lines: 10, structural: 10, outputs: 5, successes: 0 },
    });
    expect(review.providers.map(({ name }) => name)).toEqual(["codex"]);
    expect(review.messages.rows).toMatchObject([
      { kind: messageKind("Line 1 is torn"), isNew: true, before: 0, after: 5, earlierLine: null },
      { kind: messageKind("Unclosed tag <A> at 7"), isNew: false, before: 1, after: 0, recentLine: null },
    ]);
    expect(review.runs.capped).toBe(false);
    expect(review.runs.rows[0]).toMatchObject({
      runId: "run_194",
      lines: 2,
      drift: ["structural"],
      run: null,
      itemId: null,
    });
    expect(review.counted).toMatchObject({
      ok: true,
      value: { window: 50, all: { now: { lines: 50 }, before: { lines: 62 } } },
    });

    const { recent, earlier } = await readExample(
      await grantView(),
      { recent: review.messages.rows[0]!.recentLine! },
      now,
    );
    expect(recent!.text).toContain('"Line 4 is torn"');
    expect(earlier).toMatchObject({ line: 100, text: expect.stringContaining('"success": true') });
  });

  it("of the sample knows its runs from the registry, and is the same when the file is read anew", async () => {
    for (const name of ["escalation_queue.jsonl", "run_registry.jsonl"]) session.write(name, sample(name));
    await write(sample(file));
    const episode = (await open()).find(({ provider }) => provider === null)!;
    const before = (await readReview(await grantView(), episode.id, now))!;
    expect(before.runs.rows.length).toBeGreaterThan(0);
    expect(before.runs.rows.every(({ run }) => run !== null)).toBe(true);
    session.replace(file, sample(file));
    await session.readOnce();
    expect(await readReview(await grantView(), episode.id, now)).toEqual(before);
    const messages = await db().driftMessage.findMany({ where: { sourceId: session.sourceId } });
    expect(messages.map(({ kind }) => kind)).toContain("Normalization confidence # is below threshold #");
  });

  it("is none of an episode that does not exist", async () => {
    expect(await readReview(await grantView(), "019a0000-0000-7000-8000-000000000000", now)).toBe(null);
  });
});

describe("kinds of message", () => {
  it("of a garbage file fill no more rows than a thousand and one", async () => {
    const letters = (n: number) => [...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("");
    await write(
      many(30, (n) =>
        line(n, { success: false, errors: Array.from({ length: 50 }, (_, m) => `zz ${letters(n * 50 + m)} zz`) }),
      ),
    );
    expect(await db().driftMessage.count({ where: { sourceId: session.sourceId } })).toBe(1_001);
  });
});
