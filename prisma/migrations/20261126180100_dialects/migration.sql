-- AlterEnum
ALTER TYPE "SourceFileKind" ADD VALUE 'circuit_state';
ALTER TYPE "SourceFileKind" ADD VALUE 'second_queue';
ALTER TYPE "SourceFileKind" ADD VALUE 'governance_events';

-- CreateEnum
CREATE TYPE "Dialect" AS ENUM ('reference', 'later');

-- AlterTable
ALTER TABLE "SourceRecord" ADD COLUMN     "dialect" "Dialect";

CREATE INDEX "source_record_of_later" ON "SourceRecord" ("fileId") WHERE "dialect" = 'later';


-- What lies in escalations/ was taken for a session's meta; it is read anew as what it is.
DELETE FROM "SourceFile" WHERE "kind" = 'session_meta' AND "path" LIKE 'escalations/%';
