import "server-only";
import type { Override } from "@/lib/areas/override/domain/override";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** The domain's override, and the source it belongs to. */
export type StoredOverride = Override & { sourceId: string };

/** The columns of StoredOverride. */
export const overrideColumns = Prisma.sql`
  "id", "sourceId", "version", "owner", "escalationId", "justification", "ticket", "status"::text AS "status", "requestedById", "requestedAt", "requestedSeconds", "decideBy",
  "consultUntil", "warnMinutes", "advisedById", "advisedAt", "advice", "adviceInFavour", "decidedById", "decidedForId", "decidedAt", "decisionNote", "withoutConsultation", "approvedSeconds",
  "expiresAt", "contentHash", "endedById", "endedAt", "endReason", "overdueAt", "warnedAt", "nextAt", "previousId"`;
