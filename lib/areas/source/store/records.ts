/**
 * The lines of a file: one statement a batch, the batch as one JSON parameter. A line is known by its bytes and by how many
 * equal lines stand before it in the file; of lines that cannot be used, equal ones are one row.
 */
import "server-only";
import type { Tx } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import type { Grant } from "@/lib/model/decide";
import type { Dialect } from "@/lib/thegent/records/dialect";

type Recording = Grant<"source.record">;

type Place = { line: number; byteOffset: number; /** Base64. */ sha256: string };

export type NewRecord = Place & {
  /** Equal lines before it in the file. */
  occurrence: number;
  /** Base64; null when they are exactly the text of `parsed`, as they nearly always are: then they need not travel twice. */
  bytes: string | null;
  parsed: string;
  kind: string;
  runId: string | null;
  recordedAt: Date | null;
  identityKey: string | null;
  dialect: Dialect | null;
};

export type NewQuarantine = Place & {
  /** Base64; the first 64 KiB. */
  bytes: string;
  length: number;
  reason: string;
  /** See the schema. */
  mayWait: boolean;
};

const place = Prisma.sql`"line" int, "byteOffset" bigint, "sha256" text, "bytes" text`;

/** Of these lines, how many equal ones the file holds already; one look into an index for each, however many those are. */
export async function countEqual(tx: Tx, fileId: string, sha256s: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ sha256: string; count: number }[]>`
    SELECT h."sha256", r."occurrence" + 1 AS "count" FROM unnest(${[...new Set(sha256s)]}::text[]) h("sha256") CROSS JOIN LATERAL (
      SELECT "occurrence" FROM "SourceRecord" WHERE "fileId" = ${fileId}::uuid AND "sha256" = decode(h."sha256", 'base64') AND "goneAt" IS NULL
      ORDER BY "occurrence" DESC LIMIT 1) r`;
  return new Map(rows.map(({ sha256, count }) => [sha256, count]));
}

/** A line that was gone and has come back is the row it was. */
export async function insertRecords(
  tx: Tx,
  _grant: Recording,
  fileId: string,
  records: readonly NewRecord[],
  now: Date,
): Promise<void> {
  if (!records.length) return;
  await tx.$executeRaw`
    INSERT INTO "SourceRecord" ("fileId", "line", "byteOffset", "sha256", "occurrence", "bytes", "parsed", "kind", "runId", "recordedAt", "identityKey", "dialect", "firstSeenAt")
    SELECT ${fileId}::uuid, b."line", b."byteOffset", decode(b."sha256", 'base64'), b."occurrence",
      coalesce(decode(b."bytes", 'base64'), convert_to(b."parsed", 'UTF8')), b."parsed"::json, b."kind", b."runId", b."recordedAt", b."identityKey", b."dialect", ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS b(${place}, "occurrence" int, "parsed" text, "kind" text, "runId" text, "recordedAt" timestamptz, "identityKey" text, "dialect" "Dialect")
    ON CONFLICT ("fileId", "sha256", "occurrence") DO UPDATE SET "line" = excluded."line", "byteOffset" = excluded."byteOffset", "goneAt" = NULL`;
}

/** Adds lines to their equals; one that was gone is counted anew. */
export async function insertQuarantine(
  tx: Tx,
  _grant: Recording,
  fileId: string,
  lines: readonly NewQuarantine[],
  now: Date,
): Promise<void> {
  if (!lines.length) return;
  await tx.$executeRaw`
    INSERT INTO "QuarantinedLine" AS q ("fileId", "line", "lastLine", "count", "byteOffset", "sha256", "bytes", "length", "reason", "mayWait", "firstSeenAt")
    SELECT ${fileId}::uuid, b."line", b."lastLine", b."count", b."byteOffset", decode(b."sha256", 'base64'), decode(b."bytes", 'base64'), b."length", b."reason", b."mayWait",
      ${now}::timestamptz
    FROM json_to_recordset(${JSON.stringify(fold(lines))}::json)
      AS b(${place}, "lastLine" int, "count" int, "length" bigint, "reason" text, "mayWait" boolean)
    ON CONFLICT ("fileId", "sha256") DO UPDATE SET "lastLine" = excluded."lastLine", "reason" = excluded."reason", "mayWait" = excluded."mayWait", "goneAt" = NULL,
      "count" = excluded."count" + CASE WHEN q."goneAt" IS NULL THEN q."count" ELSE 0 END,
      "line" = CASE WHEN q."goneAt" IS NULL THEN q."line" ELSE excluded."line" END,
      "byteOffset" = CASE WHEN q."goneAt" IS NULL THEN q."byteOffset" ELSE excluded."byteOffset" END`;
}

