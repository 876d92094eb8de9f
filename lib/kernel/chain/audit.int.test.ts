import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { inTransaction, pool, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { rounds } from "@/lib/testing/rounds";
import { t0 } from "@/lib/testing/scenarios";
import { appendAudit, appendAuditAll } from "./audit";

const event = (note: string) =>
  doneEvent(cockpitMay("sample.seed"), { now: t0, requestId: "r1" }, { kind: "scene", id: "e1" }, null, {
    directory: note,
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
      `SELECT count(DISTINCT "prevHash")::int AS "links", count(DISTINCT body::json #>> '{after,directory}')::int AS "notes" FROM "AuditEvent"`,
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
    `UPDATE "AuditTileHash" SET "hash" = "hash"`,
    `DELETE FROM "AuditTileHash"`,
    `TRUNCATE "AuditTileHash"`,
  ])("the database refuses: %s", async (sql) => {
    await expect(pool().query(sql)).rejects.toThrow(/only grows|updated to DEFAULT/);
    expect((await verifyChain()).status).toBe("passed");
  });

  it("keeps its Merkle tree up with every act, whole batches too, and finds a hash of it that was changed", async () => {
    const many = 2 * 256 + 5;
    await inTransaction((tx) =>
      appendAuditAll(
        tx,
        Array.from({ length: many }, (_, n) => event(`batch ${n}`)),
      ),
    );
    expect((await verifyChain()).findings).toEqual([]);
    const { rows } = await pool().query<{ level: number; index: string }>(
      `SELECT "level", "index" FROM "AuditTileHash" ORDER BY "index"`,
    );
    expect(rows).toEqual(
      Array.from({ length: Math.floor((total + many) / 256) }, (_, index) => ({ level: 1, index: `${index}` })),
    );
    const swap = (to: string) =>
      pool().query(
        `ALTER TABLE "AuditTileHash" DISABLE TRIGGER ALL; UPDATE "AuditTileHash" SET "hash" = ${to} WHERE "index" = 1; ALTER TABLE "AuditTileHash" ENABLE TRIGGER ALL`,
      );
    await swap(`set_byte("hash", 3, get_byte("hash", 3) # 1)`);
    expect((await verifyChain()).findings).toMatchObject([{ kind: "tree", seq: "257" }]);
    await swap(`set_byte("hash", 3, get_byte("hash", 3) # 1)`);
    await pool()
      .query(`UPDATE "AuditHead" SET "seq" = "seq" + 1048576`)
      .then(
        () => expect.fail("a head without its frontier was taken"),
        (error: Error) => expect(error.message).toContain("audit_head_has_its_frontier"),
      );
    expect((await verifyChain()).status).toBe("passed");
  });

  it("takes up the events of before an upgrade into the same tree, with no more than was there", async () => {
    const kept = async () => ({
      head: (await pool().query(`SELECT "seq", "frontier" FROM "AuditHead"`)).rows,
      tiles: (await pool().query(`SELECT * FROM "AuditTileHash" ORDER BY "level", "index"`)).rows,
      leaves: (await pool().query(`SELECT "seq", "leaf" FROM "AuditEvent" ORDER BY "seq"`)).rows,
    });
    const before = await kept();
    // The database as it was before, with the events that there are.
    await pool().query(`
      DROP TABLE "AuditTileHash"; ALTER TABLE "AuditHead" DROP COLUMN "frontier";
      ALTER TABLE "AuditEvent" DROP COLUMN "leaf"; DROP FUNCTION audit_leaf`);
    await pool().query(fs.readFileSync("prisma/migrations/20261127120000_log/migration.sql", "utf8"));
    expect(await kept()).toEqual(before);
    await append("after the upgrade");
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
