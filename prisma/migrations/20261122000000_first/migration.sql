-- CreateEnum
CREATE TYPE "EscalationPath" AS ENUM ('policy_denial', 'contract_drift', 'integrity', 'incident');

-- CreateEnum
CREATE TYPE "EscalationStatus" AS ENUM ('open', 'claimed', 'resolved', 'overridden', 'cancelled');

-- CreateEnum
CREATE TYPE "ResolutionOutcome" AS ENUM ('unblocked', 'rejected', 'duplicate', 'superseded');

-- CreateEnum
CREATE TYPE "ClosedIn" AS ENUM ('cockpit', 'thegent');

-- CreateEnum
CREATE TYPE "EffectStatus" AS ENUM ('pending', 'applied', 'failed');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('operator', 'tech_lead', 'product_owner', 'security', 'stakeholder');

-- CreateEnum
CREATE TYPE "SourceFileKind" AS ENUM ('run_registry', 'escalation_queue', 'override_registry', 'contract_telemetry', 'checkpoint_registry', 'circuit_breakers', 'handoff_registry', 'session_meta', 'env_transition_state');

-- CreateTable
CREATE TABLE "AuditEvent" (
    "seq" BIGINT NOT NULL,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prevHash" TEXT GENERATED ALWAYS AS (("body"::json) ->> 'prev') STORED,
    "action" TEXT GENERATED ALWAYS AS (("body"::json) ->> 'action') STORED,
    "outcome" TEXT GENERATED ALWAYS AS (("body"::json) ->> 'outcome') STORED,
    "actorId" TEXT GENERATED ALWAYS AS (("body"::json) #>> '{actor,id}') STORED,
    "subjectId" TEXT GENERATED ALWAYS AS (("body"::json) #>> '{subject,id}') STORED,
    "requestId" TEXT GENERATED ALWAYS AS (("body"::json) ->> 'requestId') STORED,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Escalation" (
    "id" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "path" "EscalationPath" NOT NULL,
    "runId" TEXT NOT NULL,
    "status" "EscalationStatus" NOT NULL DEFAULT 'open',
    "priority" INTEGER NOT NULL,
    "lane" TEXT NOT NULL,
    "owner" TEXT,
    "agent" TEXT,
    "reason" TEXT NOT NULL,
    "recordCount" INTEGER NOT NULL,
    "blockedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "slaMinutes" INTEGER NOT NULL,
    "modelVersion" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedById" UUID,
    "claimedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedIn" "ClosedIn",
    "closedById" UUID,
    "outcome" "ResolutionOutcome",
    "note" TEXT,
    "lateCause" TEXT,
    "thegentWord" TEXT,
    "previousId" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Effect" (
    "id" UUID NOT NULL,
    "escalationId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "EffectStatus" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastTriedAt" TIMESTAMPTZ(3),
    "appliedAt" TIMESTAMPTZ(3),
    "result" JSONB,

    CONSTRAINT "Effect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleHolding" (
    "personId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoleHolding_pkey" PRIMARY KEY ("personId","role")
);

-- CreateTable
CREATE TABLE "Invite" (
    "tokenHash" TEXT NOT NULL,
    "roles" "Role"[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "usedById" UUID,

    CONSTRAINT "Invite_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Source" (
    "id" UUID NOT NULL,
    "directory" TEXT NOT NULL,
    "isSample" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastReadAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "Source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceFile" (
    "id" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "kind" "SourceFileKind" NOT NULL,
    "identity" TEXT,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "offset" BIGINT NOT NULL DEFAULT 0,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "size" BIGINT NOT NULL DEFAULT 0,
    "mtimeMs" BIGINT NOT NULL DEFAULT 0,
    "edgeHash" TEXT,
    "lastReadAt" TIMESTAMPTZ(3),
    "lastChangeAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "SourceFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceRecord" (
    "id" BIGSERIAL NOT NULL,
    "fileId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "byteOffset" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "parsed" JSON NOT NULL,
    "kind" TEXT NOT NULL,
    "runId" TEXT,
    "recordedAt" TIMESTAMPTZ(3),
    "identityKey" TEXT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "SourceRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QuarantinedLine" (
    "id" BIGSERIAL NOT NULL,
    "fileId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "byteOffset" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "length" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "QuarantinedLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_hash_key" ON "AuditEvent"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_prevHash_key" ON "AuditEvent"("prevHash");

-- CreateIndex
CREATE INDEX "audit_event_by_subject" ON "AuditEvent"("subjectId", "seq");

-- CreateIndex
CREATE INDEX "effect_by_escalation" ON "Effect"("escalationId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_email_key" ON "Person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Source_directory_key" ON "Source"("directory");

-- CreateIndex
CREATE UNIQUE INDEX "SourceFile_sourceId_path_key" ON "SourceFile"("sourceId", "path");

-- CreateIndex
CREATE INDEX "source_record_by_run" ON "SourceRecord"("fileId", "runId");

-- CreateIndex
CREATE UNIQUE INDEX "source_record_once" ON "SourceRecord"("fileId", "sha256", "occurrence");

-- CreateIndex
CREATE UNIQUE INDEX "quarantined_line_once" ON "QuarantinedLine"("fileId", "sha256", "occurrence");

-- AddForeignKey
ALTER TABLE "Escalation" ADD CONSTRAINT "Escalation_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Escalation" ADD CONSTRAINT "Escalation_previousId_fkey" FOREIGN KEY ("previousId") REFERENCES "Escalation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Effect" ADD CONSTRAINT "Effect_escalationId_fkey" FOREIGN KEY ("escalationId") REFERENCES "Escalation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleHolding" ADD CONSTRAINT "RoleHolding_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceFile" ADD CONSTRAINT "SourceFile_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceRecord" ADD CONSTRAINT "SourceRecord_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "SourceFile"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QuarantinedLine" ADD CONSTRAINT "QuarantinedLine_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "SourceFile"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma cannot say.

-- A queue item is closed exactly when it says when and where; claimed exactly when it says by whom and since when;
-- resolved here only with a person, an outcome and a note.
ALTER TABLE "Escalation"
  ADD CONSTRAINT "escalation_closed_says_when_and_where"
    CHECK (("status" IN ('open', 'claimed')) = ("closedAt" IS NULL) AND ("closedAt" IS NULL) = ("closedIn" IS NULL)),
  ADD CONSTRAINT "escalation_claimed_says_by_whom"
    CHECK (("claimedById" IS NULL) = ("claimedAt" IS NULL) AND ("status" <> 'claimed' OR "claimedById" IS NOT NULL)
       AND ("status" <> 'open' OR "claimedById" IS NULL)),
  ADD CONSTRAINT "escalation_resolved_here_by_someone"
    CHECK ("closedIn" IS DISTINCT FROM 'cockpit' OR "status" <> 'resolved'
       OR ("closedById" IS NOT NULL AND "outcome" IS NOT NULL AND "note" IS NOT NULL));

-- One open item a run, and the three orders in which the open queue is read. Closed items are in none of them.
CREATE UNIQUE INDEX "escalation_active_once" ON "Escalation" ("sourceId", "path", "runId") WHERE "status" IN ('open', 'claimed');
CREATE INDEX "escalation_active_by_due" ON "Escalation" ("sourceId", "dueAt", "id") WHERE "status" IN ('open', 'claimed');
CREATE INDEX "escalation_active_by_priority" ON "Escalation" ("sourceId", "priority" DESC, "blockedAt" DESC, "id" DESC) WHERE "status" IN ('open', 'claimed');
CREATE INDEX "escalation_active_by_blocked" ON "Escalation" ("sourceId", "blockedAt" DESC, "id" DESC) WHERE "status" IN ('open', 'claimed');
CREATE INDEX "escalation_closed_by_time" ON "Escalation" ("sourceId", "closedAt" DESC, "id" DESC) WHERE "status" NOT IN ('open', 'claimed');
CREATE INDEX "escalation_by_run" ON "Escalation" ("sourceId", "runId", "openedAt" DESC);
CREATE INDEX "effect_unapplied" ON "Effect" ("createdAt") WHERE "status" <> 'applied';
CREATE INDEX "source_record_waiting" ON "SourceRecord" ("fileId", "runId") WHERE "kind" = 'escalation.pending' AND "goneAt" IS NULL;
CREATE INDEX "quarantined_line_present" ON "QuarantinedLine" ("fileId", "line") WHERE "goneAt" IS NULL;

-- The audit chain only grows.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit chain only grows: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_event_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER "audit_head_stays" BEFORE DELETE OR TRUNCATE ON "AuditHead" FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE FUNCTION refuse_audit_head_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."seq" <> OLD."seq" + 1 OR NEW."id" <> OLD."id" THEN
    RAISE EXCEPTION 'The audit chain only grows: its head moves one event at a time.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_head_only_forward" BEFORE UPDATE ON "AuditHead" FOR EACH ROW EXECUTE FUNCTION refuse_audit_head_step_back();
INSERT INTO "AuditHead" ("id", "seq", "hash") VALUES (1, 0, repeat('0', 64));

-- Who listens on `cockpit_live` hears of every committed change; the payload names rows, never their content.
CREATE FUNCTION announce_escalations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids jsonb;
BEGIN
  IF TG_TABLE_NAME = 'Effect' THEN
    SELECT jsonb_agg(DISTINCT "escalationId") INTO ids FROM changed;
  ELSE
    SELECT jsonb_agg("id") INTO ids FROM changed;
  END IF;
  IF ids IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', 'escalations',
    'ids', CASE WHEN jsonb_array_length(ids) <= 50 THEN ids END)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "escalation_inserted" AFTER INSERT ON "Escalation" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_escalations();
CREATE TRIGGER "escalation_updated" AFTER UPDATE ON "Escalation" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_escalations();
CREATE TRIGGER "effect_inserted" AFTER INSERT ON "Effect" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_escalations();
CREATE TRIGGER "effect_updated" AFTER UPDATE ON "Effect" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_escalations();

CREATE FUNCTION announce_sources() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cockpit_live', '{"topic": "sources"}');
  RETURN NULL;
END $$;
CREATE TRIGGER "source_file_read" AFTER UPDATE ON "SourceFile" FOR EACH ROW
  WHEN (NEW."offset" IS DISTINCT FROM OLD."offset" OR NEW."problem" IS DISTINCT FROM OLD."problem" OR NEW."goneAt" IS DISTINCT FROM OLD."goneAt")
  EXECUTE FUNCTION announce_sources();
CREATE TRIGGER "source_file_found" AFTER INSERT ON "SourceFile" FOR EACH STATEMENT EXECUTE FUNCTION announce_sources();
CREATE TRIGGER "source_problem" AFTER UPDATE ON "Source" FOR EACH ROW
  WHEN (NEW."problem" IS DISTINCT FROM OLD."problem") EXECUTE FUNCTION announce_sources();
