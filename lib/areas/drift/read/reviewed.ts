import "server-only";
import type { FindingKind } from "@/lib/areas/drift/domain/episodes";
import type { Reviewed } from "@/lib/areas/drift/domain/review";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { db, type Tx } from "@/lib/kernel/db/client";

/** An episode with its review, as its row keeps it. */
export type StoredEpisode = Reviewed & {
  id: string;
  sourceId: string;
  contract: string | null;
  provider: string | null;
  openedAt: Date;
  findings: readonly { what: FindingKind; says: string }[];
};

export const reviewedColumns = Prisma.sql`
  d."id", d."sourceId", d."contract", d."provider", d."openedAt", d."findings", d."status"::text AS "status", d."decision"::text AS "decision", d."note", d."evidence", d."shown",
  d."shownHash", d."reviewedById", d."reviewedAt", d."acceptDays", d."answer"::text AS "answer", d."answeredById", d."answeredAt", d."answerNote", d."acceptedUntil"`;

/** The episodes with these ids; those that do not exist are missing. */
export async function findReviewed(tx: Tx | null, ids: readonly string[]): Promise<StoredEpisode[]> {
  return (tx ?? db()).$queryRaw<StoredEpisode[]>`
    SELECT ${reviewedColumns} FROM "DriftEpisode" d WHERE d."id" = ANY (${[...ids]}::uuid[])`;
}
