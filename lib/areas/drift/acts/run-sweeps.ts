import "server-only";
import { sweepParts, type SweepPart, type SweepResult } from "@/lib/areas/drift/domain/sweep-result";
import { dueAt } from "@/lib/areas/drift/domain/sweep-schedule";
import { lastSweeps } from "@/lib/areas/drift/read/sweeps";
import { beginSweep, endSweep, forgetSweeps, insertSweep, type Ended } from "@/lib/areas/drift/store/sweeps";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { takeSourceLock } from "@/lib/kernel/db/source-lock";
import { log } from "@/lib/kernel/log";
import type { Passing } from "@/lib/kernel/subject/pass-time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { sweepDirectory } from "./sweep-directory";

const grant = grantSystem(operatingModel, "drift.run-sweep", "The cockpit");

type Input = Passing & { directory: string };

const subject = (id: number) => ({ kind: "sweep", id: String(id) });
const killed =
  "It was begun and never ended: the worker that ran it was stopped or killed, or stood still until another took its place.";

/**
 * Carries out the sweep that was asked for, if any, and asks for the one that is due. One worker at a time does: whoever holds the lease knows that
 * what was begun and has not ended never will, and says so. thegent's files are read outside of any transaction; nothing is written into them.
 */
export async function runSweeps(input: Input): Promise<void> {
  if (!(await isWanted(input))) return;
  const lease = await takeSourceLock(input.sourceId, "sweep");
  if (!lease) return;
  try {
    await endForsaken(input);
    await askIfDue(input);
    for (let id = await begin(input); id !== null && lease.held(); id = await begin(input))
      await end(input, id, await look(input));
  } finally {
    await lease.release();
  }
}

/** Whether there is anything to do: each minute asks, and most find nothing. */
async function isWanted({ sourceId, now }: Input): Promise<boolean> {
  const known = await lastSweeps(null, sourceId);
  const due = dueAt(known, now());
  return due === null || due <= now();
}

async function endForsaken(input: Input): Promise<void> {
  const { last } = await lastSweeps(null, input.sourceId);
  if (last?.begunAt && !last.endedAt) await end(input, last.id, { problem: killed });
}

async function askIfDue({ sourceId, now: clock, requestId }: Input): Promise<void> {
  await inTransaction(async (tx) => {
    const known = await lastSweeps(tx, sourceId);
    const now = clock();
    const due = dueAt(known, now);
    if (due === null || due > now) return;
    const id = await insertSweep(tx, grant, sourceId, known.last?.id ?? 0, now);
    if (id !== null)
      await appendAudit(tx, doneEvent(grant, { now, requestId }, subject(id), null, { status: "asked" }));
  });
}

const begin = ({ sourceId, now }: Input): Promise<number | null> =>
  inTransaction((tx) => beginSweep(tx, grant, sourceId, now()));

async function look({ sourceId, directory, now }: Input): Promise<Ended> {
  try {
    return { result: await sweepDirectory({ sourceId, directory, now: now() }) };
  } catch (error) {
    log.warn({ err: error }, "a sweep failed");
    return { problem: "It failed for a reason that the cockpit does not know; the worker’s log has it." };
  }
}

async function end({ sourceId, now: clock, requestId }: Input, id: number, ended: Ended): Promise<void> {
  await inTransaction(async (tx) => {
    const now = clock();
    // Ended by another, who took this worker for dead: what it found came too late.
    if (!(await endSweep(tx, grant, id, ended, now))) return;
    await forgetSweeps(tx, grant, sourceId);
    const after =
      "result" in ended
        ? { status: "done" as const, ...verdictsOf(ended.result) }
        : { status: "failed" as const, problem: ended.problem };
    await appendAudit(tx, doneEvent(grant, { now, requestId }, subject(id), { status: "running" }, after));
  });
}

const verdictsOf = (result: SweepResult) =>
  Object.fromEntries(sweepParts.map((part) => [part, result[part].verdict])) as Record<
    SweepPart,
    SweepResult[SweepPart]["verdict"]
  >;
