import "server-only";
import { followTelemetry, forgetTelemetry } from "@/lib/areas/drift/port";
import { Overtaken, syncQueue, type QueueSource, announceRuns, runsInQuestion } from "@/lib/areas/escalation/port";
import {
  syncDecisions,
  endMissingOverrides,
  syncFindings,
  type FindingSource,
  type Evidence,
} from "@/lib/areas/override/port";
import { Occurrences } from "@/lib/areas/source/domain/occurrences";
import {
  countEqual,
  dropQuarantine,
  dropRecords,
  insertQuarantine,
  insertRecords,
  knownLines,
  moveRecords,
  quarantineRuns,
  takeBackRuns,
  type KnownLine,
  type NewQuarantine,
  type NewRecord,
} from "@/lib/areas/source/store/records";
import { advanceFile, type FileProgress, type FileRow } from "@/lib/areas/source/store/sources";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { takeAllBut } from "@/lib/kernel/db/refused";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { reportShrunk, type Growing } from "./report-shrunk";
import { asideOf, keyOf, sortOut, type Place, type ReadLine } from "./sort-lines";

export type Batch = { lines: readonly ReadLine[]; end: FileProgress };

/** `queue` only for the file from which items are made, `findings` only for those that tell of overrides, `telemetryOf` (a source) only for telemetry. */
type Target = {
  file: FileRow;
  queue: QueueSource | null;
  findings: FindingSource | null;
  telemetryOf?: string | null;
};

const grant = grantSystem(operatingModel, "source.record", "The cockpit");

/** A whole large file is read again in one transaction. */
const rereadTimeoutMs = 30 * 60_000;

/**
 * Records lines that stand behind all recorded ones. All of the batch or nothing, but for lines that the database does not take: they are put
 * aside with what it says. Throws Overtaken when another worker recorded them.
 */
export async function appendLines(
  { file, queue, findings, telemetryOf }: Target,
  batch: Batch,
  now: Date,
): Promise<FileRow> {
  const work = async (tx: Tx) => {
    await advance(tx, file, batch.end, false, now);
    const occurrences = new Occurrences(
      await countEqual(
        tx,
        file.id,
        batch.lines.map(({ sha256 }) => sha256),
      ),
    );
    const { records, quarantined } = sortOut(batch.lines, occurrences);
    await record(tx, file.id, records, quarantined, now);
    if (telemetryOf) await followTelemetry(tx, telemetryOf, batch.lines, now);
    if (queue) await sync(tx, file.id, runsOf(records), queue, now);
    if (isShown(file)) await announceRuns(tx, grant, file.id, runsOf(records));
    const telling = findings ? tellingLines(batch.lines, findings) : [];
    if (findings)
      await syncDecisions(
        tx,
        file.id,
        findings,
        telling.map(({ evidence }) => evidence),
        false,
        now,
      );
    if (findings) await find(tx, file.id, telling, findings, false, now);
  };
  await inTransaction(work, { timeoutMs: 120_000 });
  return behind(file, batch.end, file.generation);
}

/**
 * Records a file from its start that was recorded before and is another now: lines still there keep their row, lines no longer
 * there are marked gone. All of the file or nothing: a kill in the middle leaves it as it was, to be read again. `between` is called now
 * and then.
 */
export async function recordAgain(
  { file, queue, findings, telemetryOf, growing }: Target & { growing: Growing | null },
  batches: () => AsyncIterable<Batch>,
  empty: FileProgress,
  now: Date,
  between = async () => {},
): Promise<FileRow> {
  const work = async (tx: Tx) => {
    await advance(tx, file, empty, true, now);
    const again: FileRow = behind(file, empty, file.generation + 1);
    const known = await loadKnown(tx, file.id, between);
    const before = [...known.values()].filter(({ gone }) => !gone).length;
    let brought = 0;
    await dropQuarantine(tx, grant, file.id, now);
    if (telemetryOf) await forgetTelemetry(tx, telemetryOf);
    const occurrences = new Occurrences();
    const runs = new Set<string>();
    const telling: Telling[] = [];
    let end = empty;
    for await (const batch of batches()) {
      const { records, quarantined, moved } = sortOut(batch.lines, occurrences, known);
      await record(tx, file.id, records, quarantined, now);
      await moveRecords(tx, grant, moved);
      if (telemetryOf) await followTelemetry(tx, telemetryOf, batch.lines, now);
      brought += records.length + moved.filter(({ gone }) => gone).length;
      for (const { runId } of [...records, ...moved]) if (runId !== null) runs.add(runId);
      if (findings) for (const line of tellingLines(batch.lines, findings)) telling.push(line);
      end = batch.end;
    }
    await advance(tx, again, end, false, now);
    const dropped = [...known.values()].filter((line) => !line.gone);
    await dropRecords(
      tx,
      grant,
      dropped.map(({ id }) => id),
      now,
    );
    for (const { runId } of dropped) if (runId !== null) runs.add(runId);
    if (isShown(file)) await announceRuns(tx, grant, file.id, [...runs]);
    if (queue) await sync(tx, file.id, await withOpenRuns(tx, file, queue, runs), queue, now);
    if (findings && file.kind === "override_registry")
      await endMissingOverrides(
        tx,
        findings.sourceId,
        telling.map(({ evidence }) => evidence),
        now,
      );
    if (findings)
      await syncDecisions(
        tx,
        file.id,
        findings,
        telling.map(({ evidence }) => evidence),
        true,
        now,
      );
    if (findings) await find(tx, file.id, telling, findings, true, now);
    if (growing?.isWhole())
      await reportShrunk(tx, file, growing, { before, after: before - dropped.length + brought }, now);
    return behind(again, end, again.generation);
  };
  return inTransaction(work, { timeoutMs: rereadTimeoutMs });
}

