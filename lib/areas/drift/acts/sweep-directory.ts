import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { issuesOf } from "@/lib/areas/drift/domain/detect";
import { budgetOf } from "@/lib/areas/drift/domain/figures";
import { mostPastSla } from "@/lib/areas/drift/domain/sweep";
import {
  auditPart,
  budgetPart,
  driftPart,
  pastSlaPart,
  unknownPart,
  type PartResult,
  type SweepResult,
} from "@/lib/areas/drift/domain/sweep-result";
import { telemetryAtRest } from "@/lib/areas/drift/read/telemetry-at-rest";
import { log } from "@/lib/kernel/log";
import { FileRefused, readInside } from "@/lib/thegent/files/open-inside";
import { dumps } from "@/lib/thegent/python/json";
import { escalateList } from "@/lib/thegent/records/escalate-list";

type Input = { directory: string; sourceId: string; now: Date };

const queue = "escalation_queue.jsonl";

/** A reading that is under way catches up within moments. */
const patience = { times: 20, everyMs: 250 };
/** A file system that hangs must not keep all later sweeps from beginning. */
const longestMs = 15 * 60_000;

/** `govern sweep --audit` of a source: each part is looked at by itself, and one that cannot be keeps no other from it. */
export async function sweepDirectory(input: Input): Promise<SweepResult> {
  const [[drift, budget], past_sla, audit] = await Promise.all([
    lookAtTelemetry(input),
    guarded(() => lookAtQueue(input)),
    guarded(() => lookAtRegistry(input)),
  ]);
  return { drift, budget, past_sla, audit };
}

async function lookAtTelemetry({ directory, sourceId }: Input): Promise<[drift: PartResult, budget: PartResult]> {
  const failed = (says: string): [PartResult, PartResult] => [unknownPart(says), unknownPart(says)];
  return inTime(async () => {
    let counted = await telemetryAtRest(directory, sourceId);
    for (let waited = 0; !counted.ok && waited < patience.times; waited++) {
      await sleep(patience.everyMs);
      counted = await telemetryAtRest(directory, sourceId);
    }
    return counted.ok
      ? [driftPart(issuesOf(counted.window)), budgetPart(budgetOf(counted.window))]
      : failed(counted.because);
  }, failed);
}

async function lookAtQueue({ directory, now }: Input): Promise<PartResult> {
  const bytes = await readInside(directory, queue).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return Buffer.alloc(0);
    throw new Unreadable(
      error instanceof FileRefused
        ? `${queue} ${error.is}.`
        : `${queue} cannot be read (${error.code ?? error.message}).`,
    );
  });
  const list = escalateList(bytes, { nowMicros: now.getTime() * 1000, pastSla: true, limit: mostPastSla });
  if (!list.ok) return pastSlaPart({ ok: false, because: list.refusal });
  const runs = list.records.map((record) => {
    const run = record.get("run_id") ?? null;
    return typeof run === "string" ? run : dumps(run);
  });
  return pastSlaPart({ ok: true, runs });
}

async function lookAtRegistry(_input: Input): Promise<PartResult> {
  return unknownPart("TODO");
}

/** The message is a sentence for people. */
class Unreadable extends Error {}

const guarded = (look: () => Promise<PartResult>): Promise<PartResult> => inTime(look, unknownPart);

async function inTime<T>(look: () => Promise<T>, otherwise: (says: string) => T): Promise<T> {
  const ending = new AbortController();
  const late = sleep(longestMs, undefined, { signal: ending.signal, ref: false }).then(() =>
    otherwise("It took too long."),
  );
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    if (error instanceof Unreadable) return otherwise(error.message);
    log.warn({ err: error }, "a part of a sweep could not be looked at");
    return otherwise("The cockpit does not know why; the worker’s log says it.");
  } finally {
    ending.abort();
  }
}
