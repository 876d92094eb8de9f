-- Equal lines that cannot be used are one row with their count: a million of them cost no more than one.
ALTER TABLE "QuarantinedLine"
  ADD COLUMN "lastLine" INTEGER,
  ADD COLUMN "count" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "mayWait" BOOLEAN NOT NULL DEFAULT true;

WITH "folded" AS (
  SELECT (array_agg("id" ORDER BY "goneAt" IS NOT NULL, "line", "id"))[1] AS "id", max("line") FILTER (WHERE "goneAt" IS NULL) AS "lastLine",
    count(*) FILTER (WHERE "goneAt" IS NULL) AS "count", min("firstSeenAt") AS "firstSeenAt"
  FROM "QuarantinedLine" GROUP BY "fileId", "sha256")
UPDATE "QuarantinedLine" q SET "lastLine" = COALESCE(f."lastLine", q."line"), "count" = GREATEST(f."count", 1), "firstSeenAt" = f."firstSeenAt"
FROM "folded" f WHERE q."id" = f."id";
DELETE FROM "QuarantinedLine" WHERE "lastLine" IS NULL;

DROP INDEX "quarantined_line_once";
ALTER TABLE "QuarantinedLine" DROP COLUMN "occurrence", ALTER COLUMN "lastLine" SET NOT NULL, ALTER COLUMN "count" DROP DEFAULT;
CREATE UNIQUE INDEX "quarantined_line_once" ON "QuarantinedLine"("fileId", "sha256");
ALTER TABLE "QuarantinedLine" ADD CONSTRAINT "quarantined_line_counted" CHECK ("count" > 0 AND "lastLine" >= "line");

-- Which unusable lines may hide a denial is asked of the lines themselves: the queue is read once more from its start.
UPDATE "SourceFile" SET "edgeHash" = 'to be read once more' WHERE "kind" = 'escalation_queue' AND "edgeHash" IS NOT NULL;

-- An owner may be longer than a page of an index takes.
DROP INDEX "escalation_active_by_owner";
CREATE INDEX "escalation_active_by_owner" ON "Escalation" ("sourceId", md5("owner")) WHERE "status" IN ('open', 'claimed');
DROP INDEX "override_pending_once";
CREATE UNIQUE INDEX "override_pending_once" ON "Override" ("sourceId", md5("owner"), COALESCE("escalationId", '00000000-0000-0000-0000-000000000000')) WHERE "status" = 'requested';
DROP INDEX "override_by_owner";
CREATE INDEX "override_by_owner" ON "Override" ("sourceId", md5("owner"), "requestedAt" DESC) WHERE "owner" IS NOT NULL;

-- How far the reading is, also while it takes long.
ALTER TABLE "Source" ADD COLUMN "readingAt" TIMESTAMPTZ(3);
ALTER TABLE "SourceFile" ADD COLUMN "rereadSince" TIMESTAMPTZ(3);
DROP TRIGGER "source_file_read" ON "SourceFile";
CREATE TRIGGER "source_file_read" AFTER UPDATE ON "SourceFile" FOR EACH ROW
  WHEN (NEW."offset" IS DISTINCT FROM OLD."offset" OR NEW."problem" IS DISTINCT FROM OLD."problem" OR NEW."goneAt" IS DISTINCT FROM OLD."goneAt"
    OR NEW."size" IS DISTINCT FROM OLD."size" OR NEW."rereadSince" IS DISTINCT FROM OLD."rereadSince")
  EXECUTE FUNCTION announce_sources();
