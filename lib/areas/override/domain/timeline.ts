import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import type { TimelineEntry, TimelineKind } from "@/lib/kernel/chain/timeline";

type Facts = {
  /** When the override that was approved ends by itself; tells what thegent's file was made to say. */
  expiresAt: Date | null;
  /** People's names by id: in whose place a delegate decided. */
  names: Readonly<Record<string, string>>;
  events: readonly { seq: string; event: AuditEvent }[];
};

type Said = { kind: TimelineKind; says: string; text?: string };
type After = Readonly<Record<string, Plain>>;
type About = Pick<Facts, "expiresAt" | "names">;

/** An override's story, oldest first, from the events of the cockpit's chain about it; sentences without the actor's name. */
export const prepareOverrideTimeline = ({ events, ...about }: Facts): TimelineEntry[] =>
  events
    .map(({ seq, event }): TimelineEntry => {
      const { at, actor, role, letter } = event;
      const { kind, says, text: words } = say(event, about);
      return { at, seq, kind, says, text: words || null, actor: actor.name, role, letter };
    })
    .sort((a, b) => Number(a.seq) - Number(b.seq));

function say({ action, outcome, because, after }: AuditEvent, about: About): Said {
  const said = (Object.hasOwn(sentences, action) ? sentences[action]! : () => ({ kind: "other" as const, says: action }))(facts(after), about);
  return outcome === "refused" ? { kind: "refused", says: because ? `Was refused: ${because}` : "Was refused" } : said;
}

const facts = (value: Plain): After => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
const text = (value: Plain | undefined): string => (typeof value === "string" ? value : "");

/** One row an action: what its event's `after` says in words. */
const sentences: Readonly<Record<string, (after: After, about: About) => Said>> = {
  "override.request": (after) => ({
    kind: "opened",
    says: `${after.previousId ? "Asked for it again, as a renewal" : "Asked for the override"}, for ${duration(after.seconds)}${after.ticket ? `; ticket ${text(after.ticket)}` : ""}`,
    text: text(after.justification),
  }),
  "override.advise": (after) => ({ kind: "advised", says: after.inFavour === true ? "Advised for it" : "Advised against it", text: text(after.text) }),
  "override.decide": (after, about) => decided(after, about),
  "override.withdraw": () => ({ kind: "withdrawn", says: "Took the request back" }),
  "override.revoke": (after) => ({ kind: "revoked", says: "Ended it before its time", text: text(after.reason) }),
  "override.pass-time": ({ did }) => passed[text(did)] ?? { kind: "other", says: "Time passed" },
  "escalation.take-up": (after, about) => takenUp(after, about),
};

const passed: Readonly<Record<string, Said>> = {
  overdue: { kind: "missed", says: "The deadline passed and nobody had decided; the request still waits" },
  warn: { kind: "warned", says: "Warned who asked that the end is near" },
  expire: { kind: "expired", says: "It reached its end; thegent honours it no more" },
};

function decided(after: After, { names }: About): Said {
  const forId = text(after.forId);
  const inPlace = forId ? `, in the place of ${names[forId] ?? "someone who has left"}` : "";
  const early = after.withoutConsultation ? "; decided without consultation" : "";
  const words = [text(after.note), after.withoutConsultation ? `Without consultation because: ${text(after.withoutConsultation)}` : ""].filter(Boolean).join("\n");
  if (after.status === "denied") return { kind: "denied", says: `Denied it${inPlace}${early}`, text: words };
  return { kind: "approved", says: `Approved it for ${duration(after.seconds)}${inPlace}${early}`, text: words };
}

/** Written, its record is honoured until the approved end; whatever else it is honoured until is an early end. */
function takenUp({ honouredUntil }: After, { expiresAt }: About): Said {
  const written = expiresAt?.toISOString() === honouredUntil;
  return { kind: "taken-up", says: written ? "Wrote it into thegent's override file: thegent honours it" : "Ended it in thegent's override file: thegent honours it no more" };
}

/** "90 s", "45 min", "24 h", "1 h 30 min": the parts that are not nothing. */
function duration(value: Plain | undefined): string {
  const seconds = typeof value === "number" ? value : 0;
  const parts = [[Math.floor(seconds / 3600), "h"], [Math.floor((seconds % 3600) / 60), "min"], [seconds % 60, "s"]] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(" ") || "no time";
}
