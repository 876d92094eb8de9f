import "server-only";
import type { EpisodeDetail, OtherEpisode } from "@/lib/areas/drift/contract";
import { isOpen } from "@/lib/areas/drift/domain/episodes";
import { asksFor } from "@/lib/areas/drift/domain/review";
import type { Shown } from "@/lib/areas/drift/domain/shown";
import { shownHash } from "@/lib/areas/drift/domain/shown-hash";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { personRef } from "@/lib/kernel/db/people-named";
import type { Grant } from "@/lib/model/decide";
import { reviewedColumns, type StoredEpisode } from "./reviewed";
import { readShown } from "./shown";

/** Events shown of one episode; more than a person reads. */
const most = 200;

type Other = { id: string; status: OtherEpisode["status"]; openedAt: string; decidedOn: Shown | null };
type Row = StoredEpisode & {
  version: number;
  subject: string;
  level: number;
  fineSince: Date | null;
  waiverEndedAt: Date | null;
  closedAt: Date | null;
  dueAt: Date;
  dueClock: string;
  breachedAt: Date | null;
  finding: string | null;
  holderId: string | null;
  holderName: string | null;
  reviewerName: string | null;
  answererName: string | null;
  previous: Other | null;
  returnedAs: Other | null;
  events: { seq: string; body: string }[] | null;
};

export type EpisodeFound = {
  shown: Omit<EpisodeDetail, "acts" | "timeline">;
  story: { openedAt: Date; events: { seq: string; event: AuditEvent }[] };
};

/** Everything that is known about one episode. Null: there is no such one. */
export async function findEpisodeFacts(
  _grant: Grant<"drift.view">,
  id: string,
  now: Date,
): Promise<EpisodeFound | null> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT ${reviewedColumns}, e."version", e."subject", e."level", d."fineSince", d."waiverEndedAt", e."closedAt", e."dueAt", e."dueClock", e."breachedAt", e."finding",
      e."claimedById" AS "holderId", holder."name" AS "holderName", reviewer."name" AS "reviewerName", answerer."name" AS "answererName",
      (SELECT json_build_object('id', p."id", 'status', p."status", 'openedAt', p."openedAt", 'decidedOn', p."shown") FROM "DriftEpisode" p WHERE p."id" = d."previousId") AS "previous",
      (SELECT json_build_object('id', r."id", 'status', r."status", 'openedAt', r."openedAt", 'decidedOn', NULL) FROM "DriftEpisode" r
        WHERE r."sourceId" = d."sourceId" AND r."previousId" = d."id" ORDER BY r."openedAt" DESC LIMIT 1) AS "returnedAs",
      (SELECT json_agg(json_build_object('seq', a."seq"::text, 'body', a."body") ORDER BY a."seq")
        FROM (SELECT a.* FROM "AuditEvent" a WHERE a."subjectId" = d."id"::text ORDER BY a."seq" DESC LIMIT ${most}) a) AS "events"
    FROM "DriftEpisode" d JOIN "Escalation" e ON e."id" = d."id" LEFT JOIN "Person" holder ON holder."id" = e."claimedById"
      LEFT JOIN "Person" reviewer ON reviewer."id" = d."reviewedById" LEFT JOIN "Person" answerer ON answerer."id" = d."answeredById"
    WHERE d."id" = ${id}::uuid AND d."sourceId" = ${await currentSourceId()}::uuid`;
  if (!row) return null;
  const shown = await readShown(null, row);
  const events = (row.events ?? []).map(({ seq, body }) => ({ seq, event: JSON.parse(body) as AuditEvent }));
  return { shown: toShown(row, shown, now), story: { openedAt: row.openedAt, events } };
}

function toShown(row: Row, shown: Shown, now: Date): EpisodeFound["shown"] {
  const open = isOpen(row);
  return {
    id: row.id,
    version: row.version,
    subject: row.subject,
    contract: row.contract,
    provider: row.provider,
    status: row.status,
    found: row.findings.map(({ says }) => says),
    openedAt: row.openedAt.toISOString(),
    fineSince: instant(row.fineSince),
    endedAt: instant(row.closedAt),
    holder: open ? personRef(row.holderId, row.holderName) : null,
    level: row.level,
    due: open ? { at: row.dueAt.toISOString(), clock: row.dueClock } : null,
    late: (row.breachedAt ? new Date(0) : row.dueAt).toISOString(),
    cause: row.finding,
    decision: row.decision,
    note: row.note,
    evidence: row.evidence.map(({ line }) => ({ line })),
    reviewedBy: personRef(row.reviewedById, row.reviewerName),
    reviewedAt: instant(row.reviewedAt),
    acceptDays: row.acceptDays,
    asks: open ? asksFor(row) : null,
    answer: row.answer,
    answeredBy: personRef(row.answeredById, row.answererName),
    answeredAt: instant(row.answeredAt),
    answerNote: row.answerNote,
    acceptedUntil: instant(row.acceptedUntil),
    waiverEndedAt: instant(row.waiverEndedAt),
    shown,
    shownHash: shownHash(shown),
    decidedOn: row.shown,
    previous: row.previous && { ...otherOf(row.previous), decidedOn: row.previous.decidedOn },
    returnedAs: row.returnedAs && otherOf(row.returnedAs),
    now: now.toISOString(),
  };
}

const otherOf = ({ id, status, openedAt }: Other): OtherEpisode => ({
  id,
  status,
  openedAt: new Date(openedAt).toISOString(),
});
