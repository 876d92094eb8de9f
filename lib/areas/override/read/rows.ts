import "server-only";
import type { OverrideRow } from "@/lib/areas/override/contract";
import { instant } from "@/lib/kernel/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { personRef } from "@/lib/kernel/db/people-named";

type Instants = "requestedAt" | "decideBy" | "consultUntil" | "decidedAt" | "expiresAt" | "endedAt";
type People = "requestedBy" | "decidedBy" | "decidedFor";

/** A row of the lists as the statements select it. */
export type RawOverride = Omit<OverrideRow, Instants | People | "escalation"> & {
  [I in Instants]: null extends OverrideRow[I] ? Date | null : Date;
} & {
  [P in People as `${P}Id` | `${P}Name`]: string | null;
} & { escalationId: string | null; escalationSubject: string | null };

/** The columns of RawOverride; `o` is the override. */
export const overrideRowColumns = Prisma.sql`
  o."id", o."version", o."owner", o."status"::text AS "status", o."justification", o."ticket", o."escalationId", item."subject" AS "escalationSubject",
  o."requestedById", requester."name" AS "requestedByName", o."requestedAt", o."requestedSeconds", o."decideBy", o."consultUntil",
  CASE WHEN o."adviceInFavour" THEN 'for' WHEN NOT o."adviceInFavour" THEN 'against' END AS "advice",
  o."decidedById", decider."name" AS "decidedByName", o."decidedForId", deputed."name" AS "decidedForName", o."decidedAt", o."approvedSeconds", o."expiresAt", o."endedAt"`;

export const overrideRowJoins = Prisma.sql`
  LEFT JOIN "Escalation" item ON item."id" = o."escalationId"
  LEFT JOIN "Person" requester ON requester."id" = o."requestedById"
  LEFT JOIN "Person" decider ON decider."id" = o."decidedById"
  LEFT JOIN "Person" deputed ON deputed."id" = o."decidedForId"`;

export function toOverrideRow(raw: RawOverride): OverrideRow {
  const {
    escalationId,
    escalationSubject,
    requestedById,
    requestedByName,
    decidedById,
    decidedByName,
    decidedForId,
    decidedForName,
    ...rest
  } = raw;
  return {
    ...rest,
    escalation: escalationId ? { id: escalationId, subject: escalationSubject ?? "" } : null,
    requestedBy: personRef(requestedById, requestedByName)!,
    requestedAt: raw.requestedAt.toISOString(),
    decideBy: raw.decideBy.toISOString(),
    consultUntil: raw.consultUntil.toISOString(),
    decidedBy: personRef(decidedById, decidedByName),
    decidedFor: personRef(decidedForId, decidedForName),
    decidedAt: instant(raw.decidedAt),
    expiresAt: instant(raw.expiresAt),
    endedAt: instant(raw.endedAt),
  };
}