/** Runs whose items the database did not take are tried again, and told of again where it still does not. Throws Overtaken. */
export const retryRefused = ({ file, queue }: { file: FileRow; queue: QueueSource }, now: Date): Promise<void> =>
  inTransaction(async (tx) => sync(tx, file.id, await takeBackRuns(tx, grant, file.id, now), queue, now), {
    timeoutMs: 120_000,
  });

async function record(
  tx: Tx,
  fileId: string,
  records: readonly NewRecord[],
  quarantined: readonly NewQuarantine[],
  now: Date,
): Promise<void> {
  const refused = await takeAllBut(tx, records, (some) => insertRecords(tx, grant, fileId, some, now));
  const aside = refused.map(({ item, because }) =>
    asideOf(
      item,
      Buffer.from(item.bytes ?? item.parsed, item.bytes === null ? "utf8" : "base64"),
      `The database does not take this line: ${because}.`,
    ),
  );
  await insertQuarantine(tx, grant, fileId, [...quarantined, ...aside], now);
}

async function sync(tx: Tx, fileId: string, runIds: readonly string[], queue: QueueSource, now: Date): Promise<void> {
  const refused = await syncQueue(tx, fileId, runIds, queue, now);
  await quarantineRuns(
    tx,
    grant,
    fileId,
    refused.map(({ item, because }) => ({
      runId: item,
      reason: `The database does not take the item of this line: ${because}.`,
    })),
    now,
  );
}

/** A line that tells of overrides. Every line is asked, recorded before or not, so that what is read again loses nothing. */
type Telling = { evidence: Evidence; place: Place; bytes: Uint8Array };

const tellingLines = (lines: readonly ReadLine[], findings: FindingSource): Telling[] =>
  lines.flatMap(({ number: line, byteOffset, sha256, bytes }) => {
    const evidence = findings.read(bytes);
    // A copy: the bytes are a view into a piece of the file that would be kept with them.
    return evidence ? [{ evidence, place: { line, byteOffset, sha256 }, bytes: Buffer.from(bytes) }] : [];
  });

async function find(
  tx: Tx,
  fileId: string,
  telling: readonly Telling[],
  { sourceId }: FindingSource,
  whole: boolean,
  now: Date,
): Promise<void> {
  const refused = await takeAllBut(tx, telling, (some) =>
    syncFindings(
      tx,
      fileId,
      sourceId,
      some.map(({ evidence }) => evidence),
      whole,
      now,
    ),
  );
  await insertQuarantine(
    tx,
    grant,
    fileId,
    refused.map(({ item: { place, bytes }, because }) =>
      asideOf(place, bytes, `The database does not take the finding of this line: ${because}.`),
    ),
    now,
  );
}

/** Lines of these files are shown with the items of their runs. */
const isShown = ({ kind }: FileRow): boolean => kind === "escalation_queue" || kind === "run_registry";

/** thegent may have put back, between two looks, exactly the line that we had changed: no line differs then, but an item may. */
async function withOpenRuns(tx: Tx, file: FileRow, queue: QueueSource, runs: Set<string>): Promise<string[]> {
  for (const runId of await runsInQuestion(tx, queue.sourceId, file.id)) runs.add(runId);
  return [...runs];
}

async function advance(tx: Tx, from: FileRow, to: FileProgress, again: boolean, now: Date): Promise<void> {
  if (!(await advanceFile(tx, grant, from, to, again, now))) throw new Overtaken("Another worker read the same lines.");
}

const behind = (file: FileRow, { identity, offset, lines, digest }: FileProgress, generation: number): FileRow => ({
  ...file,
  identity,
  offset,
  lines,
  digest,
  generation,
  problem: null,
  gone: false,
});

async function loadKnown(tx: Tx, fileId: string, between: () => Promise<void>): Promise<Map<string, KnownLine>> {
  const known = new Map<string, KnownLine>();
  for await (const page of knownLines(tx, fileId)) {
    for (const line of page) known.set(keyOf(line.sha256, line.occurrence), line);
    await between();
  }
  return known;
}

const runsOf = (records: readonly NewRecord[]): string[] => [...new Set(records.flatMap(({ runId }) => runId ?? []))];
