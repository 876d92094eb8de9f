import type { IconName } from "@/components/ui/icon";
import type { SignTone } from "@/components/ui/sign";
import type { QuarantinedLineView, SourceFileView, SourceView } from "@/lib/areas/source/contract";
import { sayBytes, sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { takesAway } from "./say-dialect";

type Said = { tone: SignTone; icon: IconName; says: string };

/** How a file stands, its worst fact first. */
export function sayFile({ problem, gone, read, size, rereading, quarantined, lost, ...file }: SourceFileView): Said {
  if (problem) return { tone: "red", icon: "alert", says: problem };
  if (gone) return { tone: "muted", icon: "cross", says: "No longer there; its records are kept" };
  if (rereading) return { tone: "amber", icon: "hourglass", says: `Reading again from its start, ${sayBytes(size)}` };
  if (read < size) return { tone: "amber", icon: "hourglass", says: `Reading, ${sayBytes(read)} of ${sayBytes(size)}` };
  if (lost > 0)
    return {
      tone: takesAway(file) ? "amber" : "red",
      icon: "alert",
      says: `It shrank: ${sayMany(lost, "record")} ${lost === 1 ? "is" : "are"} gone, and kept here`,
    };
  if (quarantined > 0) return { tone: "amber", icon: "unknown", says: `Read; ${sayCount(quarantined)} not usable` };
  return { tone: "green", icon: "check", says: "Read to its end" };
}

/** How the directory stands as a whole. */
export function sayProgress({
  progress,
  problem,
  files,
  amissCount,
}: Pick<SourceView, "progress" | "problem" | "files" | "amissCount">): Said {
  if (problem) return { tone: "red", icon: "alert", says: problem };
  if (progress.read < progress.size)
    return {
      tone: "amber",
      icon: "hourglass",
      says: `Reading: ${sayBytes(progress.read)} of ${sayBytes(progress.size)}`,
    };
  if (progress.reading) return { tone: "amber", icon: "hourglass", says: "Reading again what was rewritten" };
  const amiss = files.filter((file) => file.problem).length;
  const elsewhere = amissCount > 0 ? `${sayMany(amissCount, "other place")} cannot be looked into` : "";
  const unread = amiss > 0 ? `${sayCount(amiss)} of ${sayCount(files.length)} files cannot be read` : "";
  if (unread || elsewhere) return { tone: "red", icon: "alert", says: [unread, elsewhere].filter(Boolean).join(", ") };
  const unusable = files.reduce((sum, { quarantined }) => sum + quarantined, 0);
  if (unusable > 0)
    return {
      tone: "amber",
      icon: "unknown",
      says: `Everything read, but ${sayMany(unusable, "line")} could not be used`,
    };
  return {
    tone: "green",
    icon: "check",
    says: `Everything read: ${sayBytes(progress.size)} in ${sayMany(files.length, "file")}`,
  };
}

/**
 * Session metas come in hundreds and say little one by one: what is well among many files of a kind is folded into one line. So are the items of
 * a second queue, of which only their number is told.
 */
export function foldFiles(
  files: readonly SourceFileView[],
  most: number,
): { shown: SourceFileView[]; folded: { kind: string; count: number; records: number; size: number }[] } {
  const counts = new Map<string, number>();
  for (const { kind } of files) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const well = (file: SourceFileView) =>
    sayFile(file).tone === "green" && counts.get(file.kind)! > (file.kind === "second_queue" ? 1 : most);
  const folded = new Map<string, { kind: string; count: number; records: number; size: number }>();
  for (const file of files.filter(well)) {
    const sum = folded.get(file.kind) ?? { kind: file.kind, count: 0, records: 0, size: 0 };
    folded.set(file.kind, {
      kind: file.kind,
      count: sum.count + 1,
      records: sum.records + file.records,
      size: sum.size + file.size,
    });
  }
  return { shown: files.filter((file) => !well(file)), folded: [...folded.values()] };
}

/** What a line that stands for many files says they are. */
export const sayFolded = (kind: string, count: number): string =>
  kind === "second_queue"
    ? `${sayMany(count, "file")} in escalations/`
    : `${sayMany(count, "more file")} of kind ${kind}`;

/** Where a line that could not be used stands; equal lines are shown as one. */
export const sayPlace = ({ line, lastLine, count }: QuarantinedLineView): string =>
  count === 1 ? `line ${sayCount(line)}` : `lines ${sayCount(line)} to ${sayCount(lastLine)}, ×${sayCount(count)}`;
