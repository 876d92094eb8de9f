/** Fills an empty database with what a backup holds. */
import { open, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { genesisHash } from "@/lib/kernel/chain/audit-event";
import type { TileHash } from "@/lib/kernel/chain/log/tree";
import { ChainVerifier, withFindings, type ChainVerdict } from "@/lib/kernel/chain/verify-chain";
import { TreeVerifier, type KeptTree } from "@/lib/kernel/chain/verify-tree";
import { StartError } from "@/lib/kernel/errors";
import { copySettings } from "./backup";
import {
  BackupRefused,
  checkBackup,
  readBackup,
  type BackupEnd,
  type BackupHeader,
  type BackupPart,
  type BackupTable,
} from "./backup-file";
import { createIfMissing } from "./database";
import { migrate, readMigrations } from "./migrate";

export type Restored = { header: BackupHeader; chain: ChainVerdict };

type Options = {
  /** Take what was made while its audit chain was broken already. */
  brokenChain?: boolean;
};

/** A backup that was read to its end: it is whole, and its schema known here. */
export type CheckedBackup = { handle: FileHandle; header: BackupHeader };

/** Runs `work` with the backup in `file`, before which nothing need be there or is made. Throws a BackupRefused or a StartError. */
export async function withBackup<T>(file: string, work: (backup: CheckedBackup) => Promise<T>): Promise<T> {
  const handle = await openBackup(file);
  try {
    const header = await checkBackup(handle);
    refuseUnknown(header);
    return await work({ handle, header });
  } finally {
    await handle.close();
  }
}

/**
 * Restores a backup into the database at `url`, which is made if it is missing and must hold nothing: all of it in one transaction, which
 * ends only when the audit chain in it is whole and has the head of the backup. One of an older cockpit is brought up to this one's schema.
 * Throws a BackupRefused or a StartError; then no row was written.
 */
export async function restore(
  url: string,
  { handle, header }: CheckedBackup,
  { brokenChain = false }: Options = {},
): Promise<Restored> {
  await createIfMissing(url);
  const chain = await load(url, handle, header, brokenChain);
  await migrate(url);
  return { header, chain };
}

async function openBackup(file: string): Promise<FileHandle> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `${file} cannot be read: ${error.code === "ENOENT" ? "it does not exist" : error.code}.`,
      "Nothing was restored.",
    );
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new StartError(`${file} is no file.`, "Nothing was restored.");
}

