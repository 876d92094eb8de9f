import "server-only";
import type { Clock, Escalation } from "@/lib/areas/escalation/domain/escalation";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** A clock as its item's row keeps it: instants as text. */
export type StoredClock = Omit<Clock, "startedAt" | "dueAt" | "stoppedAt" | "firedAt"> & {
  startedAt: string;
  dueAt: string;
  stoppedAt: string | null;
  firedAt: string | null;
};

/** The domain's item as its row keeps it, and the source it belongs to. */
export type StoredItem = Omit<Escalation, "clocks"> & { clocks: StoredClock[]; sourceId: string };
export type Item = Escalation & { sourceId: string };

/** The columns of StoredItem. */
export const itemColumns = Prisma.sql`
  "id", "sourceId", "version", "path"::text AS "path", "subject", "runId", "severity"::text AS "severity", "owner", "ownerShown", "reason", "status"::text AS "status",
  "clocks", "dueAt", "dueClock", "nextAt", "claimedById", "claimedAt", "claimQuietAt", "closedById", "closedAt", "outcome"::text AS "outcome", "note", "lateCause",
  "level", "escalatedAt", "breachedAt", "finding", "adapterChange", "adapterChangeById", "signedOffById", "signedOffAt", "signOffNote", "lostAt"`;

export const toItem = (row: StoredItem): Item => ({ ...row, clocks: parseClocks(row.clocks) });

export const parseClocks = (clocks: readonly StoredClock[]): Clock[] =>
  clocks.map((clock) => ({
    ...clock,
    startedAt: new Date(clock.startedAt),
    dueAt: new Date(clock.dueAt),
    stoppedAt: clock.stoppedAt ? new Date(clock.stoppedAt) : null,
    firedAt: clock.firedAt ? new Date(clock.firedAt) : null,
  }));
