-- The different lines of a run are found without a look at their equals, which may be a million.
DROP INDEX "source_record_by_run";
CREATE INDEX "source_record_by_run" ON "SourceRecord" ("fileId", "runId", "occurrence");

ALTER TABLE "Source" ADD COLUMN "writeProblem" TEXT;
