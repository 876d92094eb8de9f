ALTER TYPE "SourcePurpose" ADD VALUE 'sweep';

-- CreateTable
CREATE TABLE "Sweep" (
    "id" SERIAL NOT NULL,
    "sourceId" UUID NOT NULL,
    "askedById" UUID,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "begunAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "result" JSONB,
    "problem" TEXT,

    CONSTRAINT "Sweep_pkey" PRIMARY KEY ("id"),
    -- It ends with what it found, or with why it found nothing.
    CONSTRAINT "Sweep_ends" CHECK (("endedAt" IS NULL) = ("result" IS NULL AND "problem" IS NULL) AND ("result" IS NULL OR "problem" IS NULL))
);
CREATE INDEX "sweeps_newest_first" ON "Sweep"("sourceId", "id" DESC);
-- Whoever asks while one is open asks for that one.
CREATE UNIQUE INDEX "sweep_one_open" ON "Sweep"("sourceId") WHERE "endedAt" IS NULL;
ALTER TABLE "Sweep" ADD CONSTRAINT "Sweep_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Sweep" ADD CONSTRAINT "Sweep_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "sweep_changed" AFTER INSERT OR UPDATE ON "Sweep" FOR EACH STATEMENT EXECUTE FUNCTION announce_drift();
