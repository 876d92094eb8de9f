/** What a list of items can be narrowed by; each of them is a facet, too. */
import "server-only";
import type { Facets, ListQuery } from "@/lib/areas/escalation/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { isOwner } from "@/lib/kernel/list/same-owner";
import type { Actor } from "@/lib/model/decide";

export type Facet = keyof Facets;

/** Who asks, and when: "mine" and "past" depend on it. */
export type Asked = { me: string | null; now: Date };

/** Of whom it depends which items a query leaves: nobody, where it does not say "mine" or "others". */
export const dependsOn = ({ claim }: ListQuery, { me }: Asked): string | null =>
  claim === "mine" || claim === "others" ? me : null;

export const asked = (actor: Actor, now: Date): Asked => ({ me: actor.kind === "person" ? actor.id : null, now });

type Filter<F extends Facet> = {
  /** What the facet says of an item `e`. */
  value: (by: Asked) => Prisma.Sql;
  /** Whether it says what was chosen. */
  holds: (chosen: NonNullable<ListQuery[F]>, by: Asked) => Prisma.Sql;
};

const claims = {
  mine: ({ me }: Asked) => Prisma.sql`e."claimedById" = ${me}::uuid`,
  none: () => Prisma.sql`e."claimedById" IS NULL`,
  others: ({ me }: Asked) => Prisma.sql`(e."claimedById" IS NOT NULL AND e."claimedById" IS DISTINCT FROM ${me}::uuid)`,
};

const filters: { readonly [F in Facet]: Filter<F> } = {
  path: { value: () => Prisma.sql`e."path"`, holds: (path) => Prisma.sql`e."path" = ${path}::"EscalationPath"` },
  sla: {
    value: ({ now }) => Prisma.sql`CASE WHEN e."dueAt" < ${now}::timestamptz THEN 'past' ELSE 'within' END`,
    holds: (sla, { now }) =>
      sla === "past" ? Prisma.sql`e."dueAt" < ${now}::timestamptz` : Prisma.sql`e."dueAt" >= ${now}::timestamptz`,
  },
  priority: { value: () => Prisma.sql`e."priority"`, holds: (priority) => Prisma.sql`e."priority" = ${priority}::int` },
  lane: { value: () => Prisma.sql`e."lane"`, holds: (lane) => Prisma.sql`e."lane" = ${lane}` },
  owner: { value: () => Prisma.sql`e."owner"`, holds: (owner) => isOwner(Prisma.sql`e."owner"`, owner) },
  level: { value: () => Prisma.sql`e."level"`, holds: (level) => Prisma.sql`e."level" = ${level}::int` },
  claim: {
    // By holder: whose they are to the one who asks is said when it is told, so that one count serves everybody.
    value: () => Prisma.sql`COALESCE(e."claimedById"::text, 'none')`,
    holds: (claim, by) => claims[claim](by),
  },
};

export const facetNames = Object.keys(filters) as Facet[];

export const valueOf = (facet: Facet, by: Asked): Prisma.Sql => filters[facet].value(by);

/** The conditions of the filters that were chosen, each with its facet. */
export const conditions = (query: ListQuery, by: Asked): { facet: Facet; holds: Prisma.Sql }[] =>
  facetNames.flatMap(<F extends Facet>(facet: F) => {
    const chosen = query[facet];
    return chosen === undefined ? [] : [{ facet, holds: filters[facet].holds(chosen, by) }];
  });

export const states: Readonly<Record<ListQuery["state"], Prisma.Sql>> = {
  active: Prisma.sql`e."status" IN ('open', 'claimed')`,
  closed: Prisma.sql`e."status" NOT IN ('open', 'claimed')`,
  breaches: Prisma.sql`e."breachedAt" IS NOT NULL AND e."signedOffAt" IS NULL`,
};
