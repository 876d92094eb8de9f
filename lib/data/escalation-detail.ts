import "server-only";
import type { EffectView, EscalationDetail, QueueRecordView } from "@/lib/contracts/escalations";
import type { AuditEvent } from "@/lib/domain/chain/audit-event";
import { nextStep } from "@/lib/domain/escalation/next-step";
import { prepareTimeline } from "@/lib/domain/escalation/timeline";
import { decide, type Actor, type Grant } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { foldRun, type RegistryLine } from "@/lib/domain/run/fold-run";
import { db } from "./client";
import { currentSourceId } from "./current-source";
import { rowColumns, rowJoins, toRow, type RawRow } from "./escalation-rows";

/** Lines and events shown of one item; more than a person reads, and a bound for a hostile file. */
const most = 200;

type Line = { line: number; gone: boolean; parsed: Record<string, unknown> };

type RawDetail = RawRow & {
  slaMinutes: number;
  openedAt: Date;
  note: string | null;
  lateCause: string | null;
  thegentWord: string | null;
  signedOffAt: Date | null;
  signOffNote: string | null;
  modelVersion: string;
  previousId: string | null;
  previousRunId: string | null;
  effectView: EffectView | null;
  queueLines: Line[] | null;
  registryLines: RegistryLine[] | null;
  events: { seq: string; body: string }[] | null;
};

/** Everything about one item, in one statement, and what the reader may do with it. Null: there is no such item. */
export async function findEscalationDetail(grant: Grant<"escalation.view">, id: string, now: Date): Promise<EscalationDetail | null> {
  const [raw] = await db().$queryRaw<RawDetail[]>`
    SELECT ${rowColumns}, e."slaMinutes", e."openedAt", e."note", e."lateCause", e."thegentWord", e."signedOffAt", e."signOffNote", e."modelVersion",
      e."previousId", p."runId" AS "previousRunId",
      (SELECT json_build_object('status', f."status", 'attempts', f."attempts", 'lastError', f."lastError",
          'createdAt', to_char(f."createdAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'appliedAt', to_char(f."appliedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'closedRecords', jsonb_array_length(f."result"->'closed'))
        FROM "Effect" f WHERE f."escalationId" = e."id" ORDER BY f."createdAt" DESC LIMIT 1) AS "effectView",
      (SELECT json_agg(json_build_object('line', r."line", 'gone', r."goneAt" IS NOT NULL, 'parsed', r."parsed") ORDER BY r."line", r."id")
        FROM (SELECT r.* FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."runId" = e."runId"
          WHERE f."sourceId" = e."sourceId" AND f."kind" = 'escalation_queue' ORDER BY r."id" DESC LIMIT ${most}) r) AS "queueLines",
      (SELECT json_agg(json_build_object('line', r."line", 'parsed', r."parsed") ORDER BY r."line")
        FROM (SELECT r.* FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id" AND r."runId" = e."runId"
          WHERE f."sourceId" = e."sourceId" AND f."kind" = 'run_registry' AND r."goneAt" IS NULL ORDER BY r."line" LIMIT ${most}) r) AS "registryLines",
      (SELECT json_agg(json_build_object('seq', a."seq"::text, 'body', a."body") ORDER BY a."seq")
        FROM (SELECT a."seq", a."body" FROM "AuditEvent" a WHERE a."subjectId" = e."id"::text ORDER BY a."seq" DESC LIMIT ${most}) a) AS "events"
    FROM "Escalation" e ${rowJoins} LEFT JOIN "Escalation" p ON p."id" = e."previousId"
    WHERE e."id" = ${id}::uuid AND e."sourceId" = ${await currentSourceId()}::uuid`;
  if (!raw) return null;
  const { queueLines, registryLines, events, previousId, previousRunId, effectView, slaMinutes, openedAt, note, lateCause, thegentWord, signedOffAt, signOffNote, modelVersion, ...row } = raw;
  const records = (queueLines ?? []).map(toQueueRecord);
  return {
    ...toRow(row),
    slaMinutes,
    openedAt: openedAt.toISOString(),
    note,
    lateCause,
    thegentWord,
    signedOffAt: signedOffAt?.toISOString() ?? null,
    signOffNote,
    comesNext: comesNext(raw, now),
    modelVersion,
    previous: previousId && previousRunId ? { id: previousId, runId: previousRunId } : null,
    effectView,
    run: foldRun(raw.runId, registryLines ?? []),
    records,
    timeline: prepareTimeline({
      item: { blockedAt: raw.blockedAt, openedAt, closedAt: raw.closedAt, closedIn: raw.closedIn, thegentWord },
      events: (events ?? []).map(({ seq, body }) => ({ seq, event: JSON.parse(body) as AuditEvent })),
    }),
    may: rightsOf(grant.actor),
    now: now.toISOString(),
  };
}

function comesNext(item: RawDetail, now: Date): EscalationDetail["comesNext"] {
  const step = nextStep(item, now);
  return step.do === "wait" ? { at: step.until.toISOString(), to: [...step.to], level: step.level } : null;
}

function rightsOf(actor: Actor): EscalationDetail["may"] {
  const may = (action: "escalation.claim" | "escalation.release" | "escalation.resolve" | "escalation.retry" | "escalation.sign-off") => {
    const decision = decide(operatingModel, action, actor.kind === "person" ? actor : null);
    return decision.allowed
      ? { allowed: true as const, as: decision.role, letter: decision.letter }
      : { allowed: false as const, because: decision.because, whoCan: decision.whoCan };
  };
  return { claim: may("escalation.claim"), release: may("escalation.release"), resolve: may("escalation.resolve"), retry: may("escalation.retry"), signOff: may("escalation.sign-off") };
}

function toQueueRecord({ line, gone, parsed }: Line): QueueRecordView {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    line,
    gone,
    status: text(parsed.status) ?? "",
    reason: text(parsed.reason) ?? "",
    priority: number(parsed.priority),
    blockedAt: text(parsed.blocked_at_utc),
    escalateBy: text(parsed.escalate_by_utc),
    slaMinutes: number(parsed.sla_minutes),
    resolvedAt: text(parsed.resolved_at_utc),
  };
}

