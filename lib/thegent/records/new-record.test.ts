import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEscalationQueue, readQueueRecord } from "./escalation-queue";
import {
  missingLines,
  newQueueRecord,
  newRecordKey,
  newRecordProblem,
  queueRecordLine,
  type NewRecord,
} from "./new-record";
import { resolveLines } from "./queue-lines";
import { readObject } from "./reading";

const record: NewRecord = {
  runId: "run_7a",
  reason: "Circuit open",
  owner: "ana:shop",
  lane: "critical",
  priority: 2,
  slaMinutes: 30,
  blockedAt: new Date("2026-03-01T09:00:00.500Z"),
};
const line = (changes: Partial<NewRecord> = {}) => queueRecordLine({ ...record, ...changes }).toString("latin1");

describe("a record's line", () => {
  it("is thegent's, key by key", () => {
    expect(line()).toBe(
      '{"run_id": "run_7a", "reason": "Circuit open", "owner": "ana:shop", "agent": null, "lane": "critical", "priority": 2, "blocked_at_utc": "2026-03-01T09:00:00.500000+00:00", "escalate_by_utc": "2026-03-01T09:30:00.500000+00:00", "sla_minutes": 30, "status": "pending"}\n',
    );
  });

  it.each([
    ["no owner is null", { owner: null }, '"owner": null'],
    ["an empty owner stays one", { owner: "" }, '"owner": ""'],
    ["no lane is the standard one", { lane: null }, '"lane": "standard"'],
    ["an empty lane too", { lane: "" }, '"lane": "standard"'],
    [
      "a time on the second has no fraction",
      { blockedAt: new Date("2026-03-01T09:00:00.000Z") },
      '"blocked_at_utc": "2026-03-01T09:00:00+00:00", "escalate_by_utc": "2026-03-01T09:30:00+00:00"',
    ],
    ["minus zero is zero", { priority: -0 }, '"priority": 0,'],
    [
      "a time limit may lie in the past, as with thegent",
      { slaMinutes: -5 },
      '"escalate_by_utc": "2026-03-01T08:55:00.500000+00:00", "sla_minutes": -5',
    ],
    [
      "other scripts are escaped",
      { reason: "coût 💸\u2028\u007f\u0085" },
      '"reason": "co\\u00fbt \\ud83d\\udcb8\\u2028\\u007f\\u0085"',
    ],
    ["quotes and line ends are escaped", { reason: '"a"\\\r\n\t' }, '"reason": "\\"a\\"\\\\\\r\\n\\t"'],
  ] satisfies [string, Partial<NewRecord>, string][])("%s", (_, changes, expected) => {
    expect(line(changes)).toContain(expected);
  });

  it("agrees with every recorded line, but for the agent and the microseconds that our clock does not have", () => {
    const recorded = readFileSync("samples/session/escalation_queue.jsonl", "latin1")
      .split("\n")
      .filter((text) => text.endsWith('"pending"}'));
    expect(recorded.length).toBeGreaterThan(10);
    for (const text of recorded) {
      const asOurs = text.replace(/"agent": "[^"]*"/, '"agent": null').replace(/(\.\d{3})\d{3}\+/g, "$1000+");
      const read = readObject(Buffer.from(text, "latin1"));
      const found = read.ok ? readQueueRecord(read.value) : read;
      if (!found.ok) throw new Error(found.reason);
      const { runId, reason, owner, lane, priority, slaMinutes, blockedAtMs } = found.record;
      expect(
        line({
          runId,
          reason,
          owner,
          lane,
          priority,
          slaMinutes: slaMinutes ?? 0,
          blockedAt: new Date(blockedAtMs ?? 0),
        }),
      ).toBe(`${asOurs}\n`);
    }
  });
});

