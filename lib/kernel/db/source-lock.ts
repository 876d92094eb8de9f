import "server-only";
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { log } from "@/lib/kernel/log";
import { systemClock } from "@/lib/kernel/time";
import type { SourcePurpose } from "./generated/enums";
import { openOwnConnection } from "./own-connection";

export type SourceLock = {
  /** False once the lease ended or its connection was lost: another worker may hold it by now. Asks nobody, so that it can be asked right before a write. */
  held(): boolean;
  release(): Promise<void>;
};

const leaseMs = 10_000;
const renewEveryMs = 3000;
const answerWithinMs = 6000;
/** What is begun while the lease is held must be over before another may hold it. */
const marginMs = 1000;

/**
 * The right to read a source's files, or to write into them, for one worker at a time; null while another has it. It ends when it is not
 * renewed, so that a worker that stands still blocks nobody, and at once when its connection does, so that one that died is replaced
 * without waiting. Time is the database's; the holder counts from before it asked, so it never believes in its lease for too long.
 * That nothing is recorded twice rests on the guards of the writes.
 */
export async function takeSourceLock(sourceId: string, purpose: SourcePurpose): Promise<SourceLock | null> {
  const lease = new Lease(sourceId, purpose);
  return (await lease.take()) ? lease : null;
}

class Lease implements SourceLock {
  private readonly holder = randomUUID();
  private until: Instant = { monotonic: -Infinity, wall: -Infinity };
  private close: () => Promise<void> = async () => {};

  constructor(
    private readonly sourceId: string,
    private readonly purpose: SourcePurpose,
  ) {}

  held(): boolean {
    const { monotonic, wall } = instant();
    return monotonic < this.until.monotonic && wall < this.until.wall;
  }

  async release(): Promise<void> {
    this.end();
    await this.close();
  }

  async take(): Promise<boolean> {
    const asking = {
      name: `${this.purpose} lease`,
      ask: (client: pg.Client) => this.renew(client),
      everyMs: renewEveryMs,
      answerWithinMs,
      lost: () => this.lose(),
    };
    const connection = await openOwnConnection(asking, async (client) => {
      await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [this.holder]);
      await this.write(client, take);
    });
    this.close = connection.close;
    if (this.held()) return true;
    await this.release();
    return false;
  }

  private async renew(client: pg.Client): Promise<void> {
    if (!this.held() || !(await this.write(client, renew))) throw new Error("The lease has ended.");
  }

  private async write(client: pg.Client, statement: string): Promise<boolean> {
    const asked = instant();
    const { rowCount } = await client.query(statement, [this.sourceId, this.purpose, this.holder, leaseMs]);
    if (rowCount !== 1) return false;
    this.until = { monotonic: asked.monotonic + leaseMs - marginMs, wall: asked.wall + leaseMs - marginMs };
    return true;
  }

  private lose(): void {
    this.end();
    log.warn({ purpose: this.purpose }, "The lease on thegent's files was lost.");
  }

  private end(): void {
    this.until = { monotonic: -Infinity, wall: -Infinity };
  }
}

/** Two clocks, because neither sees everything: one stands while the machine sleeps, the other can be set. */
type Instant = { monotonic: number; wall: number };
const instant = (): Instant => ({ monotonic: performance.now(), wall: systemClock().getTime() });

/** The holder keeps an advisory lock of its own name for as long as its connection lives: who gets it knows that the holder's is gone. */
const take = `
  INSERT INTO "SourceLease" ("sourceId", "purpose", "holder", "until") VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
  ON CONFLICT ("sourceId", "purpose") DO UPDATE SET "holder" = EXCLUDED."holder", "until" = EXCLUDED."until"
  WHERE "SourceLease"."until" <= clock_timestamp() OR pg_try_advisory_xact_lock(hashtextextended("SourceLease"."holder"::text, 0))`;

const renew = `
  UPDATE "SourceLease" SET "until" = clock_timestamp() + $4 * interval '1 millisecond'
  WHERE "sourceId" = $1 AND "purpose" = $2 AND "holder" = $3`;
