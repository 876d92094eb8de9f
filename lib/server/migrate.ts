/**
 * Brings a database to the committed schema: the SQL files of prisma/migrations in order, one transaction each, under an
 * advisory lock, recorded in Prisma's own table with Prisma's own checksum, so that `prisma migrate deploy` agrees.
 */
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { StartError } from "@/lib/kernel/errors";

const quiet = new Logger(() => () => {});
const LOCK = 7_236_001; // any constant of our own
const OLDEST_POSTGRES = 150_000;

const committed = (): string => path.join(process.cwd(), "prisma/migrations");

/**
 * Names of the migrations that were applied now; `only`: of these alone. Refuses with a StartError when a migration fails or an applied one
 * was changed.
 */
export async function migrate(
  connectionString: string,
  directory = committed(),
  only?: ReadonlySet<string>,
): Promise<string[]> {
  const client = new pg.Client({ connectionString, options: "-c timezone=UTC" });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version_num: string; server_version: string }>(
      "SELECT current_setting('server_version_num') AS server_version_num, current_setting('server_version') AS server_version",
    );
    if (Number(rows[0]!.server_version_num) < OLDEST_POSTGRES) {
      throw new StartError(
        `The database is PostgreSQL ${rows[0]!.server_version}; 15 or newer is needed.`,
        "Upgrade it, or unset DATABASE_URL to use the embedded one.",
      );
    }
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const applied = await applyMissing(
      client,
      readMigrations(directory).filter(({ name }) => !only || only.has(name)),
    );
    // The job queue keeps its tables in a schema of its own; acts schedule jobs in their transaction, so it must be there first.
    await runMigrations({ connectionString, logger: quiet });
    return applied;
  } finally {
    await client.end();
  }
}

type Migration = { name: string; sql: string; checksum: string };

/** In their order. */
export function readMigrations(directory = committed()): Migration[] {
  return fs
    .readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const file = path.join(directory, name, "migration.sql");
      if (!fs.existsSync(file)) return [];
      const sql = fs.readFileSync(file, "utf8");
      return [{ name, sql, checksum: createHash("sha256").update(sql).digest("hex") }];
    });
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
    logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
  const known = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const applied = new Map(known.rows.map((row) => [row.migration_name, row.checksum]));
  const done: string[] = [];
  for (const { name, sql, checksum } of migrations) {
    const before = applied.get(name);
    if (before === checksum) continue;
    if (before)
      throw new StartError(
        `Migration ${name} was changed after it was applied.`,
        "Restore the file; add a new migration instead.",
      );
    await applyOne(client, name, sql, checksum);
    done.push(name);
  }
  return done;
}

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new StartError(
      `Migration ${name} failed: ${(error as Error).message}`,
      "Nothing of it was applied; mend the cause and start again.",
    );
  }
}
