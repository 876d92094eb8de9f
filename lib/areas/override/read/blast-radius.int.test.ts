import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { lookAlikes } from "@/lib/areas/override/domain/look-alike";
import { isSameOwner } from "@/lib/areas/override/domain/owner";
import { pool, useDatabase } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { isOwner } from "@/lib/kernel/list/same-owner";
import { freshDatabase } from "@/lib/testing/database";
import { justification } from "@/lib/testing/overrides";
import { makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { aStartOfEach, contentOf, startsOf } from "./blast-radius";

type Start = { owner?: unknown; runId: string; at: Date; lane: string; agent: string; note?: string };

const owners = [
  "ana:shop",
  "Ana:shop",
  "ana:sh\u043ep",
  "ana:shop ",
  "\uff41na:shop",
  "an\u200ba:shop",
  "caf\u00e9:till",
  "cafe\u0301:till",
  "?",
  "",
  "o".repeat(9000),
  "ana:shop\0",
  "\ud800x",
];
const now = minutes(0);

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 3);
});

async function write(sourceId: string, starts: readonly Start[]): Promise<void> {
  const fileId = uuidv7();
  await pool().query(
    `INSERT INTO "SourceFile" ("id", "sourceId", "path", "kind") VALUES ($1, $2, 'run_registry.jsonl', 'run_registry')`,
    [fileId, sourceId],
  );
  const rows = starts.map(({ runId, at, ...said }, n) => ({
    runId,
    at,
    parsed: JSON.stringify({ event: "start", policy_result: "allow", ...said }),
    sha: createHash("sha256").update(`${n}`).digest("hex"),
    n,
  }));
  await pool().query(
    `INSERT INTO "SourceRecord" ("fileId", "line", "byteOffset", "sha256", "occurrence", "bytes", "parsed", "kind", "runId", "recordedAt", "firstSeenAt")
     SELECT $1, b.n + 1, b.n, decode(b.sha, 'hex'), 0, '', b.parsed::json, 'start', b."runId", b.at, b.at FROM json_to_recordset($2::json) AS b("runId" text, at timestamptz, parsed text, sha text, n int)`,
    [fileId, JSON.stringify(rows)],
  );
}

const radiusOf = async (sourceId: string, owner: string) =>
  (
    await contentOf(
      null,
      { id: uuidv7(), sourceId, escalationId: null, owner, justification, ticket: null, requestedSeconds: 60 },
      now,
    )
  ).radius;

describe("an owner's runs of the last day", () => {
  it("are exactly those that reading everybody's would find, and so are the owners that read alike, however names differ", async () => {
    const sourceId = await makeSource();
    const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
    const starts = Array.from({ length: 400 }, (_, n): Start => ({
      ...(n % 31 === 0 ? {} : { owner: n % 29 === 0 ? 7 : pick(owners, n * 7 + (n >> 3)) }),
      runId: `run_${n % 150}`,
      at: minutes(-((n * 37) % 2000)),
      lane: pick(["standard", "critical"], n >> 2),
      agent: pick(["claude", "codex", "gemini"], n),
      ...(n % 17 === 0 && { note: "half \ud800, and none \0" }),
    }));
    await write(sourceId, starts);
    const ofDay = starts.filter(({ at }) => at > new Date(now.getTime() - 86_400_000) && at <= now);
    for (const owner of owners.filter((one) => one !== "" && !/[\0\ud800]/.test(one))) {
      const mine = new Map(ofDay.filter((one) => one.owner === owner).map((one) => [one.runId, one]));
      const counts = new Map<string, number>();
      for (const { lane } of mine.values()) counts.set(lane, (counts.get(lane) ?? 0) + 1);
      const agents = [...new Set(ofDay.filter((one) => one.owner === owner).map(({ agent }) => agent))].sort();
      const known = [...new Set(ofDay.flatMap((one) => (typeof one.owner === "string" ? one.owner : [])))].sort();
      const radius = await radiusOf(sourceId, owner);
      expect(
        { ...radius, runs: Object.fromEntries(radius.runs.map(({ lane, count }) => [lane, count])) },
        owner.slice(0, 20),
      ).toMatchObject({ runs: Object.fromEntries(counts), agents, alike: lookAlikes(owner, known) });
      expect(radius.runs.length).toBe(counts.size);
    }
  });

  it("are read alone: thousands of others' are not touched, and of each other owner one", async () => {
    const sourceId = await makeSource();
    await write(
      sourceId,
      Array.from({ length: 8000 }, (_, n) => ({
        owner: n % 400 === 0 ? "ana:shop" : `team-${n % 20}:shop`,
        runId: `run_${n}`,
        at: t0,
        lane: "standard",
        agent: "claude",
      })),
    );
    await pool().query(`ANALYZE "SourceRecord"`);
    const records = async ({ text, values }: Prisma.Sql): Promise<number> => {
      const { rows } = await pool().query<{ "QUERY PLAN": [{ Plan: Node }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      );
      return readIn(rows[0]!["QUERY PLAN"][0].Plan);
    };
    expect(await records(startsOf(sourceId, "ana:shop", now))).toBe(20);
    // Of 21 owners: each is come upon once, and looked at once.
    expect(await records(aStartOfEach(sourceId, now))).toBeLessThanOrEqual(2 * 21);
  });
});

type Node = {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
};
/** Records that a plan looked at, kept or not. */
const readIn = (node: Node): number =>
  (node["Relation Name"] === "SourceRecord"
    ? Math.round((node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"])
    : 0) + (node.Plans ?? []).reduce((sum, plan) => sum + readIn(plan), 0);

it("the database and the domain agree on who is the same owner", async () => {
  const kept = owners.filter((owner) => !/[\0\ud800]/.test(owner));
  for (const one of kept) {
    for (const other of kept) {
      const { text, values } = Prisma.sql`SELECT ${isOwner(Prisma.sql`${one}::text`, other)} AS "same"`;
      const { rows } = await pool().query<{ same: boolean }>(text, values);
      expect([one.slice(0, 20), other.slice(0, 20), rows[0]!.same]).toEqual([
        one.slice(0, 20),
        other.slice(0, 20),
        isSameOwner(one, other),
      ]);
    }
  }
});
