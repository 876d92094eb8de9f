import "server-only";
import type { Reviewed } from "@/lib/areas/drift/domain/review";
import type { ReviewingAction } from "@/lib/kernel/act/doors";
import type { Tx } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import type { Grant } from "@/lib/model/decide";

/** Writes episodes as they are to be, in one statement. Their items were written before, in the same transaction, under their versions: so nobody else writes these. */
export async function saveReviews<A extends ReviewingAction>(
  tx: Tx,
  _grant: Grant<A>,
  episodes: readonly (Reviewed & { id: string })[],
): Promise<void> {
  if (!episodes.length) return;
  await tx.$executeRaw`
    UPDATE "DriftEpisode" d SET "status" = b."status", "decision" = b."decision", "note" = b."note", "evidence" = b."evidence", "shown" = b."shown", "shownHash" = b."shownHash",
      "reviewedById" = b."reviewedById", "reviewedAt" = b."reviewedAt", "acceptDays" = b."acceptDays", "answer" = b."answer", "answeredById" = b."answeredById",
      "answeredAt" = b."answeredAt", "answerNote" = b."answerNote", "acceptedUntil" = b."acceptedUntil"
    FROM json_to_recordset(${JSON.stringify(episodes)}::json) AS b(${columns}) WHERE d."id" = b."id"`;
}

const columns = Prisma.sql`"id" uuid, "status" "DriftEpisodeStatus", "decision" "DriftDecision", "note" text, "evidence" jsonb, "shown" jsonb, "shownHash" text, "reviewedById" uuid,
  "reviewedAt" timestamptz, "acceptDays" int, "answer" "DriftAnswer", "answeredById" uuid, "answeredAt" timestamptz, "answerNote" text, "acceptedUntil" timestamptz`;
