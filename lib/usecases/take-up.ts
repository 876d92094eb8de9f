import "server-only";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { listUnapplied, markApplied, markFailed, type PendingEffect } from "@/lib/data/effects";
import { grantSystem } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { doneEvent } from "./authorise";

/** Effects carried in one rewrite of the queue file. */
const batch = 500;
/** Failures that are retried in silence before people are shown the reason. */
const patience = 3;

export type Resolution = { runId: string; word: string; at: Date; only?: ReadonlySet<string> };
/** Closes the runs' pending records in thegent's file; answers, by run, the identity keys of the records it closed. */
export type WriteBack = (resolutions: Resolution[]) => Promise<Map<string, string[]>>;

/**
 * Carries decisions into thegent: one rewrite for all that wait, then each is marked, with its audit event. Safe to repeat: a
 * crash between writing and marking only finds nothing left to close the next time. Throws when writing failed, after the
 * failure is noted on the items, so that the job is tried again.
 */
export async function takeUp({ sourceId, write, now, requestId }: { sourceId: string; write: WriteBack; now: () => Date; requestId: string }): Promise<number> {
  const grant = grantSystem(operatingModel, "escalation.take-up", "The cockpit");
  let done = 0;
  for (;;) {
    const effects = await listUnapplied(grant, sourceId, batch);
    if (!effects.length) return done;
    const closed = await write(effects.map(toResolution)).catch(async (error: unknown) => {
      await markFailed(grant, effects.map(({ id }) => id), error instanceof Error ? error.message : String(error), now(), patience);
      throw error;
    });
    for (const effect of effects) await mark(effect, closed.get(effect.payload.runId) ?? []);
    done += effects.length;
  }

  async function mark(effect: PendingEffect, keys: string[]): Promise<void> {
    const at = now();
    await inTransaction(async (tx) => {
      const all = [...new Set([...effect.closed, ...keys])];
      if (!(await markApplied(tx, grant, effect.id, all, at))) return;
      const subject = { kind: "escalation", id: effect.escalationId };
      await appendAudit(tx, doneEvent(grant, { now: at, requestId }, subject, { effect: "pending" }, { effect: "applied", word: effect.payload.word, closedRecords: keys.length }));
    });
  }
}

/** What is written again touches only what it closed before: a denial that came since was not decided. */
function toResolution({ payload: { runId, word, at }, closed }: PendingEffect): Resolution {
  return { runId, word, at: new Date(at), ...(closed.length > 0 && { only: new Set(closed) }) };
}
