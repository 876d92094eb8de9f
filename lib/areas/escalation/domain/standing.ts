import { sayLoss } from "./loss";

/** What is known of the queue's source at one moment. */
export type SourceFacts = {
  /** When the source's queue file was last got through, without an error. */
  lastReadAt: Date | null;
  /** When its worker last got on with whatever it reads. */
  readingAt: Date | null;
  problem: string | null;
  /** The queue file; null when the source has none. `quarantined`: lines that could not be used and may be records that wait. */
  queue: { problem: string | null; size: bigint; read: bigint; lines: number; quarantined: number } | null;
  /** Runs that thegent's file lists as waiting. */
  waiting: number;
  /** Of those, runs that are neither open here nor decided and still to be taken up. */
  unaccounted: number;
  /** Open here, but not waiting there. */
  surplus: number;
  /** Of those, items whose record is known to be gone. */
  lost: number;
  /** A later thegent writes the queue file, and takes away what it resolves. */
  resolvesByRemoving: boolean;
  /** Items of a later thegent's second queue, which never reach the queue file. */
  secondQueue: number;
};

export type Standing =
  | { kind: "reconciled"; asOf: Date; line: number; waiting: number }
  | { kind: "unknown"; asOf: Date | null; because: string };

/** A source not read for this long is not known any more. */
export const staleAfterMs = 10_000;

/**
 * All clear is a claim: it may be made only while the open items equal thegent's own waiting set as last read, and the reading
 * is fresh and whole. Anything else is "unknown", with the reason.
 */
export function decideStanding(facts: SourceFacts, now: Date): Standing {
  const { lastReadAt: asOf, readingAt, queue } = facts;
  const unknown = (because: string): Standing => ({ kind: "unknown", asOf, because });
  const isRecent = (at: Date | null): boolean => at !== null && now.getTime() - at.getTime() <= staleAfterMs;
  if (facts.problem) return unknown(facts.problem);
  if (queue?.problem) return unknown(queue.problem);
  if (queue && isRecent(readingAt) && !isRecent(asOf))
    return unknown(`The queue file is being read${queue.read < queue.size ? `, ${percent(queue)} % so far` : ""}.`);
  if (!asOf) return unknown("thegent's files have not been read yet.");
  if (!isRecent(asOf)) return unknown("thegent's files have not been read lately; is the worker running?");
  if (!queue && facts.surplus) return unknown("thegent's queue file is gone.");
  if (!queue)
    return facts.secondQueue
      ? unknown(sayBeside(facts.secondQueue))
      : { kind: "reconciled", asOf, line: 0, waiting: 0 };
  if (queue.read < queue.size) return unknown("The queue file is being read; its last line may be half written.");
  if (queue.quarantined) {
    return unknown(
      `${queue.quarantined === 1 ? "One line of the queue file" : `${queue.quarantined} lines of the queue file`} could not be used.`,
    );
  }
  if (facts.lost) {
    const [gone, it] =
      facts.lost === 1
        ? (["The record of one open item is", "it"] as const)
        : ([`The records of ${facts.lost} open items are`, "them"] as const);
    return unknown(`${gone} gone from thegent's file; ${sayLoss(facts.resolvesByRemoving, it)}.`);
  }
  if (facts.unaccounted || facts.surplus) return unknown("The open items do not equal thegent's waiting set yet.");
  if (facts.secondQueue) return unknown(sayBeside(facts.secondQueue));
  return { kind: "reconciled", asOf, line: queue.lines, waiting: facts.waiting };
}

const sayBeside = (items: number): string =>
  `A later thegent keeps a second queue (escalations/) that is not shown here: ${items} item${items === 1 ? "" : "s"}. Whether they wait is to be seen in thegent.`;

const percent = ({ read, size }: { read: bigint; size: bigint }): bigint => (read * 100n) / size;
