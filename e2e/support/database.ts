import fs from "node:fs";
import path from "node:path";
import pg from "pg";

const noteIn = (home: string): string => path.join(home, "database-url");

/** Beside its data directory, where a cockpit has no PostgreSQL of its own. */
export const keepDatabaseUrl = (home: string, url: string): void => fs.writeFileSync(noteIn(home), url);

/** What a command must be told in DATABASE_URL to work on that cockpit's database: nothing, where PostgreSQL is its own. */
export function sharedDatabaseUrl(dataDir: string): string {
  const note = noteIn(path.dirname(dataDir));
  return fs.existsSync(note) ? fs.readFileSync(note, "utf8") : "";
}

/** Where the database of a running cockpit answers. */
function databaseUrl(dataDir: string): string {
  const read = (name: string) => fs.readFileSync(path.join(dataDir, "postgres", name), "utf8").trim();
  return sharedDatabaseUrl(dataDir) || `postgresql://cockpit:${read("password")}@127.0.0.1:${read("port")}/cockpit`;
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