/** Text with all that has ever broken a line or a reader, halves of surrogate pairs and U+0000 among them. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "a",
        '"',
        "\\",
        "\n",
        "\r",
        "\u2028",
        "\u2029",
        "\u0085",
        "\u001c",
        "\u007f",
        "\ufeff",
        "é",
        "💸",
        "\0",
        "\ud83d",
        "\udcb8",
      ),
    )
    .map((parts) => parts.join("")),
);
const anyInt = fc.integer({ min: -2_147_483_647, max: 2_147_483_647 });
const anyRecord: fc.Arbitrary<NewRecord> = fc.record({
  runId: anyText,
  reason: anyText,
  owner: fc.option(anyText),
  lane: fc.option(anyText),
  priority: anyInt,
  slaMinutes: fc.integer({ min: -1440, max: 1_000_000 }),
  blockedAt: fc.date({ min: new Date("1990-01-01"), max: new Date("2200-01-01"), noInvalidDate: true }),
});
const addable = anyRecord.filter((candidate) => newRecordProblem(candidate) === null);

describe("whatever people write", () => {
  it("is one line of ASCII that the cockpit's reader reads back as it was said", () => {
    fc.assert(
      fc.property(addable, (candidate) => {
        const bytes = queueRecordLine(candidate);
        expect(bytes.toString("latin1")).toMatch(/^[ -~]+\n$/);
        const read = readObject(bytes.subarray(0, -1));
        const found = read.ok ? readQueueRecord(read.value) : read;
        const { runId, reason, owner, lane, priority, slaMinutes, blockedAt } = candidate;
        const due = blockedAt.getTime() + slaMinutes * 60_000;
        const expected = {
          runId,
          status: "pending",
          reason,
          owner,
          agent: null,
          lane: lane || "standard",
          priority,
          slaMinutes,
          blockedAtMs: blockedAt.getTime(),
          dueAtMs: due,
          resolvedAtText: null,
        };
        expect(found).toMatchObject({ ok: true, record: expected });
      }),
      { numRuns: 1000 },
    );
  });

  it("is known by the same key when it is written, read, rewritten and resolved", () => {
    fc.assert(
      fc.property(addable, (candidate) => {
        const bytes = queueRecordLine(candidate);
        const resolution = { runId: candidate.runId, word: "resolved", at: new Date(0) };
        const { content, closed } = resolveLines(bytes, [resolution]);
        expect(closed.get(candidate.runId)).toEqual([newRecordKey(candidate)]);
        for (const text of [bytes, content!, Buffer.from(JSON.stringify(JSON.parse(bytes.toString())))]) {
          expect(parseEscalationQueue(text)).toMatchObject({
            ok: true,
            runId: candidate.runId,
            identityKey: newRecordKey(candidate),
          });
          expect(missingLines(text, [candidate])).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused exactly when it could not be read back", () => {
    fc.assert(
      fc.property(anyText, (reason) => {
        const isStorable = Buffer.from(reason).toString() === reason && !reason.includes("\0");
        expect(newRecordProblem({ ...record, reason }) === null).toBe(isStorable);
      }),
    );
  });
});

describe("what cannot be added", () => {
  it.each([
    ["A record needs a run.", { runId: "" }],
    ["The run is longer than 512 characters.", { runId: "r".repeat(513) }],
    ["The record holds a character that cannot be stored.", { owner: "\ud83d" }],
    ["The priority is not a whole number of 32 bits; thegent's own list would fail on it.", { priority: 1.5 }],
    ["The priority is not a whole number of 32 bits; thegent's own list would fail on it.", { priority: 2 ** 31 }],
    ["The time limit is not a whole number of minutes.", { slaMinutes: Number.NaN }],
    ["The record's times do not lie in the years 1 to 9999.", { blockedAt: new Date(Number.NaN) }],
    ["The record's times do not lie in the years 1 to 9999.", { blockedAt: new Date("9999-12-31T23:59:00Z") }],
  ] satisfies [string, Partial<NewRecord>][])("is said in a sentence: %s", (sentence, changes) => {
    expect(newRecordProblem({ ...record, ...changes })).toBe(sentence);
    expect(() => newQueueRecord({ ...record, ...changes })).toThrow(new RangeError(sentence));
  });
});

describe("the lines a file does not have", () => {
  const others = Buffer.concat([
    queueRecordLine({ ...record, runId: "other" }),
    Buffer.from('{torn\n\n[1]\n{"run_id": "run_7a", "status": "pending"}\n'),
  ]);

  it("are those of records that are not in it in any state", () => {
    expect(missingLines(others, [record]).map(String)).toEqual([line()]);
    const resolved = resolveLines(Buffer.concat([others, queueRecordLine(record)]), [
      { runId: "run_7a", word: "approved", at: new Date(0) },
    ]).content!;
    expect(missingLines(resolved, [record])).toEqual([]);
  });

  it("come in the order of the records, each once", () => {
    const second = { ...record, reason: "Second" };
    expect(missingLines(others, [second, record, second]).map(String)).toEqual([line(second), line()]);
  });

  it("find a record in the last line without its ending, and one that others wrote in other bytes", () => {
    const text = line({ reason: "coût" }).trimEnd();
    expect(missingLines(Buffer.from(text), [{ ...record, reason: "coût" }])).toEqual([]);
    const reordered = JSON.stringify(Object.fromEntries([...Object.entries(JSON.parse(text) as object)].reverse()));
    expect(missingLines(Buffer.from(reordered), [{ ...record, reason: "coût" }])).toEqual([]);
  });
});
