import pg from "pg";
import { expect, it } from "vitest";
import { freshDatabase } from "./database";

const tables = `SELECT count(*)::int AS n FROM information_schema.tables WHERE table_name = 'SourceRecord'`;

it("gives each caller a migrated database of its own", async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(one).not.toBe(two);
  for (const connectionString of [one, two]) {
    const client = new pg.Client({ connectionString });
    await client.connect();
    expect((await client.query(tables)).rows).toEqual([{ n: 1 }]);
    await client.end();
  }
});
