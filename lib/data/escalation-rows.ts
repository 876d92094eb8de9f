import "server-only";
import type { EscalationRow } from "@/lib/contracts/escalations";
import { Prisma } from "./generated/client";

/** A row of the queue as the statements below select it. */
export type RawRow = {
  id: string;
  version: number;
  path: EscalationRow["path"];
  runId: string;
  status: EscalationRow["status"];
  priority: number;
  lane: string;
  owner: string | null;
  agent: string | null;
  reason: string;
  recordCount: number;
  blockedAt: Date;
  dueAt: Date;
  claimedById: string | null;
  claimedByName: string | null;
  claimedAt: Date | null;
  closedAt: Date | null;
  closedById: string | null;
  closedByName: string | null;
  closedIn: EscalationRow["closedIn"];
  outcome: EscalationRow["outcome"];
  effect: EscalationRow["effect"];
  level: number;
  escalatedAt: Date | null;
  signedOffById: string | null;
  signedOffByName: string | null;
};

/** The columns of RawRow; `e` is the escalation. An open item has no effect, so the queue pays for that only on closed rows. */
export const rowColumns = Prisma.sql`
  e."id", e."version", e."path"::text AS "path", e."runId", e."status"::text AS "status", e."priority", e."lane", e."owner", e."agent",
  e."reason", e."recordCount", e."blockedAt", e."dueAt", e."claimedById", claimer."name" AS "claimedByName", e."claimedAt", e."closedAt",
  e."closedById", closer."name" AS "closedByName", e."closedIn"::text AS "closedIn", e."outcome"::text AS "outcome",
  e."level", e."escalatedAt", e."signedOffById", signer."name" AS "signedOffByName",
  CASE WHEN e."closedAt" IS NOT NULL THEN
    (SELECT f."status"::text FROM "Effect" f WHERE f."escalationId" = e."id" ORDER BY f."createdAt" DESC LIMIT 1) END AS "effect"`;

export const rowJoins = Prisma.sql`
  LEFT JOIN "Person" claimer ON claimer."id" = e."claimedById"
  LEFT JOIN "Person" closer ON closer."id" = e."closedById"
  LEFT JOIN "Person" signer ON signer."id" = e."signedOffById"`;

export function toRow(raw: RawRow): EscalationRow {
  const { claimedById, claimedByName, closedById, closedByName, signedOffById, signedOffByName, ...rest } = raw;
  return {
    ...rest,
    blockedAt: raw.blockedAt.toISOString(),
    dueAt: raw.dueAt.toISOString(),
    claimedAt: raw.claimedAt?.toISOString() ?? null,
    closedAt: raw.closedAt?.toISOString() ?? null,
    escalatedAt: raw.escalatedAt?.toISOString() ?? null,
    claimedBy: person(claimedById, claimedByName),
    closedBy: person(closedById, closedByName),
    signedOffBy: person(signedOffById, signedOffByName),
  };
}

const person = (id: string | null, name: string | null) => (id ? { id, name: name ?? "someone who has left" } : null);