/** Its rows fit the schema that these migrations made, and no other. */
function refuseUnknown({ migrations }: BackupHeader): void {
  const ours = new Map(readMigrations().map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.find(({ name, checksum }) => ours.get(name) !== checksum);
  if (unknown)
    throw new BackupRefused(
      `It was made with the migration ${unknown.name}, which this cockpit ${ours.has(unknown.name) ? "has another text of" : "does not have: a newer cockpit made it"}.`,
    );
}

async function load(
  url: string,
  handle: FileHandle,
  header: BackupHeader,
  brokenChain: boolean,
): Promise<ChainVerdict> {
  const client = new pg.Client({ connectionString: url, options: copySettings });
  await client.connect();
  try {
    await refuseUsed(client, header);
    await migrate(url, undefined, new Set(header.migrations.map(({ name }) => name)));
    await client.query("BEGIN");
    await clear(client, header);
    await loadTables(client, handle);
    const chain = await verify(client, header);
    if (chain.status === "failed" && !brokenChain)
      throw new BackupRefused(`The audit chain in it is broken: ${chain.findings[0]!.says}`);
    await client.query("COMMIT");
    return chain;
  } finally {
    // What was not committed is rolled back by that.
    await client.end();
  }
}

/** Without any of these a cockpit was never used: everything else hangs on them. */
const first = ["Person", "Source", "AuditEvent"];

/** What is there must be nothing, or an empty cockpit of the backup's schema, such as a restore leaves that was cut off. */
async function refuseUsed(client: pg.Client, { migrations }: BackupHeader): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`,
  );
  const tables = rows.map(({ name }) => name);
  if (!tables.length) return;
  const used =
    !tables.includes("_prisma_migrations") ||
    (await holdsRows(
      client,
      first.filter((name) => tables.includes(name)),
    ));
  if (used) {
    const instead = "Name another in DATABASE_URL, or another COCKPIT_DATA_DIR; nothing was restored.";
    throw new StartError("The database is not empty, and a backup is restored into an empty one only.", instead);
  }
  const applied = await client.query<{ name: string }>(`SELECT migration_name AS "name" FROM "_prisma_migrations"`);
  const known = new Set(migrations.map(({ name }) => name));
  const newer = applied.rows.find(({ name }) => !known.has(name));
  if (!newer) return;
  throw new StartError(
    `The database has the migration ${newer.name} already, and the backup was made before it.`,
    "Name a database that is not there yet; nothing was restored.",
  );
}

async function holdsRows(client: pg.Client, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) {
    if ((await client.query(`SELECT 1 FROM ${pg.escapeIdentifier(table)} LIMIT 1`)).rowCount) return true;
  }
  return false;
}

/**
 * Takes all tables for itself, and out of them what migrations put there: it is in the backup too. Whoever comes meanwhile waits. Triggers of
 * ours rest until the end of the transaction: the audit's refuse that anything is taken away, the others announce what nobody need hear.
 */
async function clear(client: pg.Client, header: BackupHeader): Promise<void> {
  const tables = await tablesOf(client);
  for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await refuseUsed(client, header);
  for (const table of tables) await client.query(`DELETE FROM ${table}`);
}

/** The file is read once more, and its digest held against it once more, before the transaction ends. */
async function loadTables(client: pg.Client, handle: FileHandle): Promise<void> {
  const parts = readBackup(handle);
  let part = (await parts.next()).value;
  while (part) {
    if ("end" in part) await setSequences(client, part.end);
    const { rows, behind } = rowsBefore(parts);
    if ("table" in part) await pipeline(Readable.from(rows), client.query(copyFrom(copyInto(part.table))));
    part = await behind();
  }
  // What is checked at the end of a transaction is checked now: no table is altered before that.
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  for (const table of await tablesOf(client)) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

/** The rows that come next, and the part behind them, which may be asked for once they are read. */
function rowsBefore(parts: AsyncGenerator<BackupPart, void>): {
  rows: AsyncIterable<Buffer>;
  behind: () => Promise<BackupPart | void>;
} {
  let last: { value: BackupPart | void } | undefined;
  const rows = async function* () {
    for (;;) {
      const next = await parts.next();
      if (next.done || !("rows" in next.value)) {
        last = next;
        return;
      }
      yield next.value.rows;
    }
  };
  return { rows: rows(), behind: async () => (last ?? (await parts.next())).value };
}

const copyInto = ({ table, columns }: BackupTable): string =>
  `COPY ${pg.escapeIdentifier(table)} (${columns.map((column) => pg.escapeIdentifier(column)).join(", ")}) FROM STDIN`;

async function setSequences(client: pg.Client, { sequences }: BackupEnd): Promise<void> {
  for (const { name, value, called } of sequences)
    await client.query("SELECT setval($1::regclass, $2::bigint, $3)", [pg.escapeIdentifier(name), value, called]);
}

/** What was loaded, held against the head that the backup names, and against the tree that was kept over it. */
async function verify(client: pg.Client, { head }: BackupHeader): Promise<ChainVerdict> {
  const [verifier, merkle] = [new ChainVerifier({ seq: BigInt(head.seq), hash: head.hash }), new TreeVerifier()];
  for (let after = "0"; ;) {
    const { rows } = await client.query<{ seq: string; body: string; hash: string }>(
      `
      SELECT e."seq"::text AS "seq", e."body", e."hash" FROM "AuditEvent" e WHERE e."seq" > $1 ORDER BY e."seq" LIMIT 1000`,
      [after],
    );
    for (const { seq, ...event } of rows) {
      verifier.add({ seq: BigInt(seq), ...event });
      merkle.add(event);
    }
    if (!rows.length) break;
    after = rows.at(-1)!.seq;
  }
  const { rows } = await client.query<{ seq: string; hash: string }>(
    `SELECT "seq"::text AS "seq", "hash" FROM "AuditHead" WHERE "id" = 1`,
  );
  const verdict = verifier.finish({ seq: BigInt(rows[0]?.seq ?? "0"), hash: rows[0]?.hash ?? genesisHash });
  const tree = await readTree(client);
  return tree ? withFindings(verdict, merkle.compare(tree)) : verdict;
}

/** Null in a backup of before there was one: it is grown from the events, when that is brought up to this schema. */
async function readTree(client: pg.Client): Promise<KeptTree | null> {
  const { rowCount: isThere } = await client.query(`SELECT 1 WHERE to_regclass('"AuditTileHash"') IS NOT NULL`);
  if (!isThere) return null;
  const head = await client.query<{ frontier: Buffer }>(`SELECT "frontier" FROM "AuditHead" WHERE "id" = 1`);
  const { rows } = await client.query<{ level: number; index: string; hash: Buffer }>(
    `SELECT "level", "index"::text AS "index", "hash" FROM "AuditTileHash" ORDER BY "level", "index"`,
  );
  const tiles = rows.map(({ index, ...one }): TileHash => ({ ...one, index: BigInt(index) }));
  return { frontier: head.rows[0]?.frontier ?? new Uint8Array(), tiles };
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  return rows.map(({ name }) => pg.escapeIdentifier(name));
}
