import { beforeAll, describe, expect, it } from "vitest";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { ask } from "@/lib/testing/override-acts";
import { as, makePerson, makeSource } from "@/lib/testing/scenarios";

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 3);
});

describe("nobody is deleted together with what they did", () => {
  it("every column that names a person has a key to them, which refuses their deletion", async () => {
    const columns = await db().$queryRaw<{ column: string; rule: string | null }[]>`
      SELECT c.table_name || '.' || c.column_name AS "column",
        (SELECT string_agg(t.relname || ' ' || f.confdeltype::text, ', ') FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid
          WHERE f.contype = 'f' AND f.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass AND f.convalidated
            AND f.conkey = ARRAY[(SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = f.conrelid AND a.attname = c.column_name)]) AS "rule"
      FROM information_schema.columns c
      WHERE c.table_schema = 'public' AND c.udt_name = 'uuid' AND c.column_name ~ '(ById|ForId|ToId|^personId|^fromId|^toId)$' ORDER BY 1`;
    expect(columns.length).toBeGreaterThan(18);
    expect(columns.filter(({ rule }) => rule !== "Person r")).toEqual([]);
  });

  it("no other uuid column stands for a person without saying so: each is a row's own id, a key to a row, or one of those named here", async () => {
    const loose = await db().$queryRaw<{ column: string }[]>`
      SELECT c.table_name || '.' || c.column_name AS "column" FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE t.table_type = 'BASE TABLE' AND c.table_schema = 'public' AND c.udt_name = 'uuid' AND c.column_name <> 'id' AND NOT EXISTS (
        SELECT 1 FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
        WHERE f.contype = 'f' AND f.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass AND a.attname = c.column_name) ORDER BY 1`;
    expect(loose.map(({ column }) => column)).toEqual(["Delivery.messageId", "SourceLease.holder"]);
  });

  it("who asked for an override is not deleted; who never did anything, and holds no role, is", async () => {
    await makeSource();
    const olga = await makePerson("operator");
    await ask(as(olga));
    await db().notice.deleteMany();
    await db().roleHolding.deleteMany();
    await expect(db().person.delete({ where: { id: olga.id } })).rejects.toMatchObject({ code: "P2003" });
    expect(await db().override.count({ where: { requestedById: olga.id } })).toBe(1);
    const stranger = await makePerson();
    await db().person.delete({ where: { id: stranger.id } });
    expect(await db().person.count({ where: { id: stranger.id } })).toBe(0);
  });
});
