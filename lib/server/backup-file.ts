/**
 * What a backup looks like on disk: gzip over lines. A header of JSON; for each table a line of JSON that names it and its columns, its rows
 * as PostgreSQL's COPY writes them as text, and `\.`; at last a line of JSON with the count of rows and a digest of everything before it.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";

/** A file is no whole backup, or not one that this cockpit can use. The message is a sentence for people. */
export class BackupRefused extends Error {
  override readonly name = "BackupRefused";
}

export const backupFormat = "thegent-cockpit-backup";
/** Of the layout of the file, not of the schema: that is what the migrations say. */
export const backupVersion = 1;
export const endOfTable = Buffer.from("\\.\n");

const head = z.object({ seq: z.string().regex(/^\d{1,18}$/), hash: z.string().regex(/^[0-9a-f]{64}$/) });
const headerSchema = z.object({
  format: z.literal(backupFormat),
  version: z.number().int(),
  at: z.iso.datetime(),
  /** Applied when it was made, in order. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** Of the audit chain. */
  head,
});
const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
const endSchema = z.object({
  rows: z.record(z.string(), z.number().int()),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^\d+$/), called: z.boolean() })),
  sha256: z.string(),
});

export type BackupHeader = z.infer<typeof headerSchema>;
export type BackupEnd = z.infer<typeof endSchema>;
export type BackupTable = z.infer<typeof tableSchema>;
/** `rows`: any number of whole lines of the table named last. */
export type BackupPart = { header: BackupHeader } | { table: BackupTable } | { rows: Buffer } | { end: BackupEnd };

const newline = 0x0a;
const pieceBytes = 256 * 1024;

/**
 * The parts of a backup from its start. Throws a BackupRefused for what is no backup, was cut off or changed: at the latest at its end, so
 * nothing of it is to be believed before. May be called again.
 */
export async function* readBackup(file: FileHandle): AsyncGenerator<BackupPart, void> {
  const digest = createHash("sha256");
  const counted = new Map<string, number>();
  let table: string | null = null;
  let begun = false;
  let ended = false;
  for await (const line of pieces(file, () => table !== null)) {
    if (ended) throw new BackupRefused("It goes on behind its end: it was changed.");
    if (table !== null) {
      digest.update(line);
      if (line.equals(endOfTable)) table = null;
      else {
        counted.set(table, counted.get(table)! + countLines(line));
        yield { rows: line };
      }
    } else if (!begun) {
      begun = true;
      digest.update(line);
      yield { header: parseHeader(line) };
    } else {
      const end = endSchema.safeParse(parseJson(line));
      if (end.success) {
        ended = true;
        checkEnd(end.data, counted, digest.digest("hex"));
        yield { end: end.data };
        continue;
      }
      digest.update(line);
      const named = parseAs(tableSchema, line);
      table = named.table;
      counted.set(table, 0);
      yield { table: named };
    }
  }
  if (!ended) throw new BackupRefused("It ends in the middle: it was cut off, or is still being written.");
}

/** Reads all of it, and believes it then. */
export async function checkBackup(file: FileHandle): Promise<BackupHeader> {
  let header: BackupHeader | undefined;
  for await (const part of readBackup(file)) if ("header" in part) header = part.header;
  return header!;
}

/** Lines with their endings; rows of a table many at once, but what ends them alone. */
async function* pieces(file: FileHandle, areRows: () => boolean): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of unpacked(file)) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length) {
      const length = areRows() ? rowsIn(rest) : rest.indexOf(newline) + 1;
      if (!length) break;
      yield rest.subarray(0, length);
      rest = rest.subarray(length);
    }
  }
  if (rest.length) throw new BackupRefused("It ends in the middle of a line: it was cut off.");
}

/** How many bytes of whole rows come first; of what ends them, when that comes first. */
function rowsIn(buffer: Buffer): number {
  if (buffer.subarray(0, endOfTable.length).equals(endOfTable)) return endOfTable.length;
  const end = buffer.indexOf("\n\\.\n");
  return (end === -1 ? buffer.lastIndexOf(newline) : end) + 1;
}

async function* unpacked(file: FileHandle): AsyncGenerator<Buffer> {
  const { size } = await file.stat();
  const gunzip = createGunzip();
  // Not the handle's own stream, which closes the handle with itself.
  const source = Readable.from(packed(file));
  source.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR")
      throw new BackupRefused("It ends in the middle: it was cut off, or is still being written.");
    if (code.startsWith("Z_")) throw new BackupRefused("It cannot be unpacked: it is no backup, or was damaged.");
    throw error;
  } finally {
    source.destroy();
  }
  // What follows the packed part is passed over in silence.
  if (gunzip.bytesWritten !== size) throw new BackupRefused("It goes on behind its end: it was changed.");
}

async function* packed(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, position);
    if (!bytesRead) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function parseHeader(line: Buffer): BackupHeader {
  const json = parseJson(line) as { format?: unknown; version?: unknown } | null;
  if (json?.format !== backupFormat) throw new BackupRefused("It is no backup of a cockpit.");
  if (json.version !== backupVersion)
    throw new BackupRefused(
      `It has the layout ${String(json.version)}, and this cockpit reads ${backupVersion}: a newer cockpit made it.`,
    );
  return parseAs(headerSchema, line);
}

function parseAs<T>(schema: z.ZodType<T>, line: Buffer): T {
  const parsed = schema.safeParse(parseJson(line));
  if (!parsed.success) throw new BackupRefused("A line of it is not what it must be: it was damaged.");
  return parsed.data;
}

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return null;
  }
}

function checkEnd({ rows, sha256 }: BackupEnd, counted: ReadonlyMap<string, number>, digest: string): void {
  const same =
    Object.keys(rows).length === counted.size && [...counted].every(([table, count]) => rows[table] === count);
  if (!same || sha256 !== digest)
    throw new BackupRefused("Its content is not what it was when it was made: it was damaged or changed.");
}

export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}
