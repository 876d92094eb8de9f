import type { AuditEvent, Plain } from "@/lib/kernel/chain/audit-event";
import type { After, Told } from "@/lib/kernel/chain/payloads";
import type { WriteAction } from "@/lib/model/actions";
import { textOf as text, type EventFacts, type TimelineEntry, type TimelineKind } from "@/lib/kernel/chain/timeline";

type Facts = {
  /** When the override that was approved ends by itself; tells what thegent's file was made to say. */
  expiresAt: Date | null;
  /** People's names by id: in whose place a delegate decided. */
  names: Readonly<Record<string, string>>;
  events: readonly { seq: string; event: AuditEvent }[];
};

type Said = { kind: TimelineKind; says: string; text?: string };
type About = Pick<Facts, "expiresAt" | "names">;

/** An event's sentence, from what it says of the override afterwards, and from what else is known of it. */
export type OverrideWords<A extends WriteAction | null = null> = (
  after: A extends WriteAction ? Told<After<A>> : EventFacts,
  about: About,
) => Said;
type Sentences = Readonly<Record<string, OverrideWords>>;

/** An override's story, oldest first, from the events of the cockpit's chain about it; sentences without the actor's name. `acts`: those of people's acts, by their actions. */
export const prepareOverrideTimeline = ({ events, ...about }: Facts, acts: Sentences): TimelineEntry[] =>
  events
    .map(({ seq, event }): TimelineEntry => {
      const { at, actor, role, letter } = event;
      const { kind, says, text: words } = say(event, about, { ...ofTheCockpit, ...acts });
      return { at, seq, kind, says, text: words || null, actor: actor.name, role, letter };
    })
    .sort((a, b) => Number(a.seq) - Number(b.seq));

function say({ action, outcome, because, after }: AuditEvent, about: About, sentences: Sentences): Said {
  const words = Object.hasOwn(sentences, action) ? sentences[action] : undefined;
  const said: Said = words?.(facts(after), about) ?? { kind: "other", says: action };
  return outcome === "refused" ? { kind: "refused", says: because ? `Was refused: ${because}` : "Was refused" } : said;
}

const facts = (value: Plain): EventFacts => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

/** What is no act on an override that stands: one row an action. */
const ofTheCockpit: Sentences = {
  "override.request": (after) => ({
    kind: "opened",
    says: `${after.previousId ? "Asked for it again, as a renewal" : "Asked for the override"}, for ${sayLength(after.seconds)}${after.ticket ? `; ticket ${text(after.ticket)}` : ""}`,
    text: text(after.justification),
  }),
  "override.pass-time": ({ did }) => passed[text(did)] ?? { kind: "other", says: "Time passed" },
  "escalation.take-up": (after, about) => takenUp(after, about),
};

const passed: Readonly<Record<string, Said>> = {
  overdue: { kind: "missed", says: "The deadline passed and nobody had decided; the request still waits" },
  warn: { kind: "warned", says: "Warned who asked that the end is near" },
  expire: { kind: "expired", says: "It reached its end; thegent honours it no more" },
};

/** Written, its record is honoured until the approved end; whatever else it is honoured until is an early end. */
function takenUp({ honouredUntil }: EventFacts, { expiresAt }: About): Said {
  const written = expiresAt?.toISOString() === honouredUntil;
  return {
    kind: "taken-up",
    says: written
      ? "Wrote it into thegent's override file: thegent honours it"
      : "Ended it in thegent's override file: thegent honours it no more",
  };
}

/** "90 s", "45 min", "24 h", "1 h 30 min": the parts that are not nothing. */
export function sayLength(value: Plain | undefined): string {
  const seconds = typeof value === "number" ? value : 0;
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(" ") || "no time"
  );
}
