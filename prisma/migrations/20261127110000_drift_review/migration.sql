-- AlterTable
ALTER TABLE "DriftEpisode" ADD COLUMN "beganAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "DriftMessage" (
    "sourceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3),
    "firstLine" INTEGER NOT NULL,

    CONSTRAINT "DriftMessage_pkey" PRIMARY KEY ("sourceId","kind")
);

-- CreateTable
CREATE TABLE "DriftMessageHour" (
    "sourceId" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "provider" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "outputs" INTEGER NOT NULL,
    "reports" INTEGER NOT NULL,
    "lastLine" INTEGER NOT NULL,

    CONSTRAINT "DriftMessageHour_pkey" PRIMARY KEY ("sourceId","hour","provider","kind")
);

-- AddForeignKey
ALTER TABLE "DriftMessage" ADD CONSTRAINT "DriftMessage_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DriftMessageHour" ADD CONSTRAINT "DriftMessageHour_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a line of telemetry is, is its event type where that is one of thegent's, as its budget reads it. Records that PostgreSQL takes no text out
-- of (see record_owner) are plain telemetry.
UPDATE "SourceRecord" r SET "kind" = CASE WHEN r."parsed"::text ~* '\\u(0000|d[89a-f])' THEN 'telemetry'
    WHEN r."parsed"->>'event_type' IN ('normalization', 'schema.drift.structural', 'schema.drift.semantic') THEN r."parsed"->>'event_type' ELSE 'telemetry' END
  FROM "SourceFile" f
  WHERE f."id" = r."fileId" AND f."kind" = 'contract_telemetry' AND r."kind" NOT IN ('normalization', 'schema.drift.structural', 'schema.drift.semantic', 'telemetry');

-- The lines behind a point of the chart, by kind; and the lines before one, by their place in the file.
CREATE INDEX "telemetry_by_time" ON "SourceRecord" ("fileId", "kind", "recordedAt", "line")
  WHERE "kind" IN ('normalization', 'schema.drift.structural', 'schema.drift.semantic', 'telemetry') AND "goneAt" IS NULL;
CREATE INDEX "telemetry_by_line" ON "SourceRecord" ("fileId", "line", "kind")
  WHERE "kind" IN ('normalization', 'schema.drift.structural', 'schema.drift.semantic', 'telemetry') AND "goneAt" IS NULL;

-- The runs that the rule about drift may have judged. '?': as with record_owner, whoever asks looks himself.
CREATE FUNCTION record_lane(parsed json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN parsed::text ~* '\\u(0000|d[89a-f])' THEN '?' ELSE parsed->>'lane' END
$$;
CREATE INDEX "source_record_critical_start" ON "SourceRecord" ("fileId", "recordedAt")
  WHERE "kind" = 'start' AND "goneAt" IS NULL AND record_lane("parsed") IN ('critical', '?');

-- The runs that it denied.
CREATE INDEX "escalation_denied_by_drift" ON "Escalation" ("sourceId", "blockedAt" DESC)
  WHERE "path" = 'policy_denial' AND "lane" = 'critical' AND "reason" LIKE 'Critical lane blocked: contract drift exceeds budget%';

-- What drift is told from holds more now: telemetry is read again from its start; its records stay as they are.
DELETE FROM "DriftState";
DELETE FROM "TelemetryHour";
UPDATE "SourceFile" SET "identity" = NULL WHERE "kind" = 'contract_telemetry';
