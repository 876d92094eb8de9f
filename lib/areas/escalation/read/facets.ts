import "server-only";
import type { Facets, FacetValue, ListQuery } from "@/lib/areas/escalation/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { escalationPaths } from "@/lib/model/paths";
import { conditions, facetNames, states, valueOf, type Asked, type Facet } from "./filters";

/** The commonest values that are told of a facet whose values nobody knows beforehand. */
const most: Partial<Record<Facet, number>> = { priority: 20, lane: 20, owner: 100 };

/** The levels that the paths and severities of the operating model reach. */
const levels = [0, 1, 2];

export type Counted = { total: number; facets: Facets };
/** As they are counted for everybody: claims by their holder, "none" for none. */
export type RawFacets = { total: number } & { [F in Exclude<Facet, "claim">]: Facets[F] | null } & {
  claim: FacetValue<string>[] | null;
};

const bit = (facet: Facet): number => 1 << facetNames.indexOf(facet);

/** Facets with so many values that items are not grouped by them. */
const many: readonly Facet[] = ["owner"];
const few = facetNames.filter((facet) => !many.includes(facet));

/**
 * One row with the column "facets" (RawFacets): the open items of a source, each read once and marked with the filters it fails; what a
 * facet counts fails no filter but its own. Alike items are counted together first.
 */
export function countFacets(sourceId: string, query: ListQuery, by: Asked): Prisma.Sql {
  const fails = conditions(query, by).map(
    ({ facet, holds }) => Prisma.sql`CASE WHEN ${holds} THEN 0 ELSE ${bit(facet)}::int END`,
  );
  const values = facetNames.map((facet) => Prisma.sql`${valueOf(facet, by)} AS ${column(facet)}`);
  const alike = Prisma.join([...few.map(column), Prisma.sql`"fails"`]);
  return Prisma.sql`
    WITH "open" AS MATERIALIZED (
      SELECT ${Prisma.join(values)}, ${fails.length ? Prisma.join(fails, " + ") : Prisma.sql`0`} AS "fails"
      FROM "Escalation" e WHERE e."sourceId" = ${sourceId}::uuid AND ${states.active}),
    "alike" AS MATERIALIZED (SELECT ${alike}, count(*) AS "items" FROM "open" GROUP BY ${alike})
    SELECT json_build_object('total', (SELECT COALESCE(sum("items"), 0) FROM "alike" WHERE "fails" = 0), ${Prisma.join(facetNames.map((facet) => countOne(facet, query[facet])))}) AS "facets"`;
}

const column = (facet: Facet): Prisma.Sql => Prisma.raw(`"${facet}"`);

/** The value that was chosen is told, however rare. */
function countOne(facet: Facet, chosen: string | number | undefined): Prisma.Sql {
  const limit = most[facet];
  const first = chosen === undefined ? Prisma.empty : Prisma.sql`${column(facet)} = ${chosen} DESC,`;
  const counted = many.includes(facet)
    ? Prisma.sql`count(*) AS "count" FROM "open"`
    : Prisma.sql`sum("items") AS "count" FROM "alike"`;
  return Prisma.sql`${Prisma.raw(`'${facet}'`)}, (SELECT json_agg(v ORDER BY v."count" DESC, v."value") FROM (
    SELECT ${column(facet)} AS "value", ${counted} WHERE "fails" IN (0, ${bit(facet)}::int) AND ${column(facet)} IS NOT NULL GROUP BY 1
    ${limit ? Prisma.sql`ORDER BY ${first} 2 DESC, 1 LIMIT ${limit}::int` : Prisma.empty}) v)`;
}

/** As one person is told, with every value of the facets whose values are known, and what was chosen: zero included, for an empty view is how people read that all is well. */
export function toCounted({ total, ...raw }: RawFacets, query: ListQuery, me: string | null): Counted {
  return {
    total,
    facets: {
      path: withAll(raw.path, escalationPaths),
      sla: withAll(raw.sla, ["past", "within"]),
      priority: withAll(raw.priority, given(query.priority), (a, b) => b - a),
      lane: withAll(raw.lane, given(query.lane)),
      owner: withAll(raw.owner, given(query.owner)),
      level: withAll(raw.level, [...levels, ...given(query.level)], (a, b) => a - b),
      claim: withAll(claimsOf(raw.claim ?? [], me), ["mine", "none", "others"]),
    },
  };
}

/** The commonest first, as the other facets. */
function claimsOf(holders: readonly FacetValue<string>[], me: string | null): Facets["claim"] {
  const sums = new Map<Facets["claim"][number]["value"], number>();
  for (const { value, count } of holders) {
    const whose = value === "none" ? "none" : value === me ? "mine" : "others";
    sums.set(whose, (sums.get(whose) ?? 0) + count);
  }
  return [...sums]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

const given = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

/** Values that nobody has come after those that somebody has, unless an order is given. */
function withAll<T>(
  counted: FacetValue<T>[] | null,
  wanted: readonly T[],
  order?: (a: T, b: T) => number,
): FacetValue<T>[] {
  const found = counted ?? [];
  const missing = [...new Set(wanted)].filter((value) => !found.some((one) => one.value === value));
  const all = [...found, ...missing.map((value) => ({ value, count: 0 }))];
  return order ? all.sort((a, b) => order(a.value, b.value)) : all;
}
