/** What is known of the queue's source at one moment. */
export type SourceFacts = {
  /** When the source was last listed and its queue file looked at, without an error. */
  lastReadAt: Date | null;
  problem: string | null;
  /** The queue file; null when the source has none. */
  queue: { problem: string | null; size: bigint; read: bigint; lines: number; quarantined: number } | null;
  /** Runs that thegent's file lists as waiting. */
  waiting: number;
  /** Of those, runs that are neither open here nor decided and still to be taken up. */
  unaccounted: number;
  /** Open here, but not waiting there. */
  surplus: number;
  /** Of those, items whose record is known to be gone. */
  lost: number;
};

export type Standing = { kind: "reconciled"; asOf: Date; line: number; waiting: number } | { kind: "unknown"; asOf: Date | null; because: string };

/** A source not read for this long is not known any more. */
export const staleAfterMs = 10_000;

/**
 * All clear is a claim: it may be made only while the open items equal thegent's own waiting set as last read, and the reading
 * is fresh and whole. Anything else is "unknown", with the reason.
 */
export function decideStanding(facts: SourceFacts, now: Date): Standing {
  const { lastReadAt: asOf, queue } = facts;
  const unknown = (because: string): Standing => ({ kind: "unknown", asOf, because });
  if (facts.problem) return unknown(facts.problem);
  if (!asOf) return unknown("thegent's files have not been read yet.");
  if (queue?.problem) return unknown(queue.problem);
  if (now.getTime() - asOf.getTime() > staleAfterMs) return unknown("thegent's files have not been read lately; is the worker running?");
  if (!queue) return facts.surplus ? unknown("thegent's queue file is gone.") : { kind: "reconciled", asOf, line: 0, waiting: 0 };
  if (queue.read < queue.size) return unknown("The queue file is being read; its last line may be half written.");
  if (queue.quarantined) {
    return unknown(`${queue.quarantined === 1 ? "One line of the queue file" : `${queue.quarantined} lines of the queue file`} could not be used.`);
  }
  if (facts.lost) {
    return unknown(facts.lost === 1 ? "The record of one open item is gone from thegent's file; nobody resolved it." : `The records of ${facts.lost} open items are gone from thegent's file; nobody resolved them.`);
  }
  if (facts.unaccounted || facts.surplus) return unknown("The open items do not equal thegent's waiting set yet.");
  return { kind: "reconciled", asOf, line: queue.lines, waiting: facts.waiting };
}
