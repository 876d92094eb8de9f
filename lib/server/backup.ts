/** Writes everything that the cockpit holds in its database into one file, from one snapshot, while it runs. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import { open, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { StartError } from "@/lib/kernel/errors";
import {
  backupFormat,
  backupVersion,
  countLines,
  endOfTable,
  readBackup,
  type BackupEnd,
  type BackupHeader,
  type BackupTable,
} from "./backup-file";
import { syncDirectory } from "./closed";
import { inLoadingOrder, type Reference } from "./loading-order";

export type BackupMade = { at: string; head: BackupHeader["head"]; tables: number; rows: number; bytes: number };

/** Rows are text, and must read alike wherever they are loaded. */
export const copySettings =
  "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=3 -c bytea_output=hex -c search_path=public";

/**
 * Makes `file`, which only this account may read: it appears whole, in one step, or not at all. An older backup there is replaced; anything
 * else is left alone and refused with a StartError.
 */
export async function backUp(url: string, file: string, now: Date): Promise<BackupMade> {
  await refuseOther(file);
  const draft = `${file}.new`;
  const client = new pg.Client({ connectionString: url, options: copySettings });
  await client.connect();
  try {
    fs.rmSync(draft, { force: true });
    const handle = await open(draft, "wx", 0o600);
    try {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      const made: { end?: BackupEnd } = {};
      const header = await readHeader(client, now);
      // Little is gained by packing harder, and time is: the snapshot stands as long as this takes.
      await pipeline(
        Readable.from(contentOf(client, header, made)),
        createGzip({ level: 3 }),
        (packed: AsyncIterable<Buffer>) => writeFile(handle, packed),
      );
      await client.query("COMMIT");
      await handle.sync();
      // Two at once make one draft after the other: what takes the name must be this one, whole.
      if (fs.statSync(draft).ino !== fs.fstatSync(handle.fd).ino)
        throw new StartError(
          `Another backup to ${file} was begun meanwhile.`,
          "That one takes the name; this one was given up.",
        );
      fs.renameSync(draft, file);
      syncDirectory(path.dirname(file));
      const rows = Object.values(made.end!.rows);
      return {
        at: header.at,
        head: header.head,
        tables: rows.length,
        rows: rows.reduce((sum, count) => sum + count, 0),
        bytes: (await handle.stat()).size,
      };
    } catch (error) {
      if (fs.statSync(draft, { throwIfNoEntry: false })?.ino === fs.fstatSync(handle.fd).ino) fs.rmSync(draft);
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw explain(error, file);
  } finally {
    await client.end();
  }
}

/** A mistyped name must not cost a file that is something else, nor a file of somebody else's. */
async function refuseOther(file: string): Promise<void> {
  const there = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!there) return;
  const isOwn = there.isFile() && (process.getuid === undefined || there.uid === process.getuid());
  if (isOwn && (there.size === 0 || (await isBackup(file)))) return;
  throw new StartError(
    `${file} is there already, and is no backup of this account's; it was left as it is.`,
    "Name another file.",
  );
}

async function isBackup(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    for await (const part of readBackup(handle)) return "header" in part;
    return false;
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

async function readHeader(client: pg.Client, now: Date): Promise<BackupHeader> {
  const { rowCount: isThere } = await client.query(`SELECT 1 WHERE to_regclass('"_prisma_migrations"') IS NOT NULL`);
  if (!isThere)
    throw new StartError(
      "The database holds no cockpit yet.",
      "There is nothing to back up before the first `npm start`.",
    );
  const migrations = await client.query<{ name: string; checksum: string }>(`
    SELECT migration_name AS "name", "checksum" FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`);
  const { rows } = await client.query<BackupHeader["head"]>(
    `SELECT "seq"::text AS "seq", "hash" FROM "AuditHead" WHERE "id" = 1`,
  );
  return {
    format: backupFormat,
    version: backupVersion,
    at: now.toISOString(),
    migrations: migrations.rows,
    head: rows[0]!,
  };
}

async function* contentOf(client: pg.Client, header: BackupHeader, made: { end?: BackupEnd }): AsyncGenerator<Buffer> {
  const digest = createHash("sha256");
  const counted: Record<string, number> = {};
  const noted = (bytes: Buffer) => {
    digest.update(bytes);
    return bytes;
  };
  yield noted(jsonLine(header));
  for (const table of await readTables(client)) {
    yield noted(jsonLine(table));
    counted[table.table] = 0;
    const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
    for await (const chunk of client.query(copyTo(`COPY ${pg.escapeIdentifier(table.table)} (${columns}) TO STDOUT`))) {
      counted[table.table]! += countLines(chunk as Buffer);
      yield noted(chunk as Buffer);
    }
    yield noted(endOfTable);
  }
  made.end = { rows: counted, sequences: await readSequences(client), sha256: digest.digest("hex") };
  yield jsonLine(made.end);
}

const jsonLine = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/**
 * Not kept: the list of migrations, which the header has, and what is of the moment. A session that ended since must not come back, nor a
 * worker's turn, nor the count of somebody's wrong passwords.
 */
const left = ["_prisma_migrations", "Session", "SourceLease", "sign_in_throttle"];

/** The tables that are kept, each after those that it refers to. What the database computes is no column. */
async function readTables(client: pg.Client): Promise<BackupTable[]> {
  const tables = await client.query<BackupTable>(
    `
    SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS "columns"
    FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE s.nspname = 'public' AND c.relkind = 'r' AND NOT c.relname = ANY ($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`,
    [left],
  );
  const references = await client.query<Reference>(`
    SELECT o.relname AS "from", t.relname AS "to" FROM pg_constraint f JOIN pg_class o ON o.oid = f.conrelid JOIN pg_class t ON t.oid = f.confrelid
    JOIN pg_namespace s ON s.oid = o.relnamespace WHERE f.contype = 'f' AND s.nspname = 'public'`);
  return inLoadingOrder(tables.rows, references.rows);
}

/** They are in no snapshot: what is read now is not behind the rows that were read before. */
async function readSequences(client: pg.Client): Promise<BackupEnd["sequences"]> {
  const names = await client.query<{ name: string }>(
    `SELECT sequencename AS "name" FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename`,
  );
  const read = async ({ name }: { name: string }) => {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `SELECT last_value::text AS "value", is_called AS "called" FROM ${pg.escapeIdentifier(name)}`,
    );
    return { name, ...rows[0]! };
  };
  const sequences: BackupEnd["sequences"] = [];
  for (const row of names.rows) sequences.push(await read(row));
  return sequences;
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "its directory does not exist",
  EACCES: "this account may not write there",
  EPERM: "this account may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "there is a directory of that name",
};

function explain(error: unknown, file: string): unknown {
  const why = sentences[(error as NodeJS.ErrnoException).code ?? ""];
  return why ? new StartError(`${file} cannot be written: ${why}.`, "Name another file, or make room.") : error;
}
