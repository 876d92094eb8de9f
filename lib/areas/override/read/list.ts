import "server-only";
import type { OverrideCounts, OverridePage, OverrideQuery } from "@/lib/areas/override/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { foldingCollation } from "@/lib/kernel/list/folding-collation";
import { KeptAnswers } from "@/lib/kernel/list/kept-answers";
import type { Grant } from "@/lib/model/decide";
import { overrideConditions, overrideOrder, overridePosition } from "./filters";
import { overrideRowColumns, overrideRowJoins, toOverrideRow, type RawOverride } from "./rows";

const pageSize = 50;

/**
 * One page of a tab: what waits by its deadline, what is in force by its end, what is over by when it was asked for, newest first; 50
 * rows, by keyset, in one statement. A position that cannot be used starts from the top. Findings are no overrides: none are listed.
 */
export async function listOverrides(
  _grant: Grant<"override.view">,
  query: OverrideQuery,
  now: Date,
): Promise<OverridePage> {
  const { tab } = query;
  if (tab === "findings") return { rows: [], next: null, now: now.toISOString() };
  const where = overrideConditions(await currentSourceId(), tab, query, await foldingCollation());
  const raw = await db().$queryRaw<RawOverride[]>`
    SELECT ${overrideRowColumns} FROM "Override" o ${overrideRowJoins} WHERE ${where} ORDER BY ${overrideOrder(tab)} LIMIT ${pageSize + 1}::int`;
  const shown = raw.slice(0, pageSize);
  const last = raw.length > pageSize ? shown.at(-1) : undefined;
  return { rows: shown.map(toOverrideRow), next: last ? overridePosition(tab, last) : null, now: now.toISOString() };
}

type Counts = { awaiting: number; overdue: number; active: number; nextEnd: Date | null; findings: number };

/** One answer serves every page of this process for a second. */
const kept = new KeptAnswers<OverrideCounts>(1000, 1);

/** How many wait, wait past their deadline, and are in force; when the next one ends; how many findings nobody has looked at. At most a second old. */
export async function overrideCounts(_grant: Grant<"override.view">, now: Date): Promise<OverrideCounts> {
  const sourceId = await currentSourceId();
  const known = kept.find(sourceId, now);
  if (known) return known;
  const answer = readCounts(sourceId, now);
  kept.keep(sourceId, now, answer);
  return answer;
}

async function readCounts(sourceId: string, now: Date): Promise<OverrideCounts> {
  const [counts] = await db().$queryRaw<Counts[]>`
    SELECT w.*, f.*, (SELECT count(*)::int FROM "Finding" WHERE "sourceId" = ${sourceId}::uuid AND "seenAt" IS NULL) AS "findings"
    FROM (SELECT count(*)::int AS "awaiting", (count(*) FILTER (WHERE "decideBy" < ${now}))::int AS "overdue"
        FROM "Override" WHERE "sourceId" = ${sourceId}::uuid AND "status" = 'requested') w,
      (SELECT count(*)::int AS "active", min("expiresAt") FILTER (WHERE "expiresAt" > ${now}) AS "nextEnd"
        FROM "Override" WHERE "sourceId" = ${sourceId}::uuid AND "status" IN ('approved', 'active')) f`;
  return { ...counts!, nextEnd: counts!.nextEnd?.toISOString() ?? null };
}
