import { withinCalendar } from "@/lib/kernel/calendar";

/** One record of thegent's queue file, as far as the cockpit understands it; null where the file says nothing usable. */
export type QueueRecord = {
  /** How many equal ones the file holds: it stands for them all. */
  count: number;
  /** The record without its status: survives a resolution. */
  identityKey: string;
  status: string;
  reason: string;
  lane: string;
  owner: string | null;
  ownerShown: string | null;
  agent: string | null;
  priority: number | null;
  blockedAt: Date | null;
  /** As written: thegent orders by this text. */
  blockedText: string;
  escalateBy: Date | null;
  slaMinutes: number | null;
  resolvedAt: Date | null;
};

/** What an item of the queue shows of its records. */
export type ItemFacts = {
  priority: number;
  lane: string;
  owner: string | null;
  /** The owner as it is shown, where it cannot be kept exactly. */
  ownerShown: string | null;
  agent: string | null;
  reason: string;
  recordCount: number;
  blockedAt: Date;
  dueAt: Date;
  slaMinutes: number;
};

/** thegent lists a record while it is pending and has a deadline it can read; the rest it passes over. */
export const isWaiting = (record: QueueRecord): record is QueueRecord & { escalateBy: Date } =>
  record.status === "pending" && record.escalateBy !== null;

/**
 * The facts of the one item that a run's waiting records make; null when none waits. The most urgent record speaks for the
 * item, the newest on ties (thegent's own order); the earliest deadline rules.
 */
export function itemFacts(records: readonly QueueRecord[]): ItemFacts | null {
  const waiting = records.filter(isWaiting);
  if (!waiting.length) return null;
  const speaker = waiting.reduce((best, next) => (isBefore(best, next) ? next : best));
  const ruling = waiting.reduce((first, next) => (next.escalateBy < first.escalateBy ? next : first));
  const blocked = waiting.flatMap((record) => record.blockedAt?.getTime() ?? []);
  // Without a usable blocked_at the deadline itself is the latest it can have been.
  const blockedAt = withinCalendar(
    blocked.length
      ? blocked.reduce((first, next) => Math.min(first, next))
      : ruling.escalateBy.getTime() - (ruling.slaMinutes ?? 0) * 60_000,
  );
  return {
    priority: int4(speaker.priority ?? 0),
    lane: speaker.lane,
    owner: speaker.owner,
    ownerShown: speaker.ownerShown,
    agent: speaker.agent,
    reason: speaker.reason,
    recordCount: waiting.reduce((sum, { count }) => sum + count, 0),
    blockedAt,
    dueAt: ruling.escalateBy,
    slaMinutes: int4(ruling.slaMinutes ?? (ruling.escalateBy.getTime() - blockedAt.getTime()) / 60_000),
  };
}

/** Whether `next` is more urgent, or as urgent and blocked no earlier. Later lines come later in `records`. */
function isBefore(best: QueueRecord, next: QueueRecord): boolean {
  const [mine, theirs] = [best.priority ?? 0, next.priority ?? 0];
  return theirs > mine || (theirs === mine && next.blockedText >= best.blockedText);
}

/** thegent's numbers have no bounds; the database's have. */
const int4 = (value: number): number => Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.round(value)));
