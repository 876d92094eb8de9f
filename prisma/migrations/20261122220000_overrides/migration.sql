-- CreateEnum
CREATE TYPE "OverrideStatus" AS ENUM ('requested', 'approved', 'active', 'denied', 'withdrawn', 'expired', 'revoked');

-- CreateEnum
CREATE TYPE "FindingKind" AS ENUM ('outside_override', 'unbacked_run');

-- AlterTable
ALTER TABLE "Effect" ADD COLUMN     "overrideId" UUID,
ALTER COLUMN "escalationId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "overrideId" UUID,
ALTER COLUMN "escalationId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Override" (
    "id" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "escalationId" UUID,
    "justification" TEXT NOT NULL,
    "ticket" TEXT,
    "status" "OverrideStatus" NOT NULL DEFAULT 'requested',
    "requestedById" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "requestedSeconds" INTEGER NOT NULL,
    "decideBy" TIMESTAMPTZ(3) NOT NULL,
    "consultUntil" TIMESTAMPTZ(3) NOT NULL,
    "warnMinutes" INTEGER NOT NULL,
    "advisedById" UUID,
    "advisedAt" TIMESTAMPTZ(3),
    "advice" TEXT,
    "adviceInFavour" BOOLEAN,
    "decidedById" UUID,
    "decidedForId" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionNote" TEXT,
    "withoutConsultation" TEXT,
    "approvedSeconds" INTEGER,
    "expiresAt" TIMESTAMPTZ(3),
    "content" JSONB,
    "contentHash" TEXT,
    "endedById" UUID,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "overdueAt" TIMESTAMPTZ(3),
    "warnedAt" TIMESTAMPTZ(3),
    "nextAt" TIMESTAMPTZ(3),
    "previousId" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delegation" (
    "id" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Finding" (
    "id" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "kind" "FindingKind" NOT NULL,
    "subject" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "foundAt" TIMESTAMPTZ(3) NOT NULL,
    "seenById" UUID,
    "seenAt" TIMESTAMPTZ(3),
    "seenNote" TEXT,

    CONSTRAINT "Finding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "finding_once" ON "Finding"("sourceId", "kind", "subject");

-- CreateIndex
CREATE INDEX "effect_by_override" ON "Effect"("overrideId");

-- AddForeignKey
ALTER TABLE "Effect" ADD CONSTRAINT "Effect_overrideId_fkey" FOREIGN KEY ("overrideId") REFERENCES "Override"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_overrideId_fkey" FOREIGN KEY ("overrideId") REFERENCES "Override"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Override" ADD CONSTRAINT "Override_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Override" ADD CONSTRAINT "Override_escalationId_fkey" FOREIGN KEY ("escalationId") REFERENCES "Escalation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Override" ADD CONSTRAINT "Override_previousId_fkey" FOREIGN KEY ("previousId") REFERENCES "Override"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delegation" ADD CONSTRAINT "Delegation_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delegation" ADD CONSTRAINT "Delegation_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Finding" ADD CONSTRAINT "Finding_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma cannot say.

-- An effect and a notice are of one thing.
ALTER TABLE "Effect" ADD CONSTRAINT "effect_of_one" CHECK (("escalationId" IS NULL) <> ("overrideId" IS NULL));
ALTER TABLE "Notice" ADD CONSTRAINT "notice_of_one" CHECK (("escalationId" IS NULL) <> ("overrideId" IS NULL));
DROP INDEX "notice_stands_once";
CREATE UNIQUE INDEX "notice_stands_once" ON "Notice" ("personId", COALESCE("escalationId", "overrideId"), "step") WHERE "endedAt" IS NULL;
CREATE INDEX "notice_standing_by_override" ON "Notice" ("overrideId") WHERE "endedAt" IS NULL AND "overrideId" IS NOT NULL;

-- Who asked never decides, and neither does their delegate; a decision is whole; an approval has its end, its content and its life within
-- what was asked; what is over says when; nothing outlives its end.
ALTER TABLE "Override"
  ADD CONSTRAINT "override_not_decided_by_requester" CHECK ("decidedById" IS DISTINCT FROM "requestedById" AND "decidedForId" IS DISTINCT FROM "requestedById"),
  ADD CONSTRAINT "override_decision_whole"
    CHECK (("decidedAt" IS NULL) = ("decidedById" IS NULL) AND ("decidedAt" IS NULL) = ("decisionNote" IS NULL)
       AND ("status" IN ('requested', 'withdrawn')) = ("decidedAt" IS NULL)),
  ADD CONSTRAINT "override_approval_whole"
    CHECK (("status" IN ('approved', 'active', 'expired', 'revoked')) = ("expiresAt" IS NOT NULL) AND ("expiresAt" IS NULL) = ("contentHash" IS NULL)
       AND ("expiresAt" IS NULL) = ("approvedSeconds" IS NULL) AND ("approvedSeconds" IS NULL OR "approvedSeconds" BETWEEN 60 AND "requestedSeconds")
       AND ("expiresAt" IS NULL OR "expiresAt" <= "decidedAt" + "approvedSeconds" * interval '1 second')),
  ADD CONSTRAINT "override_ended_says_when" CHECK (("status" IN ('withdrawn', 'expired', 'revoked')) = ("endedAt" IS NOT NULL)),
  ADD CONSTRAINT "override_revoked_by_someone" CHECK ("status" <> 'revoked' OR ("endedById" IS NOT NULL AND "endReason" IS NOT NULL)),
  ADD CONSTRAINT "override_over_is_silent" CHECK ("status" IN ('requested', 'approved', 'active') OR "nextAt" IS NULL),
  ADD CONSTRAINT "override_validity" CHECK ("requestedSeconds" BETWEEN 60 AND 604800);
CREATE UNIQUE INDEX "override_pending_once" ON "Override" ("sourceId", "owner", COALESCE("escalationId", '00000000-0000-0000-0000-000000000000')) WHERE "status" = 'requested';
CREATE INDEX "override_awaiting" ON "Override" ("sourceId", "decideBy", "id") WHERE "status" = 'requested';
CREATE INDEX "override_in_force" ON "Override" ("sourceId", "expiresAt", "id") WHERE "status" IN ('approved', 'active');
CREATE INDEX "override_over" ON "Override" ("sourceId", "requestedAt" DESC, "id" DESC) WHERE "status" IN ('denied', 'withdrawn', 'expired', 'revoked');
CREATE INDEX "override_by_owner" ON "Override" ("sourceId", "owner", "requestedAt" DESC) WHERE "owner" IS NOT NULL;
CREATE INDEX "override_by_escalation" ON "Override" ("escalationId") WHERE "escalationId" IS NOT NULL;
CREATE INDEX "override_by_next" ON "Override" ("sourceId", "nextAt") WHERE "nextAt" IS NOT NULL;
CREATE INDEX "finding_unseen" ON "Finding" ("sourceId", "at" DESC, "id" DESC) WHERE "seenAt" IS NULL;
CREATE INDEX "delegation_by_taker" ON "Delegation" ("toId", "until") WHERE "endedAt" IS NULL;
ALTER TABLE "Delegation" ADD CONSTRAINT "delegation_to_another" CHECK ("fromId" <> "toId" AND "until" > "from");

-- The runs of the last day, for the blast radius.
CREATE INDEX "source_record_start_by_time" ON "SourceRecord" ("fileId", "recordedAt") WHERE "kind" = 'start' AND "goneAt" IS NULL;

CREATE OR REPLACE FUNCTION announce_escalations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids jsonb;
BEGIN
  IF TG_TABLE_NAME = 'Effect' THEN
    SELECT jsonb_agg(DISTINCT "escalationId") INTO ids FROM changed WHERE "escalationId" IS NOT NULL;
  ELSE
    SELECT jsonb_agg("id") INTO ids FROM changed;
  END IF;
  IF ids IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', 'escalations',
    'ids', CASE WHEN jsonb_array_length(ids) <= 50 THEN ids END)::text);
  RETURN NULL;
END $$;

CREATE FUNCTION announce_overrides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids jsonb;
BEGIN
  IF TG_TABLE_NAME = 'Effect' THEN
    SELECT jsonb_agg(DISTINCT "overrideId") INTO ids FROM changed WHERE "overrideId" IS NOT NULL;
  ELSE
    SELECT jsonb_agg("id") INTO ids FROM changed;
  END IF;
  IF ids IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', 'overrides', 'ids', CASE WHEN jsonb_array_length(ids) <= 50 THEN ids END)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "override_inserted" AFTER INSERT ON "Override" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_overrides();
CREATE TRIGGER "override_updated" AFTER UPDATE ON "Override" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_overrides();
CREATE TRIGGER "override_effect_updated" AFTER UPDATE ON "Effect" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_overrides();
CREATE TRIGGER "finding_changed" AFTER INSERT OR UPDATE ON "Finding" FOR EACH STATEMENT EXECUTE FUNCTION announce_sources();
