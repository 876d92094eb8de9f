import "server-only";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { listUnapplied, markApplied, markFailed, type AddPayload, type PendingEffect } from "@/lib/data/effects";
import type { Plain } from "@/lib/domain/chain/audit-event";
import { grantSystem } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { doneEvent } from "./authorise";

/** Effects carried in one rewrite of the queue file. */
const batch = 500;
/** Failures that are retried in silence before people are shown the reason. */
const patience = 3;

export type Resolution = { runId: string; word: string; at: Date; only?: ReadonlySet<string> };
export type Addition = Omit<AddPayload, "blockedAt"> & { blockedAt: Date };

/** How effects reach thegent's queue file. Both are safe to repeat, and throw with the file as it was. */
export type WriteBack = {
  /** Adds the records that are not there yet. */
  add: (records: Addition[]) => Promise<void>;
  /** Closes the runs' pending records; answers, by run, the identity keys of the records it closed. */
  resolve: (resolutions: Resolution[]) => Promise<Map<string, string[]>>;
};

type Of<Kind extends PendingEffect["kind"]> = Extract<PendingEffect, { kind: Kind }>;

/**
 * Carries decisions into thegent: one write for all additions and one rewrite for all resolutions that wait, then each is marked, with its
 * audit event. Safe to repeat: a crash between writing and marking only finds nothing left to do the next time. Throws when writing
 * failed, after the failure is noted on the items, so that the job is tried again.
 */
export async function takeUp({ sourceId, write, now, requestId }: { sourceId: string; write: WriteBack; now: () => Date; requestId: string }): Promise<number> {
  const grant = grantSystem(operatingModel, "escalation.take-up", "The cockpit");
  let done = 0;
  for (;;) {
    const effects = await listUnapplied(grant, sourceId, batch);
    if (!effects.length) return done;
    const of = <Kind extends PendingEffect["kind"]>(kind: Kind) => effects.filter((effect): effect is Of<Kind> => effect.kind === kind);
    // What was opened here must be there before it is closed there.
    await carry(of("thegent.add"), (some) => write.add(some.map(toAddition)), () => []);
    await carry(of("thegent.resolve"), (some) => write.resolve(some.map(toResolution)), (effect, closed) => closed.get(effect.payload.runId) ?? []);
    done += effects.length;
  }

  async function carry<E extends PendingEffect, T>(effects: E[], writeAll: (effects: E[]) => Promise<T>, keysOf: (effect: E, written: T) => string[]): Promise<void> {
    if (!effects.length) return;
    const written = await writeAll(effects).catch(async (error: unknown) => {
      await markFailed(grant, effects.map(({ id }) => id), error instanceof Error ? error.message : String(error), now(), patience);
      throw error;
    });
    for (const effect of effects) await mark(effect, keysOf(effect, written));
  }

  async function mark(effect: PendingEffect, keys: string[]): Promise<void> {
    const at = now();
    await inTransaction(async (tx) => {
      const all = [...new Set([...effect.closed, ...keys])];
      if (!(await markApplied(tx, grant, effect.id, all, at))) return;
      const subject = { kind: "escalation", id: effect.escalationId };
      const what: Plain = effect.kind === "thegent.add" ? { effect: "applied", added: true } : { effect: "applied", word: effect.payload.word, closedRecords: keys.length };
      await appendAudit(tx, doneEvent(grant, { now: at, requestId }, subject, { effect: "pending" }, what));
    });
  }
}

const toAddition = ({ payload }: Of<"thegent.add">): Addition => ({ ...payload, blockedAt: new Date(payload.blockedAt) });

/** What is written again touches only what it closed before: a denial that came since was not decided. */
function toResolution({ payload: { runId, word, at }, closed }: Of<"thegent.resolve">): Resolution {
  return { runId, word, at: new Date(at), ...(closed.length > 0 && { only: new Set(closed) }) };
}
