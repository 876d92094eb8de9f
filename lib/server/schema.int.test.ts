/** prisma/schema and prisma/migrations say the same: a database made from each has the same tables, columns, keys and indexes. */
import pg from "pg";
import { expect, inject, it } from "vitest";
import { freshDatabase } from "@/lib/testing/database";
import { currentSchema, schemaDiff } from "./schema-diff";

async function describeDatabase(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const lines = async (sql: string) => (await client.query<{ line: string }>(sql)).rows.map(({ line }) => line);
  const facts = {
    columns: await lines(
      `SELECT format('%s.%s %s %s', table_name, column_name, udt_name, is_nullable) AS line FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) WHERE table_type = 'BASE TABLE' AND table_schema = 'public' AND table_name NOT LIKE '\\_prisma%' ORDER BY 1`,
    ),
    enums: await lines(
      `SELECT t.typname || ': ' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) AS line FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'public' GROUP BY t.typname ORDER BY 1`,
    ),
    keys: await lines(
      `SELECT conrelid::regclass || ' ' || replace(pg_get_constraintdef(c.oid), ' DEFERRABLE INITIALLY DEFERRED', '') AS line FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' AND contype IN ('p', 'f', 'u') AND conrelid::regclass::text NOT LIKE '%\\_prisma%' ORDER BY 1`,
    ),
    indexes: await lines(
      `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' ORDER BY 1`,
    ),
  };
  await client.end();
  return facts;
}

it("the migrations lead to exactly what the schema says, and beyond it only partial indexes and what Prisma cannot say", async () => {
  const migrated = await freshDatabase();
  const maintenance = inject("postgresUrl");
  const sql = await schemaDiff(maintenance, [], currentSchema());
  const client = new pg.Client({ connectionString: maintenance });
  await client.connect();
  await client.query("CREATE DATABASE from_schema");
  await client.end();
  const url = new URL(maintenance);
  url.pathname = "/from_schema";
  const fresh = new pg.Client({ connectionString: url.href });
  await fresh.connect();
  await fresh.query(sql);
  await fresh.end();

  const [said, made] = await Promise.all([describeDatabase(url.href), describeDatabase(migrated)]);
  expect(made.columns).toEqual(said.columns);
  expect(made.enums).toEqual(said.enums);
  expect(made.keys).toEqual(said.keys);
  expect(made.indexes).toEqual(expect.arrayContaining(said.indexes!));
  const extra = made.indexes!.filter((index) => !said.indexes!.includes(index));
  expect(
    extra.every((index) => / WHERE |escalation_by_run/.test(index)),
    extra.join("\n"),
  ).toBe(true);
});
