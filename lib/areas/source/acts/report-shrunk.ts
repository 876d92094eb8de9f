import "server-only";
import { randomUUID } from "node:crypto";
import { openByTriggerWith } from "@/lib/areas/escalation/port";
import { isWrittenByLater } from "@/lib/areas/source/store/records";
import type { FileRow } from "@/lib/areas/source/store/sources";
import type { Tx } from "@/lib/kernel/db/client";
import { sayMany } from "@/lib/kernel/words/quantities";

/** Of a file that only grows. `isWhole`: whether what was read of it now is all of it. */
export type Growing = { sourceId: string; isWhole(): boolean };

type Records = { before: number; after: number };

/**
 * A file that only grows holds fewer records than it held: Security hears of it at once, and once until they have looked into it. In the
 * transaction that records it, so that no crash between the two keeps it from being said.
 */
export async function reportShrunk(
  tx: Tx,
  { id, path }: FileRow,
  { sourceId }: Growing,
  { before, after }: Records,
  now: Date,
): Promise<void> {
  if (after >= before) return;
  const who = (await isWrittenByLater(tx, id))
    ? "a later thegent wrote in it, and writes such files anew, or somebody took records away"
    : "thegent takes nothing away, so somebody did, or a later thegent began it anew";
  const reason = `${path} shrank from ${sayMany(before, "record")} to ${after}: ${who}. What it held is kept here.`;
  await openByTriggerWith(tx, {
    sourceId,
    path: "integrity",
    subject: path,
    reason,
    severity: "P1",
    now,
    requestId: randomUUID(),
  });
}
