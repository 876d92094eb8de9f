/** A database filled as months of work would: items of every path with their clocks, notices, claims, effects and audit events. */
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { openItems, type Opening } from "@/lib/areas/escalation/acts/open-items";
import { passTime } from "@/lib/areas/escalation/acts/pass-time";
import { inTransaction, pool } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";
import type { Severity } from "@/lib/model/severities";
import { makePerson, putOnDuty } from "@/lib/testing/scenarios";

export const lanes = ["standard", "critical", "recovery", "batch"];
export const ownerOf = (n: number): string => `team-${n % 200}:shop`;
const reasons = Array.from(
  { length: 12 },
  (_, n) => `Critical lane requires confidence >= 0.9 (current: 0.${8800 + n})`,
);
const severities: readonly Severity[] = ["P1", "P2", "P3", "P4"];
const team: Role[] = [
  "operator",
  "operator",
  "operator",
  "operator",
  "tech_lead",
  "tech_lead",
  "product_owner",
  "security",
  "stakeholder",
];

export type Filled = { operators: PersonActor[] };

/** Of the open items a tenth is claimed and a third is past its SLA. */
export async function fillQueue(
  sourceId: string,
  { open, closed }: { open: number; closed: number },
  now: Date,
): Promise<Filled> {
  const people = await Promise.all(team.map((role) => makePerson(role)));
  await Promise.all(
    (["operator", "tech_lead", "product_owner", "security"] as const).map((role) =>
      putOnDuty(
        people.find(({ roles }) => roles.includes(role))!,
        role,
        now,
      ),
    ),
  );
  const operators = people.filter(({ roles }) => roles.includes("operator"));
  await fillClosed(sourceId, closed, people, now);
  await fillOpen(sourceId, open, operators, now);
  await pool().query("VACUUM ANALYZE");
  return { operators };
}

const minutesAfter = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

/** Four of five are policy denials, each due within six hours of now before or after. */
function opening(n: number, now: Date): Opening {
  const path = n % 5 ? "policy_denial" : (["contract_drift", "integrity", "incident"] as const)[n % 3]!;
  const startedAt = minutesAfter(now, -((n * 7) % 120) - 1);
  return {
    path,
    subject: `${path === "policy_denial" ? "run" : path}_${n}`,
    reason: reasons[n % reasons.length]!,
    owner: n % 50 ? ownerOf(n) : null,
    lane: lanes[n % 4]!,
    agent: "claude",
    priority: n % 6,
    recordCount: path === "policy_denial" ? 1 : 0,
    previousId: null,
    severity: path === "policy_denial" ? null : severities[n % 4]!,
    startedAt,
    slaMinutes: 30,
    ...(path === "policy_denial" && { dueAt: minutesAfter(startedAt, 1 + ((n * 13) % 360)) }),
  };
}

/** Through the use cases, so that everything that goes with an item is there. */
async function fillOpen(sourceId: string, count: number, operators: PersonActor[], now: Date): Promise<void> {
  const grant = grantSystem(operatingModel, "escalation.sync", "The cockpit");
  const made: string[] = [];
  for (let at = 0; at < count; at += 500) {
    const openings = Array.from({ length: Math.min(500, count - at) }, (_, n) => opening(at + n, now));
    const ids = await inTransaction((tx) => openItems(tx, grant, sourceId, openings, now), { timeoutMs: 120_000 });
    made.push(...ids.filter((id) => id !== null));
  }
  await passTime({ sourceId, now: () => now, requestId: "bench" });
  const claimed = made.filter((_, n) => n % 10 === 0);
  const { rows } = await pool().query<{ id: string; version: number }>(
    `SELECT "id", "version" FROM "Escalation" WHERE "id" = ANY ($1)`,
    [claimed],
  );
  for (let at = 0; at < rows.length; at += 200) {
    await claimEscalation.many(
      { actor: operators[(at / 200) % operators.length]!, now, requestId: "bench" },
      rows.slice(at, at + 200),
      {},
    );
  }
}

const batch = 50_000;

/** Set by set, oldest first: items that were resolved here, each with its effect, two notices that ended and its audit event. */
async function fillClosed(sourceId: string, count: number, people: PersonActor[], now: Date): Promise<void> {
  const client = await pool().connect();
  try {
    // What was made whole need not be checked or announced row by row.
    await client.query("SET session_replication_role = replica; SET synchronous_commit = off");
    await client.query("CREATE TEMPORARY TABLE made (n int, id uuid, t timestamptz)");
    for (let at = 0; at < count; at += batch) {
      await client.query("TRUNCATE made");
      await client.query(
        `INSERT INTO made SELECT n, uuidv7(make_interval(mins => n - $4::int)), $3::timestamptz + make_interval(mins => n - $4::int - 60) FROM generate_series($1::int, $2::int) n`,
        [at + 1, Math.min(at + batch, count), now, count],
      );
      await client.query(closedItems, [sourceId, people[0]!.id, operatingModel.version]);
      await client.query(
        `INSERT INTO "Subject" SELECT s.* FROM "subject_of_escalation" s JOIN made ON s."id" = made.id`,
      );
      await client.query(effects);
      await client.query(notices, [people[1]!.id, people[6]!.id]);
      await client.query(auditEvents, [people[0]!.id]);
    }
    // As many hashes as the tree's edge has, so that acts go on as they do; of these events nobody asks for a proof.
    await client.query(
      `UPDATE "AuditHead" SET "seq" = e."seq", "hash" = e."hash", "frontier" = decode(repeat('00', 32 * bit_count(e."seq"::bit(64))::int), 'hex') FROM (SELECT "seq", "hash" FROM "AuditEvent" ORDER BY "seq" DESC LIMIT 1) e`,
    );
  } finally {
    client.release(true);
  }
}

