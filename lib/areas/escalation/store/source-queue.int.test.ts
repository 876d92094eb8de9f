import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { db, inTransaction } from "@/lib/kernel/db/client";
import { openSession, type Session } from "@/lib/testing/session";
import { pendingLine } from "@/lib/thegent/files/testing/queue-fixture";
import { queueLines } from "./source-queue";

const queue = "escalation_queue.jsonl";
const many = 20_000;

let session: Session;
beforeEach(async () => void (session = await openSession()));
afterEach(() => session.close());

const linesOf = async (runId: string) => {
  const { id } = (await session.file(queue))!;
  return inTransaction(async (tx) => {
    const lines = await queueLines(tx, id, [runId]);
    const [{ looks }] = await tx.$queryRaw<[{ looks: number }]>`
      SELECT (coalesce("seq_tup_read", 0) + coalesce("idx_tup_fetch", 0))::int AS "looks" FROM pg_stat_xact_user_tables WHERE "relname" = 'SourceRecord'`;
    return {
      lines: lines.map(({ bytes, count }) => [Buffer.from(bytes).toString(), count]),
      seenAt: lines.map(({ seenAt }) => seenAt.getTime()),
      looks,
    };
  });
};

describe("the equal records of one run", () => {
  it("are known with their number, without a look at each of them", async () => {
    const [storm, other] = [
      pendingLine("storm"),
      pendingLine("storm", "Budget spent").replace('"priority": 0', '"priority": 3'),
    ];
    session.write(queue, `${other}\n${`${storm}\n`.repeat(many)}`);
    await session.readOnce();
    await db().$executeRaw`ANALYZE "SourceRecord"`;
    const { lines, looks } = await linesOf("storm");
    expect(lines).toEqual([
      [other, 1],
      [storm, many],
    ]);
    expect(looks).toBeLessThan(20);
    expect(await db().escalation.findMany()).toMatchObject([{ runId: "storm", recordCount: many + 1, priority: 3 }]);
  });

  it("are as many as the file holds now, and were first seen with the first, after some of them were taken away", async () => {
    const [storm, other] = [
      pendingLine("storm"),
      pendingLine("storm", "Budget spent").replace('"priority": 0', '"priority": 3'),
    ];
    session.write(queue, `${storm}\n`);
    await session.readOnce();
    const {
      seenAt: [first],
    } = await linesOf("storm");
    session.append(queue, `${`${storm}\n`.repeat(4)}${other}\n`);
    await session.readOnce();
    expect((await linesOf("storm")).lines).toEqual([
      [storm, 5],
      [other, 1],
    ]);
    session.replace(queue, `${other}\n${storm}\n${storm}\n`);
    await session.readOnce();
    const { lines, seenAt } = await linesOf("storm");
    expect([lines, seenAt[1]]).toEqual([
      [
        [other, 1],
        [storm, 2],
      ],
      first,
    ]);
    session.replace(queue, `${other}\n`);
    await session.readOnce();
    expect((await linesOf("storm")).lines).toEqual([[other, 1]]);
  });
});
