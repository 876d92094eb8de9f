import "server-only";
import { v7 as uuidv7 } from "uuid";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { SourceFileKind } from "@/lib/kernel/db/generated/enums";
import type { Grant } from "@/lib/model/decide";

type Recording = Grant<"source.record">;

/** How far a file was recorded. */
export type FileRow = {
  id: string;
  path: string;
  kind: SourceFileKind;
  identity: string | null;
  generation: number;
  offset: number;
  lines: number;
  digest: string | null;
  problem: string | null;
  gone: boolean;
};

const columns = {
  id: true,
  path: true,
  kind: true,
  identity: true,
  generation: true,
  offset: true,
  lines: true,
  edgeHash: true,
  problem: true,
  goneAt: true,
} as const;

type Selected = Omit<FileRow, "offset" | "digest" | "gone"> & {
  offset: bigint;
  edgeHash: string | null;
  goneAt: Date | null;
};

const toRow = ({ offset, edgeHash, goneAt, ...row }: Selected): FileRow => ({
  ...row,
  offset: Number(offset),
  digest: edgeHash,
  gone: goneAt !== null,
});

/** The registered source of a directory. */
export async function findSourceId(directory: string): Promise<string> {
  const source = await db().source.findUnique({ where: { directory }, select: { id: true } });
  if (!source) throw new Error("The session directory is not registered as a source.");
  return source.id;
}

/** Every file ever seen of a source. */
export async function listFiles(sourceId: string): Promise<FileRow[]> {
  return (await db().sourceFile.findMany({ where: { sourceId }, select: columns })).map(toRow);
}

/** The file's row, made when it is new. */
export async function getOrAddFile(
  _grant: Recording,
  sourceId: string,
  path: string,
  kind: SourceFileKind,
  now: Date,
): Promise<FileRow> {
  const where = { sourceId_path: { sourceId, path } };
  const known = await db().sourceFile.findUnique({ where, select: columns });
  if (known) return toRow(known);
  const id = uuidv7({ msecs: now.getTime() });
  await db().sourceFile.createMany({ data: [{ id, sourceId, path, kind }], skipDuplicates: true });
  return toRow(await db().sourceFile.findUniqueOrThrow({ where, select: columns }));
}

/** What the disk says of a file, and where its reading stands. */
export type FileProgress = {
  identity: string;
  size: number;
  mtimeMs: number;
  offset: number;
  lines: number;
  digest: string;
};

/**
 * Moves a file's reading on, in the transaction of the records it brings. False: another worker moved it first, and the
 * transaction must not go on. Locks the row, so that two workers never record the same lines side by side.
 */
export async function advanceFile(
  tx: Tx,
  _grant: Recording,
  from: FileRow,
  to: FileProgress,
  again: boolean,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.sourceFile.updateMany({
    where: { id: from.id, offset: BigInt(from.offset), generation: from.generation },
    data: {
      identity: to.identity,
      size: BigInt(to.size),
      mtimeMs: BigInt(Math.round(to.mtimeMs)),
      offset: BigInt(to.offset),
      lines: to.lines,
      edgeHash: to.digest,
      generation: from.generation + (again ? 1 : 0),
      lastReadAt: now,
      lastChangeAt: now,
      rereadSince: null,
      problem: null,
      goneAt: null,
    },
  });
  return count === 1;
}

/** The file was looked at and brought no line: size and times are noted, an earlier problem is over. */
export async function noteLook(
  _grant: Recording,
  file: FileRow,
  disk: { size: number; mtimeMs: number },
  now: Date,
): Promise<void> {
  await db().sourceFile.updateMany({
    where: { id: file.id, generation: file.generation },
    data: {
      size: BigInt(disk.size),
      mtimeMs: BigInt(Math.round(disk.mtimeMs)),
      lastReadAt: now,
      rereadSince: null,
      problem: null,
      goneAt: null,
    },
  });
}

/** The file is another than was recorded, and is being read from its start. */
export async function noteReread(_grant: Recording, file: FileRow, size: number, now: Date): Promise<void> {
  await db().sourceFile.updateMany({
    where: { id: file.id, rereadSince: null },
    data: { size: BigInt(size), rereadSince: now },
  });
}

/** What the disk says of files that are not read yet, so that how much is left can be said. Makes the rows of new ones. */
export async function noteSizes(
  _grant: Recording,
  sourceId: string,
  files: readonly { path: string; kind: SourceFileKind; size: number }[],
  now: Date,
): Promise<void> {
  if (!files.length) return;
  const rows = files.map((file, seq) => ({ ...file, id: uuidv7({ msecs: now.getTime(), seq }) }));
  await db().$executeRaw`
    INSERT INTO "SourceFile" AS f ("id", "sourceId", "path", "kind", "size")
    SELECT b."id", ${sourceId}::uuid, b."path", b."kind", b."size"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS b("id" uuid, "path" text, "kind" "SourceFileKind", "size" bigint)
    ON CONFLICT ("sourceId", "path") DO UPDATE SET "size" = excluded."size" WHERE f."size" <> excluded."size"`;
}

/** `problem` is a sentence for people. */
export async function noteFileProblem(_grant: Recording, fileId: string, problem: string): Promise<void> {
  await db().sourceFile.updateMany({
    where: { id: fileId, OR: [{ problem: null }, { problem: { not: problem } }] },
    data: { problem },
  });
}

/** The files are not there any more. Their records stay as they are: what a missing file says is not known. */
export async function noteGone(_grant: Recording, sourceId: string, paths: string[], now: Date): Promise<void> {
  await db().sourceFile.updateMany({
    where: { sourceId, path: { in: paths }, goneAt: null },
    data: { goneAt: now, problem: null },
  });
}

/** The worker gets on; `lastReadAt`: when it last got through the queue, undefined while nothing new is known of that. */
export async function noteReading(
  _grant: Recording,
  sourceId: string,
  readingAt: Date,
  lastReadAt: Date | undefined,
): Promise<void> {
  await db().source.updateMany({ where: { id: sourceId }, data: { readingAt, lastReadAt } });
}

/** A part of a source that cannot be looked into, and why, in a sentence for people. */
export type Amiss = { path: string; problem: string };

const mostAmiss = 100;

/** What of the source cannot be looked into, which says nothing of the rest. Of many, the first are kept, and how many they are. */
export async function noteAmiss(_grant: Recording, sourceId: string, all: readonly Amiss[]): Promise<void> {
  await db().source.updateMany({
    where: { id: sourceId },
    data: { amissCount: all.length, amiss: all.slice(0, mostAmiss) },
  });
}

/** What keeps late lines out of a file of the source, a sentence for people; null when nothing does. */
export async function noteWriteProblem(
  _grant: Grant<"escalation.take-up">,
  sourceId: string,
  writeProblem: string | null,
): Promise<void> {
  await db().source.updateMany({ where: { id: sourceId }, data: { writeProblem } });
}

/** Why the directory cannot be read, a sentence for people; null when it can. */
export async function noteSourceProblem(_grant: Recording, sourceId: string, problem: string | null): Promise<void> {
  const differs =
    problem === null ? { problem: { not: null } } : { OR: [{ problem: null }, { problem: { not: problem } }] };
  await db().source.updateMany({ where: { id: sourceId, ...differs }, data: { problem } });
}
