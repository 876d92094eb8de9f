import "server-only";
import type { SourceView } from "@/lib/areas/source/contract";
import { excerptOf, longestExcerpt, maySeeText } from "@/lib/areas/source/domain/excerpt";
import type { Amiss } from "@/lib/areas/source/store/sources";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import type { Grant } from "@/lib/model/decide";
import { countDialects, tellingKinds, type Dialects } from "@/lib/thegent/records/dialect";

const mostFiles = 500;
const mostLines = 200;
/** A character takes at most four; one more tells that there is more. */
const excerptBytes = 4 * longestExcerpt + 1;

/** How far thegent's files were read, and what could not be used of them; its text only for whom it is meant. Files with something amiss come first. */
export async function sourceView(grant: Grant<"source.view">, now: Date): Promise<SourceView> {
  const sourceId = await currentSourceId();
  const [source, totals, files, quarantine] = await Promise.all([
    db().source.findUniqueOrThrow({ where: { id: sourceId } }),
    db().sourceFile.aggregate({ where: { sourceId, goneAt: null, problem: null }, _sum: { size: true, offset: true } }),
    readFiles(sourceId),
    readQuarantine(sourceId, maySeeText(grant)),
  ]);
  const size = Number(totals._sum.size ?? 0n);
  const read = Number(totals._sum.offset ?? 0n);
  return {
    directory: source.directory,
    isSample: source.isSample,
    lastReadAt: source.lastReadAt?.toISOString() ?? null,
    problem: source.problem,
    writeProblem: source.writeProblem,
    progress: { read, size, reading: read < size || files.some(({ rereading, gone }) => rereading && !gone) },
    files,
    amiss: source.amiss as Amiss[],
    amissCount: source.amissCount,
    quarantine,
    now: now.toISOString(),
  };
}

type RawFile = Omit<SourceView["files"][number], "size" | "read" | "lastReadAt" | "dialects"> &
  Dialects & { size: bigint; read: bigint; lastReadAt: Date | null; telling: Record<string, unknown>[] | null };

/** thegent only ever adds to these: what they hold no more, somebody took away. */
const growing = ["run_registry", "override_registry", "escalation_queue"];

async function readFiles(sourceId: string): Promise<SourceView["files"]> {
  const files = await db().$queryRaw<RawFile[]>`
    SELECT f."path", f."kind"::text AS "kind", f."size", f."offset" AS "read", f."lines", f."lastReadAt", f."problem", f."goneAt" IS NOT NULL AS "gone", f."rereadSince" IS NOT NULL AS "rereading",
      coalesce(r."count", 0) AS "records", coalesce(r."reference", 0) AS "reference", coalesce(r."later", 0) AS "later", coalesce(r."laterBefore", false) AS "laterBefore", coalesce(q."count", 0) AS "quarantined",
      CASE WHEN f."kind"::text = ANY (${growing}) AND r."goneAt" IS NOT NULL THEN (SELECT greatest(0, count(*) FILTER (WHERE l."goneAt" = r."goneAt") - count(*) FILTER (WHERE l."firstSeenAt" = r."goneAt"))::int
        FROM "SourceRecord" l WHERE l."fileId" = f."id") ELSE 0 END AS "lost",
      CASE WHEN f."kind"::text = ANY (${tellingKinds}) AND r."reference" + r."later" = 0 THEN (SELECT json_agg(t."parsed") FROM "SourceRecord" t WHERE t."id" IN (r."first", r."last")) END AS "telling"
    FROM "SourceFile" f
    LEFT JOIN (SELECT "fileId", count(*) FILTER (WHERE "goneAt" IS NULL)::int AS "count", min("id") FILTER (WHERE "goneAt" IS NULL) AS "first", max("id") FILTER (WHERE "goneAt" IS NULL) AS "last",
      count(*) FILTER (WHERE "goneAt" IS NULL AND "dialect" = 'reference')::int AS "reference", count(*) FILTER (WHERE "goneAt" IS NULL AND "dialect" = 'later')::int AS "later",
      bool_or("goneAt" IS NOT NULL AND "dialect" = 'later') AS "laterBefore",
      max("goneAt") AS "goneAt" FROM "SourceRecord" GROUP BY 1) r ON r."fileId" = f."id"
    LEFT JOIN (SELECT "fileId", sum("count")::int AS "count" FROM "QuarantinedLine" WHERE "goneAt" IS NULL GROUP BY 1) q ON q."fileId" = f."id"
    WHERE f."sourceId" = ${sourceId}::uuid
    ORDER BY f."problem" IS NULL, q."count" IS NULL, f."kind", f."path" LIMIT ${mostFiles}`;
  return files.map(({ telling, reference, later, ...file }) => ({
    ...file,
    size: Number(file.size),
    read: Number(file.read),
    lastReadAt: file.lastReadAt?.toISOString() ?? null,
    // What was recorded before its dialect was kept tells by the first and the newest record.
    dialects: telling
      ? countDialects(
          file.kind,
          telling.map((record) => ({ keys: Object.keys(record), get: (key) => record[key] })),
        )
      : { reference, later },
  }));
}

async function readQuarantine(sourceId: string, withText: boolean): Promise<SourceView["quarantine"]> {
  const lines = await db().$queryRaw<
    {
      file: string;
      isDocument: boolean;
      line: number;
      lastLine: number;
      count: number;
      reason: string;
      start: Uint8Array;
      length: bigint;
      firstSeenAt: Date;
    }[]
  >`
    SELECT f."path" AS "file", f."kind" IN ('session_meta', 'env_transition_state', 'circuit_state', 'second_queue') AS "isDocument", q."line", q."lastLine", q."count", q."reason",
      substring(q."bytes" FROM 1 FOR ${withText ? excerptBytes : 0}::int) AS "start", q."length", q."firstSeenAt"
    FROM "QuarantinedLine" q JOIN "SourceFile" f ON f."id" = q."fileId"
    WHERE f."sourceId" = ${sourceId}::uuid AND q."goneAt" IS NULL
    ORDER BY q."id" DESC LIMIT ${mostLines}`;
  return lines.map(({ start, isDocument, length, firstSeenAt, ...line }) => ({
    ...line,
    excerpt: withText ? excerptOf(start, Number(length), isDocument) : null,
    length: Number(length),
    firstSeenAt: firstSeenAt.toISOString(),
  }));
}
