import "server-only";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { staysOf } from "@/lib/areas/escalation/domain/stays";
import { instant } from "@/lib/kernel/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { personRef } from "@/lib/kernel/db/people-named";

type Instants =
  "blockedAt" | "dueAt" | "claimedAt" | "claimQuietAt" | "closedAt" | "escalatedAt" | "breachedAt" | "lostAt";
type People = "claimedBy" | "closedBy" | "signedOffBy";

/** A row of the queue as the statements below select it. */
export type RawRow = Omit<EscalationRow, Instants | People | "stays"> & {
  [I in Instants]: null extends EscalationRow[I] ? Date | null : Date;
} & {
  [P in People as `${P}Id` | `${P}Name`]: string | null;
};

/**
 * The columns of RawRow; `e` is the escalation. Only what was closed, lost, or opened by hand can have something for thegent to take up, so
 * the queue does not pay for the rest.
 */
export const rowColumns = Prisma.sql`
  e."id", e."version", e."path"::text AS "path", e."subject", e."runId", e."severity"::text AS "severity", e."status"::text AS "status", e."priority", e."lane",
  e."owner", e."ownerShown", e."agent", e."reason", e."recordCount", e."blockedAt", e."dueAt", e."dueClock", e."claimedById", claimer."name" AS "claimedByName", e."claimedAt",
  e."claimQuietAt", e."closedAt", e."closedById", closer."name" AS "closedByName", e."closedIn"::text AS "closedIn", e."outcome"::text AS "outcome",
  e."level", e."escalatedAt", e."breachedAt", e."signedOffById", signer."name" AS "signedOffByName", e."lostAt",
  e."lostAt" IS NOT NULL AND EXISTS (SELECT 1 FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."dialect" = 'later'
    WHERE f."sourceId" = e."sourceId" AND f."kind" = 'escalation_queue') AS "resolvesByRemoving",
  CASE WHEN e."closedAt" IS NOT NULL OR e."lostAt" IS NOT NULL OR e."openedById" IS NOT NULL THEN
    (SELECT f."status"::text FROM "Effect" f WHERE f."subjectId" = e."id" ORDER BY f."createdAt" DESC, f."id" DESC LIMIT 1) END AS "effect"`;

export const rowJoins = Prisma.sql`
  LEFT JOIN "Person" claimer ON claimer."id" = e."claimedById"
  LEFT JOIN "Person" closer ON closer."id" = e."closedById"
  LEFT JOIN "Person" signer ON signer."id" = e."signedOffById"`;

/** The same for whoever reads it. */
export type SharedRow = Omit<EscalationRow, "stays">;

export function toRow(raw: RawRow): SharedRow {
  const { claimedById, claimedByName, closedById, closedByName, signedOffById, signedOffByName, ...rest } = raw;
  return {
    ...rest,
    blockedAt: raw.blockedAt.toISOString(),
    dueAt: raw.dueAt.toISOString(),
    claimedAt: instant(raw.claimedAt),
    claimQuietAt: instant(raw.claimQuietAt),
    closedAt: instant(raw.closedAt),
    escalatedAt: instant(raw.escalatedAt),
    breachedAt: instant(raw.breachedAt),
    lostAt: instant(raw.lostAt),
    claimedBy: personRef(claimedById, claimedByName),
    closedBy: personRef(closedById, closedByName),
    signedOffBy: personRef(signedOffById, signedOffByName),
  };
}

/** A row as one person reads it. */
export const forReader = (row: SharedRow, personId: string | null): EscalationRow => ({
  ...row,
  stays: staysOf({ status: row.status, claimedById: row.claimedBy?.id ?? null }, personId),
});
