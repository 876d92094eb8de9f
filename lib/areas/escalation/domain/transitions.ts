import { paths } from "@/lib/model/paths";
import { settle, stopClocks } from "./clocks";
import { heldByAnother, isActive, isLate, type Escalation, type Outcome, type Status } from "./escalation";
import { passTime, type Due } from "./next";

/** Why a transition is refused; each has one sentence for people in lib/areas/escalation/words.ts. */
export type Rejection =
  | { why: "already-closed"; status: Status; byId: string | null }
  | { why: "already-claimed"; byId: string }
  | { why: "claimed-by-another"; byId: string }
  | { why: "not-claimed" }
  | { why: "late-cause-missing" }
  | { why: "no-breach" }
  | { why: "already-signed-off"; byId: string }
  | { why: "nothing-to-find" }
  | { why: "not-lost" }
  | { why: "still-open" }
  | { why: "not-theirs-to-do"; byId: string };

/** `overdue`: clocks that had run out before the act and that nobody had heard yet; the act hears them. */
export type Transition = { ok: true; next: Escalation; overdue: readonly Due[] } | { ok: false; rejection: Rejection };

type By = { personId: string; now: Date };
/** How long a claim holds without a word of its holder. */
type Holding = { quietMinutes: number };

const refuse = (rejection: Rejection): Transition => ({ ok: false, rejection });
const go = (next: Escalation, overdue: readonly Due[] = []): Transition => ({ ok: true, next: settle(next), overdue });
const closed = (item: Escalation): Transition =>
  refuse({ why: "already-closed", status: item.status, byId: item.closedById });
const quietAt = (now: Date, { quietMinutes }: Holding): Date => new Date(now.getTime() + quietMinutes * 60_000);
const free = { claimedById: null, claimedAt: null, claimQuietAt: null } as const;

/** The item as time has left it when a person acts on it. The holder's own act comes before their going quiet. */
const age = (item: Escalation, personId: string | null, now: Date) =>
  passTime(item.claimedById === personId ? { ...item, claimQuietAt: null } : item, now);

/** An open item becomes claimed; who holds it already holds it longer. A colleague's claim is not taken over. */
export function decideClaim(item: Escalation, { personId, now, ...holding }: By & Holding): Transition {
  if (!isActive(item.status)) return closed(item);
  const { item: aged, happened } = age(item, personId, now);
  if (heldByAnother(aged, personId)) return refuse({ why: "already-claimed", byId: aged.claimedById! });
  return go(claimed(aged, personId, now, holding), happened);
}

const claimed = (item: Escalation, personId: string, now: Date, holding: Holding): Escalation => ({
  ...item,
  status: "claimed",
  claimedById: personId,
  claimedAt: item.claimedById === personId ? item.claimedAt : now,
  claimQuietAt: quietAt(now, holding),
  clocks: stopClocks(item.clocks, "claim", now),
});

/** A claimed item goes back to the queue. Anyone who may claim may also release: a claim is a soft lock, not a possession. */
export function decideRelease(item: Escalation): Transition {
  if (!isActive(item.status)) return closed(item);
  if (!item.claimedById) return refuse({ why: "not-claimed" });
  return go({ ...item, status: "open", ...free });
}

/** The item becomes the claim of the person named, whoever held it: they are told. Nobody is given what they hold already. */
export function decideAssign(
  item: Escalation,
  { toId, now, ...holding }: { toId: string; now: Date } & Holding,
): Transition {
  if (!isActive(item.status)) return closed(item);
  const quiet = item.claimQuietAt !== null && item.claimQuietAt <= now;
  if (item.claimedById === toId && !quiet) return refuse({ why: "already-claimed", byId: toId });
  const { item: aged, happened } = age(item, item.claimedById, now);
  return go(claimed(aged, toId, now, holding), happened);
}

/** A word of its holder keeps a claim; everybody else's leaves the item as it is. Of a closed item, too. */
export function decideComment(item: Escalation, { personId, now, ...holding }: By & Holding): Transition {
  const holds = isActive(item.status) && item.claimedById === personId;
  return go(holds ? { ...item, claimQuietAt: quietAt(now, holding) } : item);
}

/**
 * What was found out, on a path that asks for it; said again, it replaces what was said before. It stops the clock that waits for it.
 * "Adapter change required" raises an item of contract drift as its path says; once set, it stays.
 */
export function decideReport(
  item: Escalation,
  { personId, now, finding, adapterChange, ...holding }: By & Holding & { finding: string; adapterChange: boolean },
): Transition {
  if (!isActive(item.status)) return closed(item);
  const path = paths[item.path];
  if (!item.clocks.some(({ stoppedBy }) => stoppedBy === "finding")) return refuse({ why: "nothing-to-find" });
  const { item: aged, happened } = age(item, personId, now);
  const raise = adapterChange && !item.adapterChange ? path.adapterChange : null;
  const raised = raise !== null && raise.level > aged.level;
  return go(
    {
      ...aged,
      finding,
      adapterChange: item.adapterChange || raise !== null,
      adapterChangeById: raise ? personId : item.adapterChangeById,
      clocks: stopClocks(aged.clocks, "finding", now),
      level: raised ? raise.level : aged.level,
      escalatedAt: raised ? now : aged.escalatedAt,
      claimQuietAt: aged.claimedById === personId ? quietAt(now, holding) : aged.claimQuietAt,
    },
    happened,
  );
}

