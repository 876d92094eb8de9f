import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import type { TimelineEntry, TimelineKind } from "@/lib/kernel/chain/timeline";
import type { EscalationPath } from "@/lib/model/paths";
import { isRole, roleNames } from "@/lib/model/roles";

type Facts = {
  item: { path: EscalationPath; openedByHand: boolean; blockedAt: Date; openedAt: Date; closedAt: Date | null; closedIn: "cockpit" | "thegent" | null; thegentWord: string | null };
  events: readonly { seq: string; event: AuditEvent }[];
};

type Said = { kind: TimelineKind; says: string; text?: string | null };
type After = Readonly<Record<string, Plain>>;

/** An item's story, oldest first: what thegent's file says, and every event of the cockpit's chain about it. */
export function prepareTimeline({ item, events }: Facts): TimelineEntry[] {
  const file = (at: Date, kind: TimelineKind, says: string): TimelineEntry => ({ at: at.toISOString(), seq: null, kind, says, text: null, actor: null, role: null, letter: null });
  const entries = events.map(({ seq, event }) => fromAudit(seq, event));
  // What was opened by hand or by a trigger has an event of the chain for it.
  if (item.path === "policy_denial" && !item.openedByHand) {
    entries.push(file(item.blockedAt, "blocked", "thegent's policy denied the run"), file(item.openedAt, "opened", "Opened here from thegent's queue file"));
  }
  if (item.closedIn === "thegent" && item.closedAt) {
    entries.push(file(item.closedAt, "closed-in-thegent", `Closed in thegent itself as “${item.thegentWord ?? "resolved"}”`));
  }
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : Number(a.seq ?? 0) - Number(b.seq ?? 0)));
}

function fromAudit(seq: string, event: AuditEvent): TimelineEntry {
  const { at, actor, role, letter, because } = event;
  const said = (Object.hasOwn(sentences, event.action) ? sentences[event.action]! : other)(facts(event.after), facts(event.before), event.action);
  const shown: Said = event.outcome === "refused" ? { kind: "refused", says: `Was refused: ${because ?? said.says}` } : said;
  return { at, seq, kind: shown.kind, says: shown.says, text: shown.text || null, actor: actor.name, role, letter };
}

const facts = (value: Plain): After => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
const text = (value: Plain | undefined): string => (typeof value === "string" ? value : "");
const number = (value: Plain | undefined): number => (typeof value === "number" ? value : 0);

const other = (_after: After, _before: After, action: string): Said => ({ kind: "other", says: action });

/** One row an action: what its event's `after` (and `before`) say in words. */
const sentences: Readonly<Record<string, (after: After, before: After, action: string) => Said>> = {
  "escalation.open": (after) => ({ kind: "opened", says: "Opened the item by hand", text: text(after.reason) }),
  "escalation.trigger": (after) => ({ kind: "opened", says: "Opened the item, which no person declared", text: text(after.reason) }),
  "escalation.reopen": (after) =>
    after.reopens ? { kind: "opened", says: "Opened what was closed again, as this item", text: text(after.reason) } : { kind: "reopened", says: "Opened it again, as a new item", text: text(after.reason) },
  "escalation.claim": () => ({ kind: "claimed", says: "Claimed the item" }),
  "escalation.assign": ({ to }) => ({ kind: "assigned", says: `Gave the item to ${text(to) || "a colleague"}` }),
  "escalation.release": () => ({ kind: "released", says: "Gave the item back to the queue" }),
  "escalation.report": (after) => ({
    kind: "reported",
    says: `Recorded what was found out${after.adapterChange ? "; an adapter change is required" : ""}${typeof after.level === "number" ? `, which raised it to level ${after.level}` : ""}`,
    text: text(after.finding),
  }),
  "escalation.resolve": (after) => ({ kind: "resolved", says: `Resolved the item${after.outcome ? ` as “${text(after.outcome)}”` : ""}`, text: closing(after) }),
  "escalation.cancel": (after) => ({ kind: "cancelled", says: "Cancelled the item", text: closing(after) }),
  "escalation.comment": (after) => ({ kind: "commented", says: "Commented", text: text(after.text) }),
  "escalation.advise": (after) => ({ kind: "advised", says: "Gave advice", text: text(after.text) }),
  "escalation.retry": () => ({ kind: "retried", says: "Asked for it to be written to thegent again" }),
  "escalation.add-again": () => ({ kind: "retried", says: "Asked for its record, which had vanished, to be added to thegent's queue file again" }),
  "escalation.sign-off": (after) => ({ kind: "signed-off", says: "Signed the breach off", text: text(after.note) }),
  "override.decide": (after) => ({ kind: "resolved", says: `Approved an override of its owner, which closed the item${after.status ? ` as “${text(after.status)}”` : ""}` }),
  "escalation.escalate": byTheClock,
  "escalation.take-up": (after) => ({ kind: "taken-up", says: after.added ? "Added the record to thegent's queue file" : `Wrote the decision into thegent's queue file${closedRecords(after)}` }),
};

const closing = ({ note, lateCause }: After): string => [text(note), lateCause ? `Late because: ${text(lateCause)}` : ""].filter(Boolean).join("\n");

function closedRecords({ closedRecords: count }: After): string {
  if (typeof count !== "number") return "";
  return count === 0 ? "; nothing was pending there any more" : `: ${count} ${count === 1 ? "record" : "records"} closed`;
}

function byTheClock(after: After, before: After): Said {
  const late = sayLate(number(after.lateMs));
  if (after.returned) return { kind: "returned", says: `Returned the claim to the queue: its holder had gone quiet${late}` };
  const to = Array.isArray(after.to) ? after.to.filter(isRole) : [];
  const raised = number(after.level) > number(before.level) ? `raised to level ${number(after.level)}` : "";
  const told = to.length ? `told to ${to.map((role) => roleNames[role]).join(", ")}` : "";
  const [kind, what] = after.missed === false ? (["escalated", `Took the step “${text(after.clock)}”`] as const) : (["missed", `The SLA clock “${text(after.clock)}” was missed`] as const);
  return { kind, says: [what, raised, told].filter(Boolean).join("; ") + late };
}

/** A clock is heard within seconds; what took longer is said. */
const worthSayingMs = 10_000;

function sayLate(milliseconds: number): string {
  if (milliseconds < worthSayingMs) return "";
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return ` (heard ${Math.floor(milliseconds / 1000)} s late)`;
  return minutes < 60 ? ` (heard ${minutes} min late)` : ` (heard ${Math.floor(minutes / 60)} h ${minutes % 60} min late)`;
}
