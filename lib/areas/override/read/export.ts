import "server-only";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { foldingCollation } from "@/lib/kernel/list/folding-collation";
import type { Grant } from "@/lib/model/decide";
import { overrideConditions, overrideOrder, overridePosition, type ListedTab } from "./filters";
import { overrideRowColumns, overrideRowJoins, type RawOverride } from "./rows";

const pageSize = 500;

/** The whole of an override, flat: one value a column, instants in ISO 8601, null where there is none. */
export type ExportedOverride = ReturnType<typeof flatten>;

type More = {
  advisedByName: string | null;
  advisedAt: Date | null;
  adviceText: string | null;
  decisionNote: string | null;
  withoutConsultation: string | null;
  contentHash: string | null;
  endedByName: string | null;
  endReason: string | null;
  overdueAt: Date | null;
  previousId: string | null;
};

/** How many these are now. */
export async function countOverrides(
  _grant: Grant<"override.export">,
  tab: ListedTab,
  query: OverrideQuery,
): Promise<number> {
  const where = overrideConditions(
    await currentSourceId(),
    tab,
    { ...query, after: undefined },
    await foldingCollation(),
  );
  const [counted] = await db().$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS "count" FROM "Override" o WHERE ${where}`;
  return counted!.count;
}

/**
 * Everything that a list's filters leave, in its order, page by page and never more than a page in memory. What is changed while it runs
 * is read as it is when its page is; nothing is listed twice.
 */
export async function* walkOverrides(
  _grant: Grant<"override.export">,
  tab: ListedTab,
  query: OverrideQuery,
): AsyncGenerator<ExportedOverride[], void> {
  const [sourceId, fold] = [await currentSourceId(), await foldingCollation()];
  for (let after: string | undefined; ;) {
    const where = overrideConditions(sourceId, tab, { ...query, after }, fold);
    const rows: (RawOverride & More)[] = await db().$queryRaw`
      SELECT ${overrideRowColumns}, adviser."name" AS "advisedByName", o."advisedAt", o."advice" AS "adviceText", o."decisionNote", o."withoutConsultation", o."contentHash",
        ender."name" AS "endedByName", o."endReason", o."overdueAt", o."previousId"
      FROM "Override" o ${overrideRowJoins} LEFT JOIN "Person" adviser ON adviser."id" = o."advisedById" LEFT JOIN "Person" ender ON ender."id" = o."endedById"
      WHERE ${where} ORDER BY ${overrideOrder(tab)} LIMIT ${pageSize}::int`;
    yield rows.map(flatten);
    if (rows.length < pageSize) return;
    after = overridePosition(tab, rows.at(-1)!);
  }
}

const flatten = (row: RawOverride & More) => ({
  id: row.id,
  owner: row.owner,
  status: row.status,
  justification: row.justification,
  ticket: row.ticket,
  escalationId: row.escalationId,
  escalationSubject: row.escalationSubject,
  requestedBy: row.requestedByName,
  requestedAt: row.requestedAt.toISOString(),
  requestedSeconds: row.requestedSeconds,
  decideBy: row.decideBy.toISOString(),
  overdueAt: instant(row.overdueAt),
  consultUntil: row.consultUntil.toISOString(),
  advice: row.advice,
  adviceText: row.adviceText,
  advisedBy: row.advisedByName,
  advisedAt: instant(row.advisedAt),
  decidedBy: row.decidedByName,
  decidedFor: row.decidedForName,
  decidedAt: instant(row.decidedAt),
  decisionNote: row.decisionNote,
  withoutConsultation: row.withoutConsultation,
  approvedSeconds: row.approvedSeconds,
  expiresAt: instant(row.expiresAt),
  contentHash: row.contentHash,
  endedBy: row.endedByName,
  endedAt: instant(row.endedAt),
  endReason: row.endReason,
  renewalOf: row.previousId,
});

/** The columns, in their order. */
export const exportedColumns = [
  "id",
  "owner",
  "status",
  "justification",
  "ticket",
  "escalationId",
  "escalationSubject",
  "requestedBy",
  "requestedAt",
  "requestedSeconds",
  "decideBy",
  "overdueAt",
  "consultUntil",
  "advice",
  "adviceText",
  "advisedBy",
  "advisedAt",
  "decidedBy",
  "decidedFor",
  "decidedAt",
  "decisionNote",
  "withoutConsultation",
  "approvedSeconds",
  "expiresAt",
  "contentHash",
  "endedBy",
  "endedAt",
  "endReason",
  "renewalOf",
] as const satisfies readonly (keyof ExportedOverride)[];
