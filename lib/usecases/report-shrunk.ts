import "server-only";
import { sayMany } from "@/lib/format/quantities";
import { openByTrigger } from "./open-by-trigger";

type Shrunk = { sourceId: string; path: string; before: number; after: number; now: Date; requestId: string };

/** A file that only grows has fewer lines than it had: Security hears of it at once, and once until they have looked into it. */
export async function reportShrunk({ path, before, after, ...input }: Shrunk): Promise<void> {
  const reason = `${path} shrank from ${sayMany(before, "line")} to ${after}: thegent only adds to it, so somebody took history away, or a later thegent began it anew. What it held is kept here.`;
  await openByTrigger({ ...input, path: "integrity", subject: path, reason, severity: "P1" });
}
