import "server-only";
import { decidedKeys } from "@/lib/areas/escalation/domain/reconcile";
import { activateOverride } from "@/lib/areas/override/acts/activate";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import type { TakenUp } from "@/lib/areas/escalation/payloads";
import { inTransaction } from "@/lib/kernel/db/client";
import {
  listUnapplied,
  markApplied,
  markFailed,
  type AddPayload,
  type PendingEffect,
} from "@/lib/kernel/effect/effects";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

/** Effects carried in one rewrite of the queue file. */
const batch = 500;
/** Failures that are retried in silence before people are shown the reason. */
const patience = 3;

type Resolution = { runId: string; word: string; at: Date; only?: ReadonlySet<string> };
export type Addition = Omit<AddPayload, "blockedAt"> & { blockedAt: Date };

/** How effects reach thegent's queue file. Both are safe to repeat, and throw with the file as it was. */
export type WriteBack = {
  /** Adds the records that are not there yet. */
  add: (records: Addition[]) => Promise<void>;
  /** Closes the runs' pending records; answers, by run, the identity keys of the records it has closed, now or before. */
  resolve: (resolutions: Resolution[]) => Promise<Map<string, string[]>>;
  /** Writes overrides that are not there yet; thegent honours them from then on. */
  override: (records: OverrideRecord[]) => Promise<void>;
  /** Makes thegent honour these no more from their `endAt` on. */
  endOverride: (records: (OverrideRecord & { endAt: Date })[]) => Promise<void>;
};

type OverrideRecord = { owner: string; reason: string; at: Date; expiresAt: Date };

type Of<Kind extends PendingEffect["kind"]> = Extract<PendingEffect, { kind: Kind }>;

/**
 * Carries decisions into thegent: one write for all additions, one rewrite for all resolutions and one write an override that wait, then each is marked, with its
 * audit event. Safe to repeat: a crash between writing and marking only finds nothing left to do the next time. Throws when writing
 * failed, after the failure is noted on the items, so that the job is tried again.
 */
export async function takeUp({
  sourceId,
  write,
  now,
  requestId,
}: {
  sourceId: string;
  write: WriteBack;
  now: () => Date;
  requestId: string;
}): Promise<number> {
  const grant = grantSystem(operatingModel, "escalation.take-up", "The cockpit");
  let done = 0;
  for (;;) {
    const effects = await listUnapplied(grant, sourceId, batch);
    if (!effects.length) return done;
    const of = <Kind extends PendingEffect["kind"]>(kind: Kind) =>
      effects.filter((effect): effect is Of<Kind> => effect.kind === kind);
    const problems: unknown[] = [];
    // What was opened here must be there before it is closed there; an override is honoured before its run is said to be overridden.
    const unwritten = new Set<string>();
    // One by one: what cannot be written holds up no other, and above all no end.
    for (const one of of("thegent.override")) {
      if (
        !(await carry(
          [one],
          (some) => write.override(some.map(toRecord)),
          () => [],
        ))
      )
        unwritten.add(one.subjectId);
    }
    // What could not be written must not be said to be ended there: it would be written later, and nobody would end it.
    for (const one of of("thegent.end-override").filter(({ subjectId }) => !unwritten.has(subjectId))) {
      await carry(
        [one],
        (some) => write.endOverride(some.map(toEnd)),
        () => [],
      );
    }
    await carry(
      of("thegent.add"),
      (some) => write.add(some.map(toAddition)),
      () => [],
    );
    await carry(
      of("thegent.resolve"),
      (some) => write.resolve(some.map(toResolution)),
      (effect, closed) => closed.get(effect.payload.runId) ?? [],
    );
    if (problems.length) throw problems[0];
    done += effects.length;

    /** One file that cannot be written holds up no other. False: it could not be written. */
    async function carry<E extends PendingEffect, T>(
      some: E[],
      writeAll: (effects: E[]) => Promise<T>,
      keysOf: (effect: E, written: T) => string[],
    ): Promise<boolean> {
      if (!some.length) return true;
      try {
        const answer = await writeAll(some);
        for (const effect of some) await mark(effect, keysOf(effect, answer));
        return true;
      } catch (error) {
        await markFailed(
          grant,
          some.map(({ id }) => id),
          error instanceof Error ? error.message : String(error),
          now(),
          patience,
        );
        problems.push(error);
        return false;
      }
    }
  }

  async function mark(effect: PendingEffect, keys: string[]): Promise<void> {
    const at = now();
    await inTransaction(async (tx) => {
      const all = decidedKeys(effect.closed, keys);
      if (!(await markApplied(tx, grant, effect.id, all, at))) return;
      if (effect.kind === "thegent.override") await activateOverride(tx, grant, effect.subjectId, at);
      const subject = { kind: effect.subjectKind, id: effect.subjectId };
      const what = { effect: "applied" as const, ...saysOf(effect, keys) };
      await appendAudit(tx, doneEvent(grant, { now: at, requestId }, subject, { effect: "pending" }, what));
    });
  }
}

function saysOf(effect: PendingEffect, keys: readonly string[]): TakenUp {
  if (effect.kind === "thegent.add") return { added: true };
  if (effect.kind === "thegent.resolve") return { word: effect.payload.word, closedRecords: keys.length };
  return { honouredUntil: effect.kind === "thegent.override" ? effect.payload.expiresAt : effect.payload.endAt };
}

const toRecord = ({
  payload: { owner, reason, at, expiresAt },
}: Of<"thegent.override" | "thegent.end-override">): OverrideRecord => ({
  owner,
  reason,
  at: new Date(at),
  expiresAt: new Date(expiresAt),
});

const toEnd = (effect: Of<"thegent.end-override">) => ({ ...toRecord(effect), endAt: new Date(effect.payload.endAt) });

const toAddition = ({ payload }: Of<"thegent.add">): Addition => ({
  ...payload,
  blockedAt: new Date(payload.blockedAt),
});

/** What is written again touches only what it closed before: a denial that came since was not decided. */
function toResolution({
  payload: { runId, word, at, decided = [] },
  again,
  closed,
}: Of<"thegent.resolve">): Resolution {
  return { runId, word, at: new Date(at), ...(again && { only: new Set(decidedKeys(decided, closed)) }) };
}
