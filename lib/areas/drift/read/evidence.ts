import "server-only";
import type { Evidence } from "@/lib/areas/drift/domain/review";
import { db, type Tx } from "@/lib/kernel/db/client";

/** The events on these lines of the source's telemetry, as it was last read, with what stands there; lines that hold none are missing. */
export async function findEvidence(tx: Tx | null, sourceId: string, lines: readonly number[]): Promise<Evidence[]> {
  if (!lines.length) return [];
  return (tx ?? db()).$queryRaw<Evidence[]>`
    SELECT DISTINCT ON (r."line") r."line", encode(r."sha256", 'hex') AS "sha256" FROM "SourceFile" f JOIN "SourceRecord" r ON r."fileId" = f."id"
    WHERE f."sourceId" = ${sourceId}::uuid AND f."kind" = 'contract_telemetry' AND f."goneAt" IS NULL AND r."line" = ANY (${[...lines]}::int[])
      AND r."kind" IN ('normalization', 'schema.drift.structural', 'schema.drift.semantic') AND r."goneAt" IS NULL ORDER BY r."line", r."id" DESC`;
}
