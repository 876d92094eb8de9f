import fs from "node:fs";
import path from "node:path";
import pg from "pg";

/** Where the embedded PostgreSQL of a running cockpit answers. */
export function databaseUrl(dataDir: string): string {
  const read = (name: string) => fs.readFileSync(path.join(dataDir, "postgres", name), "utf8").trim();
  return `postgresql://cockpit:${read("password")}@127.0.0.1:${read("port")}/cockpit`;
}

export async function query<Row>(dataDir: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
