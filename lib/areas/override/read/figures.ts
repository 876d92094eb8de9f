import "server-only";
import type { OverrideFigures, OverrideQuery } from "@/lib/areas/override/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { personRef } from "@/lib/kernel/db/people-named";
import type { Grant } from "@/lib/model/decide";
import { daysHold } from "./filters";

/** Owners that are listed, those with the most requests; further ones are only counted. */
const mostOwners = 200;

type Group = {
  of: "all" | "owner" | "approver";
  owner: string | null;
  personId: string | null;
  personName: string | null;
  requests: number;
  decided: number;
  approved: number;
  early: number;
  seconds: number | null;
  groups: number;
};

/**
 * Figures over the requests of a span (on or after `from`, before `to`, UTC days), in one statement: the shares are from 0 to 1 of what
 * was decided, the time to decide is a median in seconds. By owner (the 200 with the most requests) and by who
 * decided, in the order of their names.
 */
export async function overrideFigures(
  _grant: Grant<"override.view">,
  { from, to }: Pick<OverrideQuery, "from" | "to">,
): Promise<OverrideFigures> {
  const where = Prisma.join(
    [Prisma.sql`o."sourceId" = ${await currentSourceId()}::uuid`, ...daysHold(from, to)],
    " AND ",
  );
  const groups = await db().$queryRaw<Group[]>`
    SELECT g.*, p."name" AS "personName" FROM (SELECT h.*, row_number() OVER "same" AS "rank", count(*) OVER (PARTITION BY h."of")::int AS "groups" FROM (
      SELECT CASE GROUPING(o."owner", o."decidedById") WHEN 3 THEN 'all' WHEN 1 THEN 'owner' ELSE 'approver' END AS "of", o."owner", o."decidedById" AS "personId",
        count(*)::int AS "requests", count(o."decidedAt")::int AS "decided", count(o."expiresAt")::int AS "approved", count(o."withoutConsultation")::int AS "early",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM o."decidedAt" - o."requestedAt")::double precision) AS "seconds"
      FROM "Override" o WHERE ${where} GROUP BY GROUPING SETS ((), (o."owner"), (o."decidedById"))) h
      WINDOW "same" AS (PARTITION BY h."of" ORDER BY h."requests" DESC, h."owner")) g
    LEFT JOIN "Person" p ON p."id" = g."personId" WHERE g."of" <> 'owner' OR g."rank" <= ${mostOwners}`;
  const of = (what: Group["of"]) => groups.filter((group) => group.of === what);
  const { requests, decided, approved, early, seconds } = of("all")[0]!;
  const share = (count: number) => ({ value: decided ? count / decided : null, of: decided });
  return {
    requests,
    owners: of("owner")[0]?.groups ?? 0,
    approved: share(approved),
    secondsToDecide: { value: seconds, of: decided },
    withoutConsultation: share(early),
    byOwner: inOrder(
      of("owner").map((group) => ({ owner: group.owner!, requests: group.requests, approved: group.approved })),
      ({ owner }) => owner,
    ),
    byApprover: inOrder(
      of("approver").flatMap((group) => {
        const person = personRef(group.personId, group.personName);
        return person
          ? [{ person, decided: group.decided, approved: group.approved, secondsToDecide: group.seconds }]
          : [];
      }),
      ({ person }) => `${person.name}\n${person.id}`,
    ),
  };
}

const alphabet = new Intl.Collator("en");
const inOrder = <T>(rows: T[], name: (row: T) => string): T[] =>
  rows.sort((a, b) => alphabet.compare(name(a), name(b)));
