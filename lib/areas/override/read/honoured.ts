import "server-only";
import { isSameOwner } from "@/lib/areas/override/domain/owner";
import { db } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { mayBeOwners } from "@/lib/kernel/list/same-owner";

/** Of an owner's records only so many, the newest, are looked at. */
const most = 1000;

type Line = { parsed: Record<string, unknown> };

/**
 * Whether thegent would let this owner's runs pass now, as its override file was last recorded: any record of exactly that owner whose
 * end lies ahead. An end that no program writes (a week date, say) counts as none.
 */
export async function isHonoured(sourceId: string, owner: string, now: Date): Promise<boolean> {
  const lines = await db().$queryRaw<Line[]>`
    SELECT r."parsed" FROM "SourceRecord" r JOIN "SourceFile" f ON f."id" = r."fileId"
    WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'override_registry' AND f."goneAt" IS NULL AND r."goneAt" IS NULL
      AND ${mayBeOwners(Prisma.sql`r."parsed"`, owner)}
    ORDER BY r."line" DESC LIMIT ${most}`;
  return lines.some(({ parsed }) => isSameOwner(parsed.owner, owner) && endOf(parsed.expires_at_utc) > now.getTime());
}

const withOffset = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since the epoch; NaN for what is no time with an offset. */
const endOf = (value: unknown): number =>
  typeof value === "string" && withOffset.test(value) ? Date.parse(value) : NaN;
