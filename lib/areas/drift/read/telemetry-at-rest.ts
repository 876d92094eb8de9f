import "server-only";
import { emptyDriftWindow, type DriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { thaw } from "@/lib/areas/drift/domain/frozen";
import { followed } from "@/lib/areas/drift/domain/rule";
import { sayBytes } from "@/lib/kernel/words/quantities";
import { db } from "@/lib/kernel/db/client";
import { FileRefused, openInside } from "@/lib/thegent/files/open-inside";
import { diskState, type DiskState } from "@/lib/thegent/files/tail";

const file = "contract_telemetry.jsonl";

/** What drift is told from, where it was counted to the end of the file as it lies on the disk; else why it does not stand for it, in a sentence. */
export type Counted = { ok: true; window: DriftWindow } | { ok: false; because: string };

type Row = {
  identity: string | null;
  offset: bigint | null;
  mtimeMs: bigint | null;
  isReread: boolean;
  problem: string | null;
  window: string | null;
};

/**
 * The figures that are kept up with each line, held against the disk: so it costs the same however long the file is, and does not take what a
 * worker that stands still once read for how things are.
 */
export async function telemetryAtRest(directory: string, sourceId: string): Promise<Counted> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT f."identity", f."offset", f."mtimeMs", f."rereadSince" IS NOT NULL AS "isReread", f."problem", d."window"::text AS "window"
    FROM "Source" s LEFT JOIN "DriftState" d ON d."sourceId" = s."id"
      LEFT JOIN "SourceFile" f ON f."sourceId" = s."id" AND f."path" = ${file} AND f."goneAt" IS NULL
    WHERE s."id" = ${sourceId}::uuid`;
  const disk = await lookAtFile(directory);
  if ("because" in disk) return { ok: false, because: disk.because };
  const read = Number(row?.offset ?? 0n);
  // A file that is not there has nothing: what is kept of one that has just gone is forgotten with the next reading.
  if (disk.size === null)
    return row?.window ? behind("It is gone, and that was not noticed yet.") : { ok: true, window: none };
  if (row?.problem) return { ok: false, because: `${file}: ${row.problem}` };
  if (row?.isReread) return behind("It is being read again from its start.");
  if (disk.size > read) return behind(`${sayBytes(disk.size - read)} of it are not read yet.`);
  // As the reading noted it with its last look: a file that was written over need not be longer.
  const isNoted = disk.identity === row?.identity && disk.mtimeMs === Number(row.mtimeMs);
  if (disk.size < read || !isNoted) return behind("It was just changed.");
  return { ok: true, window: row?.window ? (thaw(row.window) as DriftWindow) : emptyDriftWindow(followed) };
}

const none = emptyDriftWindow(followed, false);
const behind = (says: string): Counted => ({
  ok: false,
  because: `The telemetry is not read as it lies on the disk: ${says}`,
});

/** `size` null: there is no such file. */
async function lookAtFile(directory: string): Promise<DiskState | { size: null } | { because: string }> {
  try {
    const handle = await openInside(directory, file);
    return diskState(await handle.stat({ bigint: true }).finally(() => handle.close()));
  } catch (error) {
    if (error instanceof FileRefused) return { because: `${file} ${error.is}.` };
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? { size: null } : { because: `${file} cannot be read (${code ?? message}).` };
  }
}
