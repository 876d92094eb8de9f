/**
 * The lines of a file: one statement a batch, the batch as one JSON parameter. A line is known by its bytes and by how many
 * equal lines stand before it in the file.
 */
import "server-only";
import type { Tx } from "./client";
import { Prisma } from "./generated/client";

type Place = { line: number; byteOffset: number; /** Base64. */ sha256: string; occurrence: number };

export type NewRecord = Place & {
  /** Base64; null when they are exactly the text of `parsed`, as they nearly always are: then they need not travel twice. */
  bytes: string | null;
  parsed: string;
  kind: string;
  runId: string | null;
  recordedAt: Date | null;
  identityKey: string | null;
};

export type NewQuarantine = Place & { /** Base64; the first 64 KiB. */ bytes: string; length: number; reason: string };

/**
 * `append`: the lines stand behind all recorded ones, and `occurrence` counts within the batch. `reread`: it counts from the
 * start of the file. A line that was gone and has come back is the row it was.
 */
export type Mode = "append" | "reread";

const place = Prisma.sql`"line" int, "byteOffset" bigint, "sha256" text, "occurrence" int, "bytes" text`;

export async function insertRecords(tx: Tx, fileId: string, records: readonly NewRecord[], mode: Mode, now: Date): Promise<void> {
  if (!records.length) return;
  await tx.$executeRaw`
    INSERT INTO "SourceRecord" ("fileId", "line", "byteOffset", "sha256", "occurrence", "bytes", "parsed", "kind", "runId", "recordedAt", "identityKey", "firstSeenAt")
    SELECT ${fileId}::uuid, b."line", b."byteOffset", decode(b."sha256", 'base64'), b."occurrence" + ${before("SourceRecord", fileId, mode)},
      coalesce(decode(b."bytes", 'base64'), convert_to(b."parsed", 'UTF8')), b."parsed"::json, b."kind", b."runId", b."recordedAt", b."identityKey", ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS b(${place}, "parsed" text, "kind" text, "runId" text, "recordedAt" timestamptz, "identityKey" text)
    ON CONFLICT ("fileId", "sha256", "occurrence") DO UPDATE SET "line" = excluded."line", "byteOffset" = excluded."byteOffset", "goneAt" = NULL`;
}

export async function insertQuarantine(tx: Tx, fileId: string, lines: readonly NewQuarantine[], mode: Mode, now: Date): Promise<void> {
  if (!lines.length) return;
  await tx.$executeRaw`
    INSERT INTO "QuarantinedLine" ("fileId", "line", "byteOffset", "sha256", "occurrence", "bytes", "length", "reason", "firstSeenAt")
    SELECT ${fileId}::uuid, b."line", b."byteOffset", decode(b."sha256", 'base64'), b."occurrence" + ${before("QuarantinedLine", fileId, mode)},
      decode(b."bytes", 'base64'), b."length", b."reason", ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(lines)}::json) AS b(${place}, "length" bigint, "reason" text)
    ON CONFLICT ("fileId", "sha256", "occurrence")
      DO UPDATE SET "line" = excluded."line", "byteOffset" = excluded."byteOffset", "reason" = excluded."reason", "goneAt" = NULL`;
}

type Table = "SourceRecord" | "QuarantinedLine";

/** Equal lines that the file holds already. */
const before = (table: Table, fileId: string, mode: Mode): Prisma.Sql =>
  mode === "reread"
    ? Prisma.sql`0`
    : Prisma.sql`(SELECT count(*)::int FROM ${Prisma.raw(`"${table}"`)} r WHERE r."fileId" = ${fileId}::uuid AND r."sha256" = decode(b."sha256", 'base64') AND r."goneAt" IS NULL)`;

/** A recorded line of a file, present or gone. */
export type KnownLine = { id: string; line: number; byteOffset: number; sha256: string; occurrence: number; runId: string | null; gone: boolean };

/** Every recorded line of a file, ten thousand at a time, in the order of the index that makes them unique. */
export async function* knownLines(tx: Tx, fileId: string): AsyncGenerator<KnownLine[]> {
  let last = { sha256: "", occurrence: -1 };
  for (;;) {
    const rows = await tx.$queryRaw<(Omit<KnownLine, "id" | "byteOffset"> & { id: bigint; byteOffset: bigint })[]>`
      SELECT "id", "line", "byteOffset", encode("sha256", 'base64') AS "sha256", "occurrence", "runId", "goneAt" IS NOT NULL AS "gone"
      FROM "SourceRecord" r
      WHERE "fileId" = ${fileId}::uuid AND (r."sha256", "occurrence") > (decode(${last.sha256}, 'base64'), ${last.occurrence}::int)
      ORDER BY r."sha256", "occurrence" LIMIT 10000`;
    if (!rows.length) return;
    last = rows.at(-1)!;
    yield rows.map((row) => ({ ...row, id: String(row.id), byteOffset: Number(row.byteOffset) }));
  }
}

/** Lines that stand elsewhere now, or are back. */
export async function moveRecords(tx: Tx, moved: readonly { id: string; line: number; byteOffset: number }[]): Promise<void> {
  if (!moved.length) return;
  await tx.$executeRaw`
    UPDATE "SourceRecord" r SET "line" = b."line", "byteOffset" = b."byteOffset", "goneAt" = NULL
    FROM json_to_recordset(${JSON.stringify(moved)}::json) AS b("id" bigint, "line" int, "byteOffset" bigint) WHERE r."id" = b."id"`;
}

/** The file holds these lines no more; the rows stay. */
export async function dropRecords(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (!ids.length) return;
  await tx.$executeRaw`UPDATE "SourceRecord" SET "goneAt" = ${now}::timestamptz WHERE "id" = ANY (${ids.map(BigInt)}::bigint[])`;
}

/** Before a file is read again: whatever is still there is found again by insertQuarantine. */
export async function dropQuarantine(tx: Tx, fileId: string, now: Date): Promise<void> {
  await tx.$executeRaw`UPDATE "QuarantinedLine" SET "goneAt" = ${now}::timestamptz WHERE "fileId" = ${fileId}::uuid AND "goneAt" IS NULL`;
}
