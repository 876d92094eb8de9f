import "server-only";
import type { DriftWindow } from "@/lib/areas/drift/domain/drift-window";
import { thaw } from "@/lib/areas/drift/domain/frozen";
import { db, type Tx } from "@/lib/kernel/db/client";

export type StoredDrift = { window: DriftWindow; upToLine: number; updatedAt: Date };

/** What drift of a source is told from; null: nothing of its telemetry was read yet. */
export async function findDrift(tx: Tx | null, sourceId: string): Promise<StoredDrift | null> {
  const [row] = await (tx ?? db()).$queryRaw<{ window: string; upToLine: number; updatedAt: Date }[]>`
    SELECT "window"::text AS "window", "upToLine", "updatedAt" FROM "DriftState" WHERE "sourceId" = ${sourceId}::uuid`;
  return row ? { ...row, window: thaw(row.window) as DriftWindow } : null;
}