function fold(lines: readonly NewQuarantine[]): (NewQuarantine & { lastLine: number; count: number })[] {
  const folded = new Map<string, NewQuarantine & { lastLine: number; count: number }>();
  for (const line of lines) {
    const equal = folded.get(line.sha256);
    folded.set(
      line.sha256,
      equal ? { ...equal, lastLine: line.line, count: equal.count + 1 } : { ...line, lastLine: line.line, count: 1 },
    );
  }
  return [...folded.values()];
}

/** Tells the recorded lines of runs whose item the database did not take among those that cannot be used; they stay recorded. */
export async function quarantineRuns(
  tx: Tx,
  _grant: Recording,
  fileId: string,
  refused: readonly { runId: string; reason: string }[],
  now: Date,
): Promise<void> {
  if (!refused.length) return;
  await tx.$executeRaw`
    INSERT INTO "QuarantinedLine" ("fileId", "line", "lastLine", "count", "byteOffset", "sha256", "bytes", "length", "reason", "mayWait", "firstSeenAt")
    SELECT r."fileId", min(r."line"), max(r."line"), count(*), min(r."byteOffset"), r."sha256", substring((array_agg(r."bytes"))[1] FROM 1 FOR ${quarantinedBytes}::int),
      octet_length((array_agg(r."bytes"))[1]), min(b."reason"), true, ${now}::timestamptz
    FROM "SourceRecord" r JOIN json_to_recordset(${JSON.stringify(refused)}::json) AS b("runId" text, "reason" text) ON b."runId" = r."runId"
    WHERE r."fileId" = ${fileId}::uuid AND r."kind" = 'escalation.pending' AND r."goneAt" IS NULL GROUP BY r."fileId", r."sha256"
    ON CONFLICT ("fileId", "sha256") DO UPDATE SET "line" = excluded."line", "lastLine" = excluded."lastLine", "count" = excluded."count",
      "byteOffset" = excluded."byteOffset", "reason" = excluded."reason", "mayWait" = true, "goneAt" = NULL`;
}

/** The runs of which `quarantineRuns` told; their lines are among those that cannot be used no more. */
export async function takeBackRuns(tx: Tx, _grant: Recording, fileId: string, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ runId: string }[]>`
    UPDATE "QuarantinedLine" q SET "goneAt" = ${now}::timestamptz FROM "SourceRecord" r
    WHERE q."fileId" = ${fileId}::uuid AND q."goneAt" IS NULL AND r."fileId" = q."fileId" AND r."sha256" = q."sha256" AND r."occurrence" = 0 AND r."goneAt" IS NULL
      AND r."kind" = 'escalation.pending' AND r."runId" IS NOT NULL RETURNING r."runId"`;
  return [...new Set(rows.map(({ runId }) => runId))];
}

/** Of a line that cannot be used no more than this is kept. */
export const quarantinedBytes = 64 * 1024;

/** A recorded line of a file, present or gone. */
export type KnownLine = {
  id: string;
  line: number;
  byteOffset: number;
  sha256: string;
  occurrence: number;
  runId: string | null;
  gone: boolean;
};

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

/** Whether a later thegent ever wrote a record of the file. */
export async function isWrittenByLater(tx: Tx, fileId: string): Promise<boolean> {
  return (await tx.sourceRecord.findFirst({ where: { fileId, dialect: "later" }, select: { id: true } })) !== null;
}

/** Lines that stand elsewhere now, or are back. */
export async function moveRecords(
  tx: Tx,
  _grant: Recording,
  moved: readonly { id: string; line: number; byteOffset: number }[],
): Promise<void> {
  if (!moved.length) return;
  await tx.$executeRaw`
    UPDATE "SourceRecord" r SET "line" = b."line", "byteOffset" = b."byteOffset", "goneAt" = NULL
    FROM json_to_recordset(${JSON.stringify(moved)}::json) AS b("id" bigint, "line" int, "byteOffset" bigint) WHERE r."id" = b."id"`;
}

/** The file holds these lines no more; the rows stay. */
export async function dropRecords(tx: Tx, _grant: Recording, ids: readonly string[], now: Date): Promise<void> {
  if (!ids.length) return;
  await tx.$executeRaw`UPDATE "SourceRecord" SET "goneAt" = ${now}::timestamptz WHERE "id" = ANY (${ids.map(BigInt)}::bigint[])`;
}

/** Before a file is read again: whatever is still there is found again by insertQuarantine. */
export async function dropQuarantine(tx: Tx, _grant: Recording, fileId: string, now: Date): Promise<void> {
  await tx.$executeRaw`UPDATE "QuarantinedLine" SET "goneAt" = ${now}::timestamptz WHERE "fileId" = ${fileId}::uuid AND "goneAt" IS NULL`;
}
