-- CreateTable
CREATE TABLE "DriftState" (
    "sourceId" UUID NOT NULL,
    "window" JSON NOT NULL,
    "lines" INTEGER NOT NULL,
    "upToLine" INTEGER NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DriftState_pkey" PRIMARY KEY ("sourceId")
);

-- CreateTable
CREATE TABLE "TelemetryHour" (
    "sourceId" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "provider" TEXT NOT NULL,
    "contract" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "structural" INTEGER NOT NULL,
    "semantic" INTEGER NOT NULL,
    "outputs" INTEGER NOT NULL,
    "fallbacks" INTEGER NOT NULL,
    "successes" INTEGER NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "confident" INTEGER NOT NULL,

    CONSTRAINT "TelemetryHour_pkey" PRIMARY KEY ("sourceId","hour","provider","contract")
);

-- AddForeignKey
ALTER TABLE "DriftState" ADD CONSTRAINT "DriftState_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TelemetryHour" ADD CONSTRAINT "TelemetryHour_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was read of telemetry before this is read again from its start; its records stay as they are.
UPDATE "SourceFile" SET "identity" = NULL WHERE "kind" = 'contract_telemetry';

CREATE FUNCTION announce_drift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cockpit_live', '{"topic": "drift"}');
  RETURN NULL;
END $$;
CREATE TRIGGER "drift_followed" AFTER INSERT OR UPDATE ON "DriftState" FOR EACH STATEMENT EXECUTE FUNCTION announce_drift();

-- The failures of the last minutes, out of a log that only grows.
CREATE INDEX "circuit_failure_by_time" ON "SourceRecord" ("fileId", "recordedAt") WHERE "kind" = 'failure' AND "goneAt" IS NULL;

ALTER TYPE "EscalationStatus" ADD VALUE 'recovered';

-- CreateTable
CREATE TABLE "DriftEpisode" (
    "id" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "contract" TEXT,
    "provider" TEXT,
    "findings" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "fineSince" TIMESTAMPTZ(3),
    "previousId" UUID,

    CONSTRAINT "DriftEpisode_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "drift_episodes_newest_first" ON "DriftEpisode"("sourceId", "openedAt" DESC);
ALTER TABLE "DriftEpisode" ADD CONSTRAINT "DriftEpisode_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "DriftEpisode" ADD CONSTRAINT "DriftEpisode_id_fkey" FOREIGN KEY ("id") REFERENCES "Escalation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TRIGGER "drift_episode_changed" AFTER INSERT OR UPDATE ON "DriftEpisode" FOR EACH STATEMENT EXECUTE FUNCTION announce_drift();