const iso = (sql: string): string => `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Closed items of a source ($1), resolved by a person ($2) under a model ($3), for each row of `made` (n, id, t). */
export const closedItems = `
  INSERT INTO "Escalation" ("id", "sourceId", "path", "subject", "runId", "status", "priority", "lane", "owner", "agent", "reason", "recordCount", "blockedAt", "dueAt", "dueClock", "clocks",
    "routedRole", "slaMinutes", "modelVersion", "openedAt", "closedAt", "closedIn", "closedById", "claimedById", "claimedAt", "outcome", "note")
  SELECT id, $1, 'policy_denial', 'run_old' || n, 'run_old' || n, 'resolved', n % 6, (ARRAY['standard', 'critical', 'recovery', 'batch'])[n % 4 + 1], 'team-' || n % 200 || ':shop', 'claude',
    'Critical lane requires confidence >= 0.9 (current: 0.' || 8800 + n % 12 || ')', 1, t, t + interval '30 minutes', 'resolve',
    jsonb_build_array(jsonb_build_object('name', 'resolve', 'kind', 'sla', 'stoppedBy', 'close', 'level', 1, 'to', jsonb_build_array('product_owner'), 'activity', 'escalation', 'alert', true,
      'startedAt', ${iso("t")}, 'dueAt', ${iso("t + interval '30 minutes'")}, 'stoppedAt', ${iso("t + interval '10 minutes'")}, 'firedAt', NULL)),
    'product_owner', 30, $3, t, t + interval '10 minutes', 'cockpit', $2::uuid, $2::uuid, t + interval '2 minutes', 'unblocked', 'The confidence threshold was met on the second run.' FROM made`;

const effects = `
  INSERT INTO "Effect" ("id", "subjectId", "kind", "payload", "status", "attempts", "createdAt", "lastTriedAt", "appliedAt", "result")
  SELECT uuidv7(), id, 'thegent.resolve', jsonb_build_object('runId', 'run_old' || n, 'word', 'resolved', 'at', ${iso("t")}), 'applied', 1, t, t, t, '{"closed": ["k"]}' FROM made`;

const notices = `
  INSERT INTO "Notice" ("id", "personId", "subjectId", "step", "kind", "role", "letter", "activity", "foldKey", "firstAt", "lastAt", "endedAt", "endedByAction")
  SELECT uuidv7(), p.id, m.id, 'opened', 'action', p.role::"Role", p.letter, 'escalation', md5(m.n::text), t, t, t + interval '10 minutes', 'escalation.resolve'
  FROM made m, (VALUES ($1::uuid, 'operator', 'R'), ($2::uuid, 'product_owner', 'A')) AS p(id, role, letter)`;

const auditEvents = `
  INSERT INTO "AuditEvent" ("seq", "body", "hash")
  SELECT n, body, encode(sha256(convert_to(body, 'UTF8')), 'hex') FROM (
    SELECT n, json_build_object('seq', n, 'at', ${iso("t")}, 'action', 'escalation.resolve', 'outcome', 'done',
      'actor', json_build_object('kind', 'person', 'id', $1::text, 'name', 'operator'), 'role', 'operator', 'letter', 'R', 'subject', json_build_object('kind', 'escalation', 'id', id),
      'before', NULL, 'after', json_build_object('status', 'resolved', 'note', 'The confidence threshold was met on the second run.'), 'because', NULL, 'requestId', id, 'model', 'om')::text AS body
    FROM made) events`;

/** Some items to look at, from all over the queue; open ones, and closed ones as far as there are any. */
export async function someItems(sourceId: string, open: boolean, count: number): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT "id" FROM "Escalation" WHERE "sourceId" = $1 AND "status" ${open ? "" : "NOT"} IN ('open', 'claimed') ORDER BY ${open ? `"dueAt"` : `"closedAt" DESC`} LIMIT 20000`,
    [sourceId],
  );
  return Array.from(
    { length: Math.min(count, rows.length) },
    (_, n) => rows[Math.floor((n * rows.length) / count)]!.id,
  );
}
