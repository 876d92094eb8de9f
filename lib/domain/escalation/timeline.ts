import type { AuditEvent } from "../chain/audit-event";
import type { Letter, Role } from "../operating-model/roles";

export type TimelineKind = "blocked" | "opened" | "claimed" | "released" | "resolved" | "taken-up" | "refused" | "closed-in-thegent" | "retried" | "escalated" | "signed-off" | "other";

/** One thing that happened to an item. */
export type TimelineEntry = {
  /** ISO 8601, UTC. */
  at: string;
  /** Chain position of the audit event; null for what thegent's files say. */
  seq: string | null;
  kind: TimelineKind;
  /** A plain sentence without the actor's name. */
  says: string;
  actor: string | null;
  role: Role | null;
  letter: Letter | null;
};

type Facts = {
  item: { blockedAt: Date; openedAt: Date; closedAt: Date | null; closedIn: "cockpit" | "thegent" | null; thegentWord: string | null };
  events: readonly { seq: string; event: AuditEvent }[];
};

const kinds: Readonly<Record<string, { kind: TimelineKind; says: string }>> = {
  "escalation.claim": { kind: "claimed", says: "Claimed the item" },
  "escalation.release": { kind: "released", says: "Gave the item back to the queue" },
  "escalation.resolve": { kind: "resolved", says: "Resolved the item" },
  "escalation.retry": { kind: "retried", says: "Asked for the decision to be written to thegent again" },
  "escalation.escalate": { kind: "escalated", says: "Raised to the Product Owner, level 1: past its SLA" },
  "escalation.sign-off": { kind: "signed-off", says: "Signed the breach off" },
  "escalation.take-up": { kind: "taken-up", says: "Wrote the decision into thegent's queue file" },
};

/** An item's story, oldest first: what thegent's file says, and every event of the cockpit's chain about it. */
export function prepareTimeline({ item, events }: Facts): TimelineEntry[] {
  const file = (at: Date, kind: TimelineKind, says: string): TimelineEntry => ({ at: at.toISOString(), seq: null, kind, says, actor: null, role: null, letter: null });
  const entries = [
    file(item.blockedAt, "blocked", "thegent's policy denied the run"),
    file(item.openedAt, "opened", "Opened here from thegent's queue file"),
    ...events.map(({ seq, event }) => fromAudit(seq, event)),
  ];
  if (item.closedIn === "thegent" && item.closedAt) {
    entries.push(file(item.closedAt, "closed-in-thegent", `Closed in thegent itself as “${item.thegentWord ?? "resolved"}”`));
  }
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.seq ?? 0) - Number(b.seq ?? 0)));
}

function fromAudit(seq: string, event: AuditEvent): TimelineEntry {
  const known = kinds[event.action] ?? { kind: "other" as const, says: event.action };
  const refused = event.outcome === "refused";
  return {
    at: event.at,
    seq,
    kind: refused ? "refused" : known.kind,
    says: refused ? `Was refused: ${event.because ?? known.says}` : known.says + detailOf(event),
    actor: event.actor.name,
    role: event.role,
    letter: event.letter,
  };
}

function detailOf({ after }: AuditEvent): string {
  const facts = after && typeof after === "object" && !Array.isArray(after) ? after : {};
  if (typeof facts.outcome === "string") return ` as “${facts.outcome}”`;
  if (facts.closedRecords === 0) return "; nothing was pending there any more";
  if (typeof facts.closedRecords === "number") return `: ${facts.closedRecords} ${facts.closedRecords === 1 ? "record" : "records"} closed`;
  return "";
}
