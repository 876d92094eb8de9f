import "server-only";
import type { ClockView, EscalationDetail, QueueRecordView } from "@/lib/areas/escalation/contract";
import { comesNext, hearsOf } from "@/lib/areas/escalation/domain/comes-next";
import type { Clock, Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { prepareTimeline } from "@/lib/areas/escalation/domain/timeline";
import { sayWhatToDo } from "@/lib/areas/escalation/domain/what-to-do";
import { foldRun, type RegistryLine } from "@/lib/areas/run/port";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { type PersonRef, instant } from "@/lib/kernel/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { personRef } from "@/lib/kernel/db/people-named";
import { listRoster } from "@/lib/kernel/notice/notices";
import type { Roster } from "@/lib/kernel/notice/roster";
import { decide, rolesThatMay, type Actor, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { ownership } from "@/lib/model/ownership";
import { paths, type EscalationPath } from "@/lib/model/paths";
import type { Role } from "@/lib/model/roles";
import { dialectOf } from "@/lib/thegent/records/dialect";
import { parseClocks, type StoredItem } from "./item";
import { relatedColumn, toRelated, type RawRelated } from "./related";
import { forReader, rowColumns, rowJoins, toRow, type RawRow } from "./rows";

/** Lines and events shown of one item; more than a person reads, and a bound for a hostile file. */
const most = 200;

type Line = { line: number; gone: boolean; parsed: Record<string, unknown> };

/** What the statement adds to a row as the detail has it, and what the detail is made of. */
type Told = Pick<
  EscalationDetail,
  | "slaMinutes"
  | "note"
  | "lateCause"
  | "thegentWord"
  | "signOffNote"
  | "finding"
  | "adapterChange"
  | "modelVersion"
  | "previous"
  | "reopenedAs"
  | "hasEpisode"
  | "effectView"
>;
type Made = {
  openedAt: Date;
  signedOffAt: Date | null;
  nextAt: Date | null;
  openedById: string | null;
  adapterChangeById: string | null;
  clocks: StoredItem["clocks"];
  routedRole: Role;
  routedToId: string | null;
  routedToName: string | null;
  routedBackup: boolean;
  related: RawRelated[] | null;
  queueLines: Line[] | null;
  registryLines: RegistryLine[] | null;
  events: { seq: string; body: string }[] | null;
  overrides:
    | (Omit<EscalationDetail["overrides"][number], "requestedBy"> & {
        requestedById: string;
        requestedByName: string | null;
      })[]
    | null;
};
type Raw = { row: RawRow; told: Told; made: Made };

/** An item as the domain knows it and as it is shown, who may be given it, and what its story is made of. */
export type EscalationFacts = {
  item: Escalation;
  shown: Omit<EscalationDetail, "acts" | "timeline">;
  colleagues: PersonRef[];
  story: Parameters<typeof prepareTimeline>[0];
};

/** Everything that is known about one item: one statement, and one for whom it would reach. Null: there is no such item. */
export async function findEscalationFacts(
  grant: Grant<"escalation.view">,
  id: string,
  now: Date,
): Promise<EscalationFacts | null> {
  const [raw, roster] = await Promise.all([readDetail(await currentSourceId(), id), listRoster()]);
  if (!raw) return null;
  const { row, told, made } = raw;
  const item = {
    ...row,
    ...told,
    clocks: parseClocks(made.clocks),
    signedOffAt: made.signedOffAt,
    nextAt: made.nextAt,
    adapterChangeById: made.adapterChangeById,
  };
  return {
    item,
    shown: toShown(raw, item, roster, grant.actor, now),
    colleagues: assignable(roster, row.path),
    story: {
      item: { ...row, ...made, thegentWord: told.thegentWord, openedByHand: made.openedById !== null },
      events: (made.events ?? []).map(({ seq, body }) => ({ seq, event: JSON.parse(body) as AuditEvent })),
    },
  };
}

function toShown(raw: Raw, item: Escalation, roster: Roster, reader: Actor, now: Date): EscalationFacts["shown"] {
  const { row, told, made } = raw;
  const around = { model: operatingModel, roster };
  const next = comesNext(item, now, around);
  return {
    ...forReader(toRow(row), reader.kind === "person" ? reader.id : null),
    ...told,
    openedAt: made.openedAt.toISOString(),
    signedOffAt: instant(made.signedOffAt),
    clocks: item.clocks.map(toClockView),
    route: {
      role: made.routedRole,
      person: personRef(made.routedToId, made.routedToName),
      backup: made.routedBackup,
      standsInFor: made.routedBackup ? ownership[paths[row.path].domain].owner : null,
    },
    comesNext: next && { ...next, at: next.at.toISOString() },
    hears: hearsOf(row.path, around),
    nextStep: nextStepOf(raw, reader, now),
    related: toRelated(made.related),
    run: row.runId === null ? null : foldRun(row.runId, made.registryLines ?? []),
    records: (made.queueLines ?? []).map(toQueueRecord),
    overrides: (made.overrides ?? []).map(({ requestedById, requestedByName, ...override }) => ({
      ...override,
      requestedBy: personRef(requestedById, requestedByName)!,
    })),
    now: now.toISOString(),
  };
}

/** A row's columns are Prisma's values; the rest comes as it is shown, or as it is read on. */
async function readDetail(sourceId: string, id: string): Promise<Raw | null> {
  const [found] = await db().$queryRaw<(RawRow & { told: Told } & Made)[]>`
    SELECT ${rowColumns}, main."openedAt", main."signedOffAt", main."nextAt", main."openedById", main."adapterChangeById", main."clocks", main."routedRole"::text AS "routedRole", main."routedToId",
      routed."name" AS "routedToName", main."routedBackup",
      json_build_object('slaMinutes', main."slaMinutes", 'note', main."note", 'lateCause', main."lateCause", 'thegentWord', main."thegentWord", 'signOffNote', main."signOffNote",
        'finding', main."finding", 'adapterChange', main."adapterChange", 'modelVersion', main."modelVersion",
        'previous', (SELECT json_build_object('id', p."id", 'subject', p."subject") FROM "Escalation" p WHERE p."id" = main."previousId"),
        'reopenedAs', (SELECT json_build_object('id', r."id", 'subject', r."subject") FROM "Escalation" r WHERE r."previousId" = main."id" ORDER BY r."openedAt" DESC, r."id" DESC LIMIT 1),
        'hasEpisode', EXISTS (SELECT 1 FROM "DriftEpisode" d WHERE d."id" = main."id"),
        'effectView', (SELECT json_build_object('kind', f."kind", 'status', f."status", 'attempts', f."attempts", 'lastError', f."lastError",
            'createdAt', to_char(f."createdAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'appliedAt', to_char(f."appliedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'closedRecords', CASE WHEN f."kind" = 'thegent.resolve' THEN jsonb_array_length(f."result"->'closed') END)
          FROM "Effect" f WHERE f."subjectId" = main."id" ORDER BY f."createdAt" DESC, f."id" DESC LIMIT 1)) AS "told",
      ${relatedColumn} AS "related",
      (SELECT json_agg(json_build_object('line', r."line", 'gone', r."goneAt" IS NOT NULL, 'parsed', r."parsed") ORDER BY r."line", r."id")
        FROM (SELECT r.* FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."runId" = main."runId"
          WHERE f."sourceId" = main."sourceId" AND f."kind" = 'escalation_queue' ORDER BY r."id" DESC LIMIT ${most}) r) AS "queueLines",
      (SELECT json_agg(json_build_object('line', r."line", 'parsed', r."parsed") ORDER BY r."line")
        FROM (SELECT r.* FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."runId" = main."runId"
          WHERE f."sourceId" = main."sourceId" AND f."kind" = 'run_registry' AND r."goneAt" IS NULL ORDER BY r."line" LIMIT ${most}) r) AS "registryLines",
      (SELECT json_agg(json_build_object('seq', a."seq"::text, 'body', a."body") ORDER BY a."seq")
        FROM (SELECT a."seq", a."body" FROM "AuditEvent" a WHERE a."subjectId" = main."id"::text ORDER BY a."seq" DESC LIMIT ${most}) a) AS "events",
      (SELECT json_agg(json_build_object('id', o."id", 'status', o."status", 'expiresAt', to_char(o."expiresAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'requestedById', o."requestedById", 'requestedByName', requester."name") ORDER BY o."requestedAt" DESC, o."id" DESC)
        FROM (SELECT o.* FROM "Override" o WHERE o."escalationId" = main."id" ORDER BY o."requestedAt" DESC, o."id" DESC LIMIT ${most}) o
          LEFT JOIN "Person" requester ON requester."id" = o."requestedById") AS "overrides"
    FROM "Escalation" main JOIN "Escalation" e ON e."id" = main."id" ${rowJoins} LEFT JOIN "Person" routed ON routed."id" = main."routedToId"
    WHERE main."id" = ${id}::uuid AND main."sourceId" = ${sourceId}::uuid`;
  if (!found) return null;
  const {
    told,
    openedAt,
    signedOffAt,
    nextAt,
    openedById,
    adapterChangeById,
    clocks,
    routedRole,
    routedToId,
    routedToName,
    routedBackup,
    related,
    queueLines,
    registryLines,
    events,
    overrides,
    ...row
  } = found;
  return {
    row,
    told,
    made: {
      openedAt,
      signedOffAt,
      nextAt,
      openedById,
      adapterChangeById,
      clocks,
      routedRole,
      routedToId,
      routedToName,
      routedBackup,
      related,
      queueLines,
      registryLines,
      events,
      overrides,
    },
  };
}

const toClockView = ({ name, kind, startedAt, dueAt, stoppedAt, firedAt, level, to }: Clock): ClockView => ({
  name,
  kind,
  startedAt: startedAt.toISOString(),
  dueAt: dueAt.toISOString(),
  stoppedAt: instant(stoppedAt),
  firedAt: instant(firedAt),
  level,
  to: [...to],
});

function nextStepOf({ row, told }: Raw, reader: Actor, now: Date): string {
  const person = reader.kind === "person" ? reader : null;
  return sayWhatToDo({
    item: row,
    holder: personRef(row.claimedById, row.claimedByName),
    effect: told.effectView,
    resolvesByRemoving: row.resolvesByRemoving,
    reader: {
      id: reader.id,
      works: decide(operatingModel, "escalation.resolve", person, row.path).allowed,
      signsOff: decide(operatingModel, "escalation.sign-off", person).allowed,
    },
    roles: {
      work: rolesThatMay(operatingModel, paths[row.path].activity, "perform"),
      signOff: rolesThatMay(operatingModel, "escalation", "decide"),
    },
    now,
  });
}

/** Who may be given an item of this path: whoever could claim it. */
const assignable = (roster: Roster, path: EscalationPath): PersonRef[] =>
  roster
    .filter((person) => decide(operatingModel, "escalation.claim", { kind: "person", ...person }, path).allowed)
    .map(({ id, name }) => ({ id, name }));

function toQueueRecord({ line, gone, parsed }: Line): QueueRecordView {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    line,
    gone,
    status: text(parsed.status) ?? "",
    reason: text(parsed.reason) ?? "",
    priority: number(parsed.priority),
    dialect: dialectOf("escalation_queue", { keys: Object.keys(parsed), get: (key) => parsed[key] }),
    blockedAt: text(parsed.blocked_at_utc),
    escalateBy: text(parsed.escalate_by_utc),
    slaMinutes: number(parsed.sla_minutes),
    resolvedAt: text(parsed.resolved_at_utc),
  };
}
