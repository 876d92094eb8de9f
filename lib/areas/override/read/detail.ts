import "server-only";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import type { Content } from "@/lib/areas/override/domain/blast-radius";
import { contentHash } from "@/lib/areas/override/domain/content-hash";
import { overrideRights } from "@/lib/areas/override/domain/rights";
import type { prepareOverrideTimeline } from "@/lib/areas/override/domain/timeline";
import { isConsultationOpen } from "@/lib/areas/override/domain/transitions";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { personNames, personRef } from "@/lib/kernel/db/people-named";
import { env } from "@/lib/kernel/env";
import type { Grant, PersonActor } from "@/lib/model/decide";
import { ownerRole, type Delegation } from "@/lib/model/delegation";
import { operatingModel } from "@/lib/model/model";
import { ttlSecondsOf } from "@/lib/model/settings";
import { contentOf } from "./blast-radius";
import { delegationFor } from "./delegations";
import { isHonoured } from "./honoured";
import { overrideRowColumns, overrideRowJoins, toOverrideRow, type RawOverride } from "./rows";

/** Events and renewals shown of one override; more than a person reads. */
const most = 200;

type Told = Pick<
  OverrideDetail,
  "adviceText" | "decisionNote" | "withoutConsultation" | "endReason" | "previous" | "effects"
> & { renewals: OverrideDetail["renewals"] | null };
type Event = { seq: string; hash: string; body: string };
type Made = {
  sourceId: string;
  advisedById: string | null;
  advisedByName: string | null;
  advisedAt: Date | null;
  endedById: string | null;
  endedByName: string | null;
  overdueAt: Date | null;
  warnedAt: Date | null;
  content: Content | null;
  contentHash: string | null;
  decision: Event | null;
  events: Event[] | null;
};
type Raw = { row: RawOverride; told: Told; made: Made };

/** An override as it is shown, what the reader may do with it, and what its story is made of. */
export type OverrideFound = {
  shown: Omit<OverrideDetail, "acts" | "timeline">;
  rights: ReturnType<typeof overrideRights>;
  story: Parameters<typeof prepareOverrideTimeline>[0];
};

/**
 * Everything that is known about one override. Null: there is no such one. While it is a request its content is
 * read anew, so that a decision is made on what is true now; a decided one, or one taken back, shows what was kept with it.
 */
export async function findOverrideFacts(
  grant: Grant<"override.view">,
  id: string,
  now: Date,
): Promise<OverrideFound | null> {
  const raw = await readDetail(await currentSourceId(), id);
  if (!raw) return null;
  const { row, told, made } = raw;
  const person = grant.actor.kind === "person" ? grant.actor : null;
  const events = (made.events ?? []).map(({ seq, body }) => ({ seq, event: JSON.parse(body) as AuditEvent }));
  const [content, honoured, delegation, names] = await Promise.all([
    currentContent(raw, now),
    isHonoured(made.sourceId, row.owner, now),
    delegationFor(person, row.requestedById, now),
    namesIn(events),
  ]);
  const override = { ...made, status: row.status, requestedById: row.requestedById!, consultUntil: row.consultUntil };
  const rights = overrideRights({ override, person, delegation, model: operatingModel });
  const shown = {
    ...toOverrideRow(row),
    ...told,
    renewals: told.renewals ?? [],
    advisedBy: personRef(made.advisedById, made.advisedByName),
    advisedAt: instant(made.advisedAt),
    endedBy: personRef(made.endedById, made.endedByName),
    overdueAt: instant(made.overdueAt),
    warnedAt: instant(made.warnedAt),
    content,
    contentHash: made.contentHash ?? contentHash(content),
    passesUntil: (
      row.expiresAt ?? new Date((row.decidedAt ?? row.endedAt ?? now).getTime() + row.requestedSeconds * 1000)
    ).toISOString(),
    mostSeconds: Math.min(row.requestedSeconds, ttlSecondsOf(env().settings)),
    consultationOpen:
      row.status === "requested" &&
      isConsultationOpen(override, now, rights.decide.allowed ? deciderOf(person!, delegation) : null),
    effects: told.effects ?? [],
    honoured,
    receipt: made.decision && receiptOf(made.decision),
    now: now.toISOString(),
  };
  return { shown, rights, story: { expiresAt: row.expiresAt, names, events } };
}

