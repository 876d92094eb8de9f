import { beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { inTransaction, pool, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { rounds } from "@/lib/testing/rounds";
import { t0 } from "@/lib/testing/scenarios";
import { appendAudit } from "./audit";

const event = (note: string) =>
  doneEvent(cockpitMay("escalation.trigger"), { now: t0, requestId: "r1" }, { kind: "escalation", id: "e1" }, null, {
    note,
  });
/** Acts of each of 32 writers. */
const each = rounds(3, 10);
const total = 32 * each;
const append = (note: string) => inTransaction((tx) => appendAudit(tx, event(note)));
/** What somebody with direct access does: the guards are switched off first. */
const tamper = async (sql: string) => {
  await pool().query(
    `ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL; ${sql}; ALTER TABLE "AuditEvent" ENABLE TRIGGER ALL`,
  );
};

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 40);
});

describe("the cockpit's own chain in PostgreSQL", () => {
  it("stays one unforked chain under 32 concurrent writers, and an act that fails leaves no trace", async () => {
    await Promise.all(
      Array.from({ length: 32 }, async (_, writer) => {
        for (let n = 0; n < each; n++) await append(`writer ${writer}, act ${n} – ünïcödé ☃`);
        await inTransaction(async (tx) => {
          await appendAudit(tx, event("rolled back"));
          throw new Error("the act failed");
        }).catch(() => {});
      }),
    );
    const verdict = await verifyChain();
    expect(verdict).toMatchObject({ status: "passed", events: total, head: { seq: `${total}` } });
    const { rows } = await pool().query(
      `SELECT count(DISTINCT "prevHash")::int AS "links", count(DISTINCT body::json #>> '{after,note}')::int AS "notes" FROM "AuditEvent"`,
    );
    expect(rows).toEqual([{ links: total, notes: total }]);
  });

  it.each([
    `UPDATE "AuditEvent" SET "body" = '{}' WHERE "seq" = 1`,
    `UPDATE "AuditEvent" SET "hash" = repeat('1', 64) WHERE "seq" = 1`,
    `UPDATE "AuditEvent" SET "action" = 'escalation.view' WHERE "seq" = 1`,
    `DELETE FROM "AuditEvent" WHERE "seq" = ${total}`,
    `TRUNCATE "AuditEvent"`,
    `DELETE FROM "AuditHead"`,
    `TRUNCATE "AuditHead"`,
    `UPDATE "AuditHead" SET "seq" = 1`,
  ])("the database refuses: %s", async (sql) => {
    await expect(pool().query(sql)).rejects.toThrow(/only grows|updated to DEFAULT/);
    expect((await verifyChain()).status).toBe("passed");
  });

  it("says where and how it is broken after the guards were switched off", async () => {
    const checkpoint = (await verifyChain()).head;
    await tamper(`UPDATE "AuditEvent" SET "body" = replace("body", 'writer', 'wraiter') WHERE "seq" = 7`);
    expect((await verifyChain()).findings).toMatchObject([{ kind: "edited", seq: "7" }]);
    await tamper(`DELETE FROM "AuditEvent" WHERE "seq" = 9`);
    expect((await verifyChain()).findings).toMatchObject([
      { kind: "edited", seq: "7" },
      { kind: "removed", seq: "10" },
    ]);
    await tamper(`DELETE FROM "AuditEvent" WHERE "seq" > ${total - 2}`);
    const cut = await verifyChain({ seq: BigInt(checkpoint.seq), hash: checkpoint.hash });
    expect(cut.status).toBe("failed");
    expect(cut.findings.map(({ kind }) => kind)).toContain("cut");
  });
});
