import "server-only";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyRegistryFile } from "@/lib/areas/audit/port";
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
import { FileRefused, openInside, readInside } from "@/lib/thegent/files/open-inside";
import { dumps } from "@/lib/thegent/python/json";
import { escalateList } from "@/lib/thegent/records/escalate-list";

type Input = { directory: string; sourceId: string; now: Date };

const queue = "escalation_queue.jsonl";
const registry = "run_registry.jsonl";

/** A reading that is under way catches up within moments. */
const patience = { times: 10, everyMs: 250 };
/** A file system that hangs must not keep all later sweeps from beginning. */
const longestMs = 15 * 60_000;

/** `govern sweep --audit` of a source: each part is looked at by itself, and one that cannot be keeps no other from it. */
export async function sweepDirectory(input: Input): Promise<SweepResult> {
  const [[drift, budget], past_sla, audit] = await Promise.all([
    lookAtTelemetry(input),
    guarded(() => lookAtQueue(input)),
    guarded((signal) => lookAtRegistry(input, signal)),
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
  const bytes = (await readInside(directory, queue).catch(unreadable(queue))) ?? Buffer.alloc(0);
  const list = escalateList(bytes, { nowMicros: now.getTime() * 1000, pastSla: true, limit: mostPastSla });
  if (!list.ok) return pastSlaPart({ ok: false, because: list.refusal });
  const runs = list.records.map((record) => {
    const run = record.get("run_id") ?? null;
    return typeof run === "string" ? run : dumps(run);
  });
  return pastSlaPart({ ok: true, runs });
}

/** By what was opened, where the system has a name for that: another file of that name is not audited in its place. */
async function lookAtRegistry({ directory }: Input, signal: AbortSignal): Promise<PartResult> {
  const handle = await openInside(directory, registry).catch(unreadable(registry));
  if (!handle) return auditPart(await verifyRegistryFile(path.join(directory, registry), { signal }));
  try {
    const opened = `/proc/self/fd/${handle.fd}`;
    return auditPart(
      await verifyRegistryFile(existsSync(opened) ? opened : path.join(directory, registry), { signal }),
    );
  } finally {
    await handle.close();
  }
}

/** Null: there is no such file. */
const unreadable = (file: string) => (error: unknown) => {
  if (error instanceof FileRefused) throw new Unreadable(`${file} ${error.is}.`);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return null;
  throw new Unreadable(`${file} cannot be read (${code ?? message}).`);
};

/** The message is a sentence for people. */
class Unreadable extends Error {}

const guarded = (look: (signal: AbortSignal) => Promise<PartResult>): Promise<PartResult> => inTime(look, unknownPart);

async function inTime<T>(look: (signal: AbortSignal) => Promise<T>, otherwise: (says: string) => T): Promise<T> {
  const ending = new AbortController();
  const late = sleep(longestMs, undefined, { signal: ending.signal, ref: false }).then(() =>
    otherwise("It took too long."),
  );
  try {
    return await Promise.race([look(ending.signal), late]);
  } catch (error) {
    if (error instanceof Unreadable) return otherwise(error.message);
    log.warn({ err: error }, "a part of a sweep could not be looked at");
    return otherwise("The cockpit does not know why; the worker’s log says it.");
  } finally {
    // What is still at it ends, too.
    ending.abort();
  }
}
