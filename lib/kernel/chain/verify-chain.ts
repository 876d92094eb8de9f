import { genesisHash, hashBody } from "./audit-event";

export type StoredEvent = { seq: bigint; body: string; hash: string };
export type Head = { seq: bigint; hash: string };

/**
 * What can be wrong, in the words of the finding:
 *   edited      the stored text no longer has the stored hash
 *   moved       the text says it belongs to another place
 *   relinked    the event names another previous hash than the event before it has: something before it was rewritten
 *   removed     places are missing
 *   cut         the head knows of later events than there are
 *   head        the head disagrees with the last event
 *   rewritten   the chain is whole, but not the one the checkpoint was taken from
 *   emptied     no event at all, beside a database that is full (lib/areas/audit/domain/standing.ts)
 *   role        a person's roles in the database are not those that events gave (lib/areas/audit/domain/standing.ts)
 *   tree        what is kept of the Merkle tree is not that of the stored events (verify-tree.ts)
 */
export type Finding = {
  kind: "edited" | "moved" | "relinked" | "removed" | "cut" | "head" | "rewritten" | "emptied" | "role" | "tree";
  seq: string;
  says: string;
};

export type ChainVerdict = {
  status: "passed" | "failed";
  events: number;
  head: { seq: string; hash: string };
  findings: Finding[];
};

/** Findings that are told. */
const most = 100;

/**
 * Feeds on events in ascending order of place, one at a time, then answers. `expect` is a checkpoint kept elsewhere: without
 * one, a chain rewritten as a whole, or cut together with its head, cannot be told from an honest one.
 */
export class ChainVerifier {
  private lastSeq = 0n;
  private lastHash = genesisHash;
  private events = 0;
  private expectMet = false;
  private readonly findings: Finding[] = [];

  constructor(private readonly expect?: Head) {}

  add({ seq, body, hash }: StoredEvent): void {
    if (seq !== this.lastSeq + 1n) {
      const missing = seq - this.lastSeq - 1n;
      this.find(
        "removed",
        seq,
        `${missing === 1n ? `Event ${this.lastSeq + 1n} is` : `Events ${this.lastSeq + 1n} to ${seq - 1n} are`} missing.`,
      );
    }
    if (hashBody(body) !== hash)
      this.find("edited", seq, `Event ${seq} does not have the hash stored with it: its text or its hash was changed.`);
    const { place, prev } = claims(body);
    if (place !== seq.toString()) this.find("moved", seq, `The text at place ${seq} says it is event ${place ?? "?"}.`);
    if (prev !== this.lastHash && seq === this.lastSeq + 1n) {
      this.find(
        "relinked",
        seq,
        `Event ${seq} follows another event ${this.lastSeq} than the one stored: event ${this.lastSeq} was rewritten, or event ${seq} was.`,
      );
    }
    if (this.expect && seq === this.expect.seq) this.checkExpected(hash);
    this.lastSeq = seq;
    this.lastHash = hash;
    this.events++;
  }

  finish(head: Head): ChainVerdict {
    if (head.seq > this.lastSeq)
      this.find(
        "cut",
        head.seq,
        `The head is event ${head.seq}, but the last stored event is ${this.lastSeq}: the end was cut off.`,
      );
    else if (head.seq !== this.lastSeq || head.hash !== this.lastHash)
      this.find(
        "head",
        this.lastSeq,
        `The head says ${head.seq}, the last stored event is ${this.lastSeq}, or their hashes differ.`,
      );
    if (this.expect && !this.expectMet && this.expect.seq > this.lastSeq) {
      this.find(
        "cut",
        this.expect.seq,
        `The checkpoint was taken at event ${this.expect.seq}, but the chain ends at ${this.lastSeq}: the end was cut off.`,
      );
    }
    return {
      status: this.findings.length ? "failed" : "passed",
      events: this.events,
      head: { seq: this.lastSeq.toString(), hash: this.lastHash },
      findings: this.findings,
    };
  }

  private checkExpected(hash: string): void {
    this.expectMet = true;
    if (hash !== this.expect!.hash) {
      this.find(
        "rewritten",
        this.expect!.seq,
        `Event ${this.expect!.seq} has another hash than the checkpoint: the chain was rewritten up to there.`,
      );
    }
  }

  private find(kind: Finding["kind"], seq: bigint, says: string): void {
    if (this.findings.length < most) this.findings.push({ kind, seq: seq.toString(), says });
  }
}

/** A verdict with what else was found beside it. */
export function withFindings(verdict: ChainVerdict, more: readonly Finding[]): ChainVerdict {
  const findings = [...verdict.findings, ...more];
  // An event that was edited or is gone is not in the tree either, which says nothing new.
  const own = verdict.findings.length ? findings.filter(({ kind }) => kind !== "tree") : findings;
  return { ...verdict, status: own.length ? "failed" : "passed", findings: own.slice(0, most) };
}

function claims(body: string): { place: string | null; prev: string | null } {
  try {
    const { seq, prev } = JSON.parse(body) as { seq?: unknown; prev?: unknown };
    return { place: typeof seq === "number" ? String(seq) : null, prev: typeof prev === "string" ? prev : null };
  } catch {
    return { place: null, prev: null };
  }
}
