/** Items whose clocks run out in moments instead of hours, each with all that must come of it; and what did come of them. */
import { settle } from "@/lib/areas/escalation/domain/clocks";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import { parseClocks, type StoredClock } from "@/lib/areas/escalation/read/item";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, inTransaction } from "@/lib/kernel/db/client";
import { scheduleClocks } from "@/lib/kernel/effect/outbox";
import { systemClock } from "@/lib/kernel/time";
import type { EscalationPath } from "@/lib/model/paths";
import { cockpitMay } from "./grants";
import { makeEscalation } from "./scenarios";

export type Kind = {
  path: EscalationPath;
  severity?: "P2";
  /** When its clocks run out, in ms after its first step; a clock that is not named, in an hour. */
  clocks: Readonly<Record<string, number>>;
  /** Whether its first step is that a claim goes quiet. */
  claimed?: true;
  /** By hand: what time must do to it, in order; what people must hear; how far it must rise. */
  events: readonly string[];
  hear: readonly string[];
  level: number;
};

const hourMs = 3_600_000;

export const kinds = {
  denial: {
    path: "policy_denial",
    clocks: { resolve: 0 },
    events: ["resolve 0→1"],
    hear: ["breach product_owner"],
    level: 1,
  },
  drift: {
    path: "contract_drift",
    clocks: { investigate: 0, remediate: 400 },
    events: ["investigate 0→1", "remediate 1→1"],
    hear: ["missed-investigate tech_lead", "missed-remediate tech_lead", "breach product_owner"],
    level: 1,
  },
  // The Tech Lead's step says nothing new after the missed response.
  incident: {
    path: "incident",
    severity: "P2",
    clocks: { "first response": 0, "tell the Tech Lead": 150, "tell the Product Owner": 300, resolution: 600 },
    events: ["first response 0→1", "tell the Product Owner 1→2", "resolution 2→2"],
    hear: [
      "missed-first response tech_lead",
      "raised-2 product_owner",
      "missed-resolution tech_lead",
      "breach product_owner",
    ],
    level: 2,
  },
  quiet: {
    path: "policy_denial",
    clocks: { resolve: hourMs },
    claimed: true,
    events: ["returned"],
    hear: ["returned operator"],
    level: 0,
  },
} as const satisfies Record<string, Kind>;

export type DueItem = Pick<Kind, "path" | "severity" | "clocks" | "claimed"> & {
  sourceId: string;
  subject: string;
  /** When its first step falls due. */ first: Date;
  holderId: string;
};

/** Makes it, with the job that stands for its first step. */
export async function makeDueItem({
  sourceId,
  path,
  severity,
  subject,
  clocks,
  claimed,
  first,
  holderId,
}: DueItem): Promise<string> {
  const now = systemClock();
  // Not due before its clocks are set: a worker may be looking.
  const id = await makeEscalation({
    sourceId,
    path,
    severity,
    subject,
    blockedAt: now,
    ...(path === "policy_denial" && { dueAt: new Date(now.getTime() + hourMs) }),
  });
  const row = await db().escalation.findUniqueOrThrow({ where: { id } });
  const moved = clocksOf(row.clocks).map((clock) => ({
    ...clock,
    dueAt: new Date(first.getTime() + (clocks[clock.name] ?? hourMs)),
  }));
  const claim = claimed && { status: "claimed" as const, claimedById: holderId, claimedAt: now, claimQuietAt: first };
  const { dueAt, nextAt } = settle({ ...(row as unknown as Escalation), ...claim, clocks: moved });
  await inTransaction(async (tx) => {
    await tx.escalation.update({
      where: { id },
      data: { ...claim, clocks: JSON.parse(JSON.stringify(moved)) as object[], dueAt, nextAt },
    });
    await scheduleClocks(tx, cockpitMay("escalation.escalate"), sourceId, "escalation", [{ id, at: nextAt! }]);
  });
  return id;
}

const clocksOf = (stored: unknown) => parseClocks(stored as StoredClock[]);

export type Came = Awaited<ReturnType<typeof readWhatCame>>[number];

/** What time did to every item, and what people heard of it. */
export async function readWhatCame() {
  const rows = await db().escalation.findMany({ include: { asSubject: { include: { notices: true } } } });
  const events = (
    await db().auditEvent.findMany({ where: { action: "escalation.escalate" }, orderBy: { seq: "asc" } })
  ).map(({ body }) => JSON.parse(body) as AuditEvent);
  return rows.map(({ id, clocks, asSubject: { notices }, ...row }) => ({
    ...row,
    clocks: clocksOf(clocks),
    steps: events.filter(({ subject }) => subject.id === id).map(stepOf),
    hear: notices.map(({ step, role }) => `${step} ${role}`).sort(),
    /** How often people were told of the breach. */
    breachTold: notices.find(({ step }) => step === "breach")?.count ?? 0,
    standing: notices.filter(({ endedAt }) => endedAt === null).map(({ step }) => step),
  }));
}

function stepOf({ at, before, after }: AuditEvent) {
  const { returned, clock, level, lateMs, missed } = after as {
    returned?: boolean;
    clock?: string;
    level: number;
    lateMs: number;
    missed?: boolean;
  };
  return {
    at: new Date(at),
    clock: clock ?? null,
    missed: missed === true,
    lateMs,
    says: returned ? "returned" : `${clock} ${(before as { level: number }).level}→${level}`,
  };
}