/**
 * An open item, or one the person claimed, becomes resolved. Past its SLA it needs a cause for the lateness.
 * What a colleague has claimed is theirs to resolve until it is released. Resolved late, it is a breach even if no timer was faster.
 */
export function decideResolve(
  item: Escalation,
  { outcome, note, lateCause, ...by }: By & { outcome: Outcome; note: string; lateCause: string | null },
): Transition {
  return decideClose(item, by, { status: "resolved", outcome, note, lateCause });
}

/** Closed because it should never have been there, or is nobody's to solve any more; the note says why. */
export function decideCancel(
  item: Escalation,
  { note, lateCause, ...by }: By & { note: string; lateCause: string | null },
): Transition {
  return decideClose(item, by, { status: "cancelled", outcome: null, note, lateCause });
}

function decideClose(
  item: Escalation,
  { personId, now }: By,
  ending: Pick<Escalation, "status" | "outcome" | "note" | "lateCause">,
): Transition {
  if (!isActive(item.status)) return closed(item);
  const { item: aged, happened } = age(item, personId, now);
  if (heldByAnother(aged, personId)) return refuse({ why: "claimed-by-another", byId: aged.claimedById! });
  const late = isLate(aged, now);
  if (late && !ending.lateCause) return refuse({ why: "late-cause-missing" });
  return go(
    {
      ...aged,
      ...ending,
      lateCause: late ? ending.lateCause : null,
      closedById: personId,
      closedAt: now,
      claimQuietAt: null,
      clocks: stopClocks(aged.clocks, "close", now),
    },
    happened,
  );
}

/** A breach, of an item open or closed, is signed off once, with a note; a clock missed after that is a breach to be signed off anew. */
export function decideSignOff(item: Escalation, { personId, now, note }: By & { note: string }): Transition {
  const { item: aged, happened } = age(item, personId, now);
  if (!aged.breachedAt) return refuse({ why: "no-breach" });
  if (aged.signedOffById) return refuse({ why: "already-signed-off", byId: aged.signedOffById });
  return go({ ...aged, signedOffById: personId, signedOffAt: now, signOffNote: note }, happened);
}

/** A record that vanished from thegent's file is to stand there again. It is lost no more once it was seen there. */
export function decideAddAgain(item: Escalation, { personId, now, ...holding }: By & Holding): Transition {
  if (!isActive(item.status)) return closed(item);
  if (!item.lostAt) return refuse({ why: "not-lost" });
  const { item: aged, happened } = age(item, personId, now);
  return go(
    { ...aged, claimQuietAt: aged.claimedById === personId ? quietAt(now, holding) : aged.claimQuietAt },
    happened,
  );
}

/** Only what is closed is reopened: as a new item that names it. */
export function decideReopen(item: Escalation): Transition {
  return isActive(item.status) ? refuse({ why: "still-open" }) : go(item);
}

/** Closed because an override lets its run pass, by who approved that. Past its SLA it is a breach; the approval itself says why it is late. */
export function decideOverridden(item: Escalation, { personId, now, note }: By & { note: string }): Transition {
  if (!isActive(item.status)) return closed(item);
  const { item: aged, happened } = age({ ...item, claimQuietAt: null }, personId, now);
  return go(
    {
      ...aged,
      status: "overridden",
      note,
      closedById: personId,
      closedAt: now,
      claimQuietAt: null,
      clocks: stopClocks(aged.clocks, "close", now),
    },
    happened,
  );
}

/** Closed because who is accountable accepts what it is about as it is, whoever holds it. Past its SLA it is a breach; the approval itself says why it is late. */
export function decideAccepted(item: Escalation, { personId, now, note }: By & { note: string }): Transition {
  if (!isActive(item.status)) return closed(item);
  const { item: aged, happened } = age({ ...item, claimQuietAt: null }, personId, now);
  const ending = { status: "resolved", outcome: "rejected", note, closedById: personId, closedAt: now } as const;
  return go({ ...aged, ...ending, claimQuietAt: null, clocks: stopClocks(aged.clocks, "close", now) }, happened);
}

/** Closed because what it was about ended by itself: nobody decided anything. What its clocks missed before is a breach all the same. */
export function decideRecovered(item: Escalation, now: Date): Transition {
  if (!isActive(item.status)) return closed(item);
  const { item: aged, happened } = age({ ...item, claimQuietAt: null }, null, now);
  const clocks = stopClocks(aged.clocks, "close", now);
  return go({ ...aged, status: "recovered", closedAt: now, claimQuietAt: null, clocks }, happened);
}

/** Closed in thegent itself. Closed there after a clock had run out, it is a breach all the same. */
export function closeThere(item: Escalation, closedAt: Date): { next: Escalation; overdue: readonly Due[] } {
  const { item: aged, happened } = passTime({ ...item, claimQuietAt: null }, closedAt);
  const next = settle({ ...aged, status: "resolved", closedAt, clocks: stopClocks(aged.clocks, "close", closedAt) });
  return { next, overdue: happened };
}
