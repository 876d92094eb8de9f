import "server-only";
import type { EscalationPage, ListQuery } from "@/lib/areas/escalation/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { KeptAnswers } from "@/lib/kernel/list/kept-answers";
import { SharedReads } from "@/lib/kernel/list/shared-reads";
import type { Grant } from "@/lib/model/decide";
import { countFacets, toCounted, type RawFacets } from "./facets";
import { asked, conditions, dependsOn, facetNames, states, type Asked } from "./filters";
import { beyond, orderBy, orderOf, readPosition, writePosition } from "./order";
import { forReader, rowColumns, rowJoins, toRow, type RawRow, type SharedRow } from "./rows";

export const pageSize = 50;

/** Counts younger than this are not counted again for the same filters; the rows are always read. */
const kept = new KeptAnswers<RawFacets>(1000, 16);

/** The same for whoever may see the queue: `facets` and `stays` are made one person's afterwards. */
type Shared = Pick<EscalationPage, "next" | "previous"> & { rows: SharedRow[]; counted: RawFacets | null };
const shared = new SharedReads<Shared>();

/**
 * One page of the queue: at most `pageSize` rows, and how many open items each filter would leave, in one statement, by keyset in both
 * directions. A position that cannot be used starts from the top, and so does one with nothing before it any more. Pages that hear the same news
 * ask the same at once: one statement answers them all.
 */
export async function listEscalations(
  grant: Grant<"escalation.view">,
  query: ListQuery,
  now: Date,
): Promise<EscalationPage> {
  const by = asked(grant.actor, now);
  const sourceId = await currentSourceId();
  const { columns: _columns, ...rowsOf } = query;
  const key = JSON.stringify([sourceId, dependsOn(query, by), Object.entries(rowsOf).sort()]);
  const { counted, rows, ...page } = await shared.ask(key, () => readPage(sourceId, query, by));
  const told = counted && toCounted(counted, query, by.me);
  return {
    ...page,
    rows: rows.map((row) => forReader(row, by.me)),
    facets: told?.facets ?? null,
    total: told?.total ?? null,
    now: now.toISOString(),
  };
}

async function readPage(sourceId: string, query: ListQuery, by: Asked): Promise<Shared> {
  const order = orderOf(query);
  const backwards = !readPosition(order, query.after) && readPosition(order, query.before) !== null;
  const { raw, counted } = await read(sourceId, query, by);
  if (backwards && !raw.length) return readPage(sourceId, { ...query, before: undefined }, by);
  const page = backwards ? raw.slice(0, pageSize).reverse() : raw.slice(0, pageSize);
  const more = raw.length > pageSize;
  const [first, last] = [page[0], page.at(-1)];
  return {
    rows: page.map(toRow),
    next: last && (more || backwards) ? writePosition(order, last) : null,
    previous: first && (backwards ? more : readPosition(order, query.after)) ? writePosition(order, first) : null,
    counted,
  };
}

type Read = { raw: RawRow[]; counted: RawFacets | null };

async function read(sourceId: string, query: ListQuery, by: Asked): Promise<Read> {
  if (query.state !== "active") return { raw: await readRows(sourceId, query, by), counted: null };
  const key = JSON.stringify([sourceId, dependsOn(query, by), ...facetNames.map((facet) => query[facet] ?? null)]);
  const known = kept.find(key, by.now);
  if (known) {
    const [raw, counted] = await Promise.all([readRows(sourceId, query, by), known]);
    return { raw, counted };
  }
  const answer = readBoth(sourceId, query, by);
  kept.keep(
    key,
    by.now,
    answer.then(({ counted }) => counted),
  );
  return answer;
}

const readRows = (sourceId: string, query: ListQuery, by: Asked): Promise<RawRow[]> =>
  db().$queryRaw<RawRow[]>(selectRows(sourceId, query, by));

async function readBoth(sourceId: string, query: ListQuery, by: Asked): Promise<{ raw: RawRow[]; counted: RawFacets }> {
  const rows = await db().$queryRaw<(RawRow & { n: number | null; facets: RawFacets | null })[]>(
    selectBoth(sourceId, query, by),
  );
  return {
    raw: rows.filter(({ n }) => n !== null).map(({ n: _n, facets: _facets, ...row }) => row),
    counted: rows[0]!.facets!,
  };
}

/** One row more than a page has, from the position on; backwards when the position is `before`. */
function selectRows(sourceId: string, query: ListQuery, by: Asked): Prisma.Sql {
  const order = orderOf(query);
  const after = readPosition(order, query.after);
  const before = after ? null : readPosition(order, query.before);
  const backwards = before !== null;
  const position = after ?? before;
  const sorted = orderBy(order, backwards);
  const where = [
    Prisma.sql`e."sourceId" = ${sourceId}::uuid`,
    states[query.state],
    ...conditions(query, by).map(({ holds }) => holds),
    ...(position ? [beyond(order, position, backwards)] : []),
  ];
  return Prisma.sql`
    SELECT ${rowColumns} FROM "Escalation" e ${rowJoins}
    WHERE ${Prisma.join(where, " AND ")} ORDER BY ${sorted} LIMIT ${pageSize + 1}::int`;
}

/**
 * The same rows with the counts on the first of them, or on the only one, which is empty, when there is none. They are numbered once they
 * are cut to a page: numbered before, all items would have to be sorted whole.
 */
export const selectBoth = (sourceId: string, query: ListQuery, by: Asked): Prisma.Sql => Prisma.sql`
  SELECT r.*, CASE WHEN COALESCE(r."n", 1) = 1 THEN f."facets" END AS "facets"
  FROM (${countFacets(sourceId, query, by)}) f
  LEFT JOIN (SELECT (row_number() OVER ())::int AS "n", page.* FROM (${selectRows(sourceId, query, by)}) page) r ON true ORDER BY r."n"`;
