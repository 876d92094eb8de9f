-- An open item whose record vanished from thegent's file, and an owner that no text column holds exactly, as it is shown.
ALTER TABLE "Escalation" ADD COLUMN "lostAt" TIMESTAMPTZ(3), ADD COLUMN "ownerShown" TEXT;

-- Decisions of ours that the override file no longer bears.
ALTER TYPE "FindingKind" ADD VALUE 'override_back';
ALTER TYPE "FindingKind" ADD VALUE 'override_gone';
ALTER TYPE "FindingKind" ADD VALUE 'override_cut';

-- By hand: owners that were kept as another text are read once more, as the exact reading now says them; no digest is like this one, so
-- the file is taken for rewritten, and lines that did not change stay as they are recorded.
UPDATE "SourceFile" SET "edgeHash" = 'to be read once more' WHERE "kind" = 'escalation_queue' AND "edgeHash" IS NOT NULL;
