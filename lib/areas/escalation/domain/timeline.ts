import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import {
  textOf as text,
  type ActWords,
  type EventFacts,
  type TimelineEntry,
  type TimelineKind,
} from "@/lib/kernel/chain/timeline";
import type { EscalationPath } from "@/lib/model/paths";
import { isRole, roleNames } from "@/lib/model/roles";

type Facts = {
  item: {
    path: EscalationPath;
    openedByHand: boolean;
    blockedAt: Date;
    openedAt: Date;
    closedAt: Date | null;
    closedIn: "cockpit" | "thegent" | null;
    thegentWord: string | null;
  };
  events: readonly { seq: string; event: AuditEvent }[];
};

type Said = ReturnType<ActWords>;
type After = EventFacts;
type Sentences = Readonly<Record<string, ActWords>>;

/**
 * An item's story, oldest first: what thegent's file says, and every event of the cockpit's chain about it. `acts`: the sentences of people's
 * acts, by their actions.
 */
export function prepareTimeline({ item, events }: Facts, acts: Sentences): TimelineEntry[] {
  const file = (at: Date, kind: TimelineKind, says: string): TimelineEntry => ({
    at: at.toISOString(),
    seq: null,
    kind,
    says,
    text: null,
    actor: null,
    role: null,
    letter: null,
  });
  const sentences = { ...ofTheCockpit, ...acts };
  const entries = events.map(({ seq, event }) => fromAudit(seq, event, sentences));
  // What was opened by hand or by a trigger has an event of the chain for it.
  if (item.path === "policy_denial" && !item.openedByHand) {
    entries.push(
      file(item.blockedAt, "blocked", "thegent's policy denied the run"),
      file(item.openedAt, "opened", "Opened here from thegent's queue file"),
    );
  }
  if (item.closedIn === "thegent" && item.closedAt) {
    entries.push(
      file(item.closedAt, "closed-in-thegent", `Closed in thegent itself as “${item.thegentWord ?? "resolved"}”`),
    );
  }
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.seq ?? 0) - Number(b.seq ?? 0)));
}

function fromAudit(seq: string, event: AuditEvent, sentences: Sentences): TimelineEntry {
  const { at, actor, role, letter, because } = event;
  const words = Object.hasOwn(sentences, event.action) ? sentences[event.action] : undefined;
  const said: Said = words?.(facts(event.after), facts(event.before)) ?? { kind: "other", says: event.action };
  const shown: Said =
    event.outcome === "refused" ? { kind: "refused", says: `Was refused: ${because ?? said.says}` } : said;
  return { at, seq, kind: shown.kind, says: shown.says, text: shown.text || null, actor: actor.name, role, letter };
}

const facts = (value: Plain): After => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
const number = (value: Plain | undefined): number => (typeof value === "number" ? value : 0);

/** What is no act on an item that stands: one row an action. */
const ofTheCockpit: Sentences = {
  "escalation.open": (after) => ({ kind: "opened", says: "Opened the item by hand", text: text(after.reason) }),
  "escalation.trigger": (after) => ({
    kind: "opened",
    says: "Opened the item, which no person declared",
    text: text(after.reason),
  }),
  "override.decide": (after) => ({
    kind: "resolved",
    says: `Approved an override of its owner, which closed the item${after.status ? ` as “${text(after.status)}”` : ""}`,
  }),
  "drift.recover": () => ({ kind: "resolved", says: "The drift ended by itself; nobody decided anything" }),
  // What was decided of it, the episode's own page tells.
  "drift.investigate": () => ({ kind: "claimed", says: "Took the drift up, to investigate it" }),
  "drift.decide": (after) => ({
    kind: "reported",
    says: "Decided what is done about the drift",
    text: text(after.cause),
  }),
  "drift.finish": (after) => ({ kind: "resolved", says: "Finished the remediation", text: text(after.note) }),
  "drift.decide-change": (after) => ({
    kind: after.answer === "approved" ? "approved" : "denied",
    says: `${after.answer === "approved" ? "Approved" : "Declined"} the change of the adapter`,
    text: text(after.note),
  }),
  "drift.decide-waiver": (after) => ({
    kind: after.answer === "approved" ? "approved" : "denied",
    says: `${after.answer === "approved" ? "Approved" : "Declined"} that the drift is accepted`,
    text: text(after.note),
  }),
  "drift.end-waiver": () => ({ kind: "expired", says: "The time for which the drift was accepted is over" }),
  "escalation.escalate": byTheClock,
  "escalation.take-up": (after) => ({
    kind: "taken-up",
    says: after.added
      ? "Added the record to thegent's queue file"
      : `Wrote the decision into thegent's queue file${closedRecords(after)}`,
  }),
};

function closedRecords({ closedRecords: count }: After): string {
  if (typeof count !== "number") return "";
  return count === 0
    ? "; nothing was pending there any more"
    : `: ${count} ${count === 1 ? "record" : "records"} closed`;
}

function byTheClock(after: After, before: After): Said {
  const late = sayLate(number(after.lateMs));
  if (after.returned)
    return { kind: "returned", says: `Returned the claim to the queue: its holder had gone quiet${late}` };
  const to = Array.isArray(after.to) ? after.to.filter(isRole) : [];
  const raised = number(after.level) > number(before.level) ? `raised to level ${number(after.level)}` : "";
  const told = to.length ? `told to ${to.map((role) => roleNames[role]).join(", ")}` : "";
  const [kind, what] =
    after.missed === false
      ? (["escalated", `Took the step “${text(after.clock)}”`] as const)
      : (["missed", `The SLA clock “${text(after.clock)}” was missed`] as const);
  return { kind, says: [what, raised, told].filter(Boolean).join("; ") + late };
}

/** A clock is heard within seconds; what took longer is said. */
const worthSayingMs = 10_000;

function sayLate(milliseconds: number): string {
  if (milliseconds < worthSayingMs) return "";
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return ` (heard ${Math.floor(milliseconds / 1000)} s late)`;
  return minutes < 60
    ? ` (heard ${minutes} min late)`
    : ` (heard ${Math.floor(minutes / 60)} h ${minutes % 60} min late)`;
}
