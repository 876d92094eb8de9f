/**
 * Every column is given the extremes of its type, and those of other types, by the real reader into a real database: nothing of it keeps the
 * denial behind it from being open.
 */
import { randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { passTime } from "@/lib/areas/escalation/acts/pass-time";
import { db } from "@/lib/kernel/db/client";
import { rounds } from "@/lib/testing/rounds";
import { makePeople } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";

const instant = '"2026-03-01T09:00:00.500000+00:00"';
/** By file: a record of it, each value as JSON text. */
const files: Record<string, Record<string, string>> = {
  "escalation_queue.jsonl": {
    run_id: '"run_1"',
    reason: '"Circuit open"',
    owner: '"ana:shop"',
    agent: '"codex"',
    lane: '"critical"',
    priority: "0",
    blocked_at_utc: instant,
    escalate_by_utc: instant,
    sla_minutes: "30",
    status: '"pending"',
    resolved_at_utc: instant,
  },
  "override_registry.jsonl": { owner: '"ana:shop"', reason: '"CHG-7"', timestamp: instant, expires_at_utc: instant },
  "run_registry.jsonl": {
    run_id: '"run_1"',
    event: '"finish"',
    agent: '"claude"',
    owner: '"ana:shop"',
    started_at_utc: instant,
    timestamp: instant,
    policy_result: '"allow"',
    policy_reason: '"Overridden: CHG-7"',
    exit_code: "0",
    confidence: "0.9",
    hash: '"00"',
  },
  "contract_telemetry.jsonl": {
    timestamp: instant,
    event_type: '"normalization"',
    run_id: '"run_1"',
    provider: '"gemini"',
    confidence: "0.9",
    errors: "[]",
  },
  "circuit_breakers.jsonl": { target: '"codex"', category: '"agent"', event: '"failure"', timestamp: instant },
  "checkpoint_registry.jsonl": {
    checkpoint_id: '"ckpt_1"',
    created_at_utc: instant,
    reason: '"r"',
    dag_content: '"# DAG"',
    owner: '"ana:shop"',
  },
  "handoff_registry.jsonl": {
    snapshot_id: '"snap_1"',
    timestamp: instant,
    owner: '"ana:shop"',
    run_ids: "[]",
    event_type: '"handoff_confirmed"',
  },
};

const incompressible = (bytes: number) => randomBytes(bytes).toString("base64").slice(0, bytes);
const texts = [
  '""',
  '" "',
  '"pending"',
  '"resolved"',
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"\udc00\ud800"`,
  String.raw`"\ufffe\uffff"`,
  '"\u2028\u0085\u202e"',
  '"😀"',
  JSON.stringify("é".repeat(512)),
  JSON.stringify("😀".repeat(256)),
  JSON.stringify(incompressible(513)),
  JSON.stringify(incompressible(2704)),
  JSON.stringify(incompressible(8192)),
  JSON.stringify(incompressible(16_384)),
  JSON.stringify("修".repeat(16_384)),
  JSON.stringify(incompressible(16_385)),
  JSON.stringify(incompressible(300_000)),
  JSON.stringify("x".repeat(1_000_000)),
];
const instants = [
  "9999-12-31T23:59:59.999999+00:00",
  "9999-12-31T23:59:59.999999-14:00",
  "9999-12-31T23:59:59.999999-23:59:59.999999",
  "9999-12-31T23:59:59.9995Z",
  "9999-W52-5T23:59:59Z",
  "0001-01-01T00:00:00+00:00",
  "0001-01-01T00:00:00+14:00",
  "0001-01-01T00:00:00+23:59:59.999999",
  "0000-01-01T00:00:00+00:00",
  "-0001-01-01T00:00:00+00:00",
  "10000-01-01T00:00:00+00:00",
  "0044-03-15 BC",
  "infinity",
  "-infinity",
  "1969-12-31T23:59:59.999999+00:00",
  "2026-03-01",
  "2026-03-01T24:00:00+00:00",
  "2026-02-29T00:00:00+00:00",
].map((text) => JSON.stringify(text));
const digits = (many: number) => "9".repeat(many);
const numbers = [
  "0",
  "-0",
  "1",
  "-1",
  "2147483647",
  "2147483648",
  "-2147483648",
  "-2147483649",
  "9223372036854775808",
  "-9223372036854775809",
  digits(4300),
  `-${digits(4300)}`,
  digits(4301),
  "0.0",
  "-0.0",
  "0.5",
  "5e-324",
  "1.7976931348623157e308",
  "1e400",
  "-1e400",
  "NaN",
  "Infinity",
  "-Infinity",
  `0.${digits(5000)}`,
];
const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
const others = [
  "null",
  "true",
  "false",
  "[]",
  "{}",
  deep("[", "]", 900),
  deep("[", "]", 5000),
  `${'{"a":'.repeat(900)}1${"}".repeat(900)}`,
  `{${JSON.stringify(incompressible(100_000))}:1}`,
  String.raw`{"\u0000":1,"\ud800":2,"__proto__":{"x":1},"constructor":3}`,
  `[${Array.from({ length: 20_000 }, (_, n) => n).join(",")}]`,
];
const extremes = [...texts, ...instants, ...numbers, ...others];

const write = (record: Record<string, string>) =>
  `{${Object.entries(record)
    .map(([key, value]) => `${JSON.stringify(key)}: ${value}`)
    .join(", ")}}\n`;

let session: Session;
beforeAll(async () => {
  session = await openSession();
  await makePeople();
});
afterAll(() => session.close());

/** What was appended is read, and so is the denial behind it; and no line had to be refused by the database to get there. */
async function expectNeverStuck(): Promise<void> {
  const runId = `good_${randomUUID()}`;
  session.append(
    "escalation_queue.jsonl",
    write({ ...files["escalation_queue.jsonl"], run_id: JSON.stringify(runId), priority: "7" }),
  );
  await session.readOnce();
  expect(await db().escalation.findFirst({ where: { runId } })).toMatchObject({ status: "open", priority: 7 });
  const all = await db().sourceFile.findMany({ include: { quarantine: { where: { goneAt: null } } } });
  for (const { path, problem, offset, quarantine } of all) {
    expect([path, problem, Number(offset)]).toEqual([path, null, fs.statSync(session.at(path)).size]);
    expect(
      quarantine.filter(({ reason }) => reason.includes("database")).map(({ line, reason }) => [path, line, reason]),
    ).toEqual([]);
  }
}

it("each extreme in each column of each file, and nothing else of a file's kind", async () => {
  for (const [name, usual] of Object.entries(files)) {
    const records = Object.keys(usual).flatMap((key) =>
      extremes.map((value, n) =>
        write({ ...usual, ...("run_id" in usual && { run_id: `"${key}_${n}"` }), [key]: value }),
      ),
    );
    session.append(name, [...extremes.map((value) => `${value}\n`), ...records].join(""));
  }
  await expectNeverStuck();
}, 240_000);

it("extremes in several columns at once, whatever they are", async () => {
  const lineOf = fc
    .constantFrom(...Object.keys(files))
    .chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.dictionary(
          fc.constantFrom(...Object.keys(files[name]!)),
          fc.constantFrom(...extremes.filter(({ length }) => length < 20_000)),
          { minKeys: 2 },
        ),
      ),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(lineOf, { minLength: 1, maxLength: 60 }), async (some) => {
      for (const [name, change] of some) session.append(name, write({ ...files[name], ...change }));
      await expectNeverStuck();
    }),
    { numRuns: rounds(4, 40) },
  );
}, 240_000);

it("when every file is read again in another order", async () => {
  for (const name of Object.keys(files))
    session.replace(
      name,
      `${fs.readFileSync(session.at(name), "utf8").trimEnd().split("\n").toReversed().join("\n")}\n`,
    );
  await expectNeverStuck();
}, 240_000);

it("when time passes for the items that were opened of them", async () => {
  await passTime({ sourceId: session.sourceId, now: () => new Date(), requestId: randomUUID() });
  expect(await db().escalation.count({ where: { status: "open", nextAt: { lte: new Date() } } })).toBe(0);
  await expectNeverStuck();
}, 240_000);