/** A row's columns are Prisma's values; the rest comes as it is shown, or as it is read on. */
async function readDetail(sourceId: string, id: string): Promise<Raw | null> {
  const [found] = await db().$queryRaw<(RawOverride & { told: Told } & Made)[]>`
    SELECT ${overrideRowColumns}, o."sourceId", o."advisedById", adviser."name" AS "advisedByName", o."advisedAt", o."endedById", ender."name" AS "endedByName", o."overdueAt",
      o."warnedAt", o."content", o."contentHash",
      json_build_object('adviceText', o."advice", 'decisionNote', o."decisionNote", 'withoutConsultation', o."withoutConsultation", 'endReason', o."endReason",
        'previous', (SELECT json_build_object('id', p."id", 'status', p."status") FROM "Override" p WHERE p."id" = o."previousId"),
        'renewals', (SELECT json_agg(json_build_object('id', r."id", 'status', r."status") ORDER BY r."requestedAt", r."id")
          FROM (SELECT r.* FROM "Override" r WHERE r."sourceId" = o."sourceId" AND r."owner" = o."owner" AND r."previousId" = o."id" LIMIT ${most}) r),
        'effects', (SELECT json_agg(json_build_object('says', CASE f."kind" WHEN 'thegent.override' THEN 'write' ELSE 'end' END, 'status', f."status",
            'attempts', f."attempts", 'lastError', f."lastError", 'createdAt', to_char(f."createdAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'appliedAt', to_char(f."appliedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY f."createdAt", f."id")
          FROM "Effect" f WHERE f."subjectId" = o."id")) AS "told",
      (SELECT json_build_object('seq', a."seq"::text, 'hash', a."hash", 'body', a."body")
        FROM "AuditEvent" a WHERE a."subjectId" = o."id"::text AND a."action" = 'override.decide' AND a."outcome" = 'done' ORDER BY a."seq" LIMIT 1) AS "decision",
      (SELECT json_agg(json_build_object('seq', a."seq"::text, 'hash', a."hash", 'body', a."body") ORDER BY a."seq")
        FROM (SELECT a.* FROM "AuditEvent" a WHERE a."subjectId" = o."id"::text ORDER BY a."seq" DESC LIMIT ${most}) a) AS "events"
    FROM "Override" o ${overrideRowJoins} LEFT JOIN "Person" adviser ON adviser."id" = o."advisedById" LEFT JOIN "Person" ender ON ender."id" = o."endedById"
    WHERE o."id" = ${id}::uuid AND o."sourceId" = ${sourceId}::uuid`;
  if (!found) return null;
  const {
    told,
    advisedById,
    advisedByName,
    advisedAt,
    endedById,
    endedByName,
    overdueAt,
    warnedAt,
    content,
    contentHash: hash,
    decision,
    events,
    sourceId: source,
    ...row
  } = found;
  return {
    row,
    told,
    made: {
      sourceId: source,
      advisedById,
      advisedByName,
      advisedAt,
      endedById,
      endedByName,
      overdueAt,
      warnedAt,
      content,
      contentHash: hash,
      decision,
      events,
    },
  };
}

/** Every act that leaves no request keeps its content. */
async function currentContent({ row, made }: Raw, now: Date): Promise<Content> {
  if (row.status === "requested") return contentOf(null, { ...row, sourceId: made.sourceId }, now);
  if (!made.content) throw new Error(`The override ${row.id} is ${row.status} without its content.`);
  return made.content;
}

/** Who would decide: who is accountable themselves, or in somebody's place. */
const deciderOf = (person: PersonActor, delegation: Delegation | null) => ({
  personId: person.id,
  forId: person.roles.includes(ownerRole) ? null : (delegation?.fromId ?? null),
});

/** Whoever is named in the events by their id: in whose place a delegate decided. */
function namesIn(events: readonly { event: AuditEvent }[]): Promise<Record<string, string>> {
  const ids = events.flatMap(({ event: { after } }) =>
    after && typeof after === "object" && !Array.isArray(after) && typeof after.forId === "string" ? [after.forId] : [],
  );
  return personNames([...new Set(ids)]);
}

function receiptOf({ seq, hash, body }: Event): OverrideDetail["receipt"] {
  const { role, letter } = JSON.parse(body) as AuditEvent;
  return { seq, hash, role, letter };
}
