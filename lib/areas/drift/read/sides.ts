import "server-only";
import type { BeforeAfter, MessageRow, Sums } from "@/lib/areas/drift/contract-views";
import type { Windows } from "@/lib/areas/drift/domain/windows";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** As many rows as a person compares, the ones with most lines. */
const most = 100;

const named = { all: Prisma.sql`''`, provider: Prisma.sql`"provider"`, contract: Prisma.sql`"contract"` };

const ofProviders = (providers: readonly string[] | null): Prisma.Sql =>
  providers ? Prisma.sql`AND "provider" = ANY (${[...providers]})` : Prisma.empty;

type Row = Sums & { name: string; after: boolean };

/** What came before and since, by whatever `by` says; of all providers or some. Costs the hours of two weeks, however much there is. */
export async function readSides(
  sourceId: string,
  { from, at, until }: Windows,
  by: keyof typeof named,
  providers: readonly string[] | null,
): Promise<BeforeAfter[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT ${named[by]} AS "name", "hour" >= ${at} AS "after", sum("lines")::int AS "lines", sum("structural")::int AS "structural", sum("semantic")::int AS "semantic",
      sum("outputs")::int AS "outputs", sum("fallbacks")::int AS "fallbacks", sum("successes")::int AS "successes", sum("confidence") / nullif(sum("confident"), 0) AS "confidence"
    FROM "TelemetryHour" WHERE "sourceId" = ${sourceId}::uuid AND "hour" >= ${from} AND "hour" < ${until} ${ofProviders(providers)} GROUP BY 1, 2 ORDER BY sum("lines") DESC, 1 LIMIT ${2 * most}`;
  const groups = new Map<string, BeforeAfter>();
  for (const { name, after, ...sums } of rows) {
    const group = groups.get(name) ?? { name, before: null, after: null };
    groups.set(name, { ...group, [after ? "after" : "before"]: sums });
  }
  return [...groups.values()].slice(0, most);
}

type RawMessage = Omit<MessageRow, "isNew" | "firstAt"> & { firstAt: Date | null };
const mostMessages = 50;

/** Kinds of message before and since: new ones first, then those that are more than they were. */
export async function readMessages(
  sourceId: string,
  { from, at, until }: Windows,
  providers: readonly string[] | null,
): Promise<{ rows: MessageRow[]; more: boolean }> {
  const since = Prisma.sql`h."hour" >= ${at}::timestamptz`;
  const count = (when: Prisma.Sql) =>
    // thegent writes a line of the output and one of the drift in it: of the two, whichever there are more of are outputs.
    Prisma.sql`greatest(coalesce(sum(h."outputs") FILTER (WHERE ${when}), 0), coalesce(sum(h."reports") FILTER (WHERE ${when}), 0))::int`;
  const rows = await db().$queryRaw<RawMessage[]>`
    SELECT s.* FROM (
      SELECT m."kind", m."firstAt", ${count(Prisma.sql`NOT ${since}`)} AS "before", ${count(since)} AS "after",
        max(h."lastLine") FILTER (WHERE ${since}) AS "recentLine", max(h."lastLine") FILTER (WHERE NOT ${since}) AS "earlierLine"
      FROM "DriftMessageHour" h JOIN "DriftMessage" m ON m."sourceId" = h."sourceId" AND m."kind" = h."kind"
      WHERE h."sourceId" = ${sourceId}::uuid AND h."hour" >= ${from} AND h."hour" < ${until} ${ofProviders(providers)} GROUP BY m."kind", m."firstAt") s
    ORDER BY (s."after" > 0 AND s."firstAt" >= ${at}) DESC NULLS LAST, s."after" DESC, s."before" DESC, s."kind" LIMIT ${mostMessages + 1}`;
  return {
    rows: rows.slice(0, mostMessages).map(({ firstAt, ...row }) => ({
      ...row,
      firstAt: instant(firstAt),
      isNew: row.after > 0 && firstAt !== null && firstAt >= at,
    })),
    more: rows.length > mostMessages,
  };
}
