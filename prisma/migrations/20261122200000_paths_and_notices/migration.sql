-- CreateEnum
CREATE TYPE "Severity" AS ENUM ('P1', 'P2', 'P3', 'P4');

-- CreateEnum
CREATE TYPE "NoticeKind" AS ENUM ('action', 'consult', 'informed');

-- CreateEnum
CREATE TYPE "ChannelName" AS ENUM ('email', 'webhook');

-- CreateEnum
CREATE TYPE "DeliveryStatus" AS ENUM ('pending', 'delivered', 'failed', 'dropped');

-- AlterTable
ALTER TABLE "Escalation" ADD COLUMN     "adapterChange" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "breachedAt" TIMESTAMPTZ(3),
ADD COLUMN     "claimQuietAt" TIMESTAMPTZ(3),
ADD COLUMN     "clocks" JSONB,
ADD COLUMN     "dueClock" TEXT,
ADD COLUMN     "finding" TEXT,
ADD COLUMN     "nextAt" TIMESTAMPTZ(3),
ADD COLUMN     "openedById" UUID,
ADD COLUMN     "routedBackup" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "routedRole" "Role",
ADD COLUMN     "routedToId" UUID,
ADD COLUMN     "severity" "Severity",
ADD COLUMN     "subject" TEXT,
ALTER COLUMN "runId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "emailKinds" "NoticeKind"[] DEFAULT ARRAY['action', 'consult']::"NoticeKind"[];

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "escalationId" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "kind" "NoticeKind" NOT NULL,
    "role" "Role" NOT NULL,
    "letter" TEXT NOT NULL,
    "activity" TEXT NOT NULL,
    "standsInFor" "Role",
    "foldKey" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedBy" TEXT,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "noticeId" UUID NOT NULL,
    "channel" "ChannelName" NOT NULL,
    "status" "DeliveryStatus" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "nextTryAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("noticeId","channel")
);

-- CreateTable
CREATE TABLE "Duty" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Duty_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_once" ON "SavedView"("personId", "name");

-- CreateIndex
CREATE INDEX "notice_by_person" ON "Notice"("personId", "lastAt", "id");

-- CreateIndex
CREATE INDEX "duty_by_person" ON "Duty"("personId", "since");

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_escalationId_fkey" FOREIGN KEY ("escalationId") REFERENCES "Escalation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Duty" ADD CONSTRAINT "Duty_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma cannot say.

-- Items that were open before: all of them policy denials, with the one clock of that path.
UPDATE "Escalation" SET "subject" = "runId", "dueClock" = 'resolve', "routedRole" = 'product_owner',
  "breachedAt" = "escalatedAt",
  "claimQuietAt" = CASE WHEN "status" = 'claimed' THEN now() + interval '15 minutes' END,
  "clocks" = jsonb_build_array(jsonb_build_object(
    'name', 'resolve', 'kind', 'sla', 'stoppedBy', 'close', 'level', 1, 'to', jsonb_build_array('product_owner'), 'activity', 'escalation', 'alert', true,
    'startedAt', to_char("blockedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dueAt', to_char("dueAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'stoppedAt', to_char("closedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'firedAt', to_char("escalatedAt", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
UPDATE "Escalation" SET "nextAt" = CASE
  WHEN "status" NOT IN ('open', 'claimed') THEN NULL
  WHEN "level" > 0 THEN "claimQuietAt"
  ELSE LEAST("dueAt" + interval '1 millisecond', "claimQuietAt") END;
ALTER TABLE "Escalation" ALTER COLUMN "subject" SET NOT NULL, ALTER COLUMN "clocks" SET NOT NULL, ALTER COLUMN "dueClock" SET NOT NULL, ALTER COLUMN "routedRole" SET NOT NULL;

-- What is claimed goes quiet one day; what is closed asks for nothing more; a sign-off is of a breach; a policy denial is of a run;
-- whoever cancels says why.
ALTER TABLE "Escalation"
  DROP CONSTRAINT "escalation_signed_off_whole",
  ADD CONSTRAINT "escalation_signed_off_whole"
    CHECK (("signedOffAt" IS NULL) = ("signedOffById" IS NULL) AND ("signedOffAt" IS NULL) = ("signOffNote" IS NULL) AND ("signedOffAt" IS NULL OR "breachedAt" IS NOT NULL)),
  ADD CONSTRAINT "escalation_claimed_goes_quiet" CHECK ("status" <> 'claimed' OR "claimQuietAt" IS NOT NULL),
  ADD CONSTRAINT "escalation_closed_is_silent" CHECK ("status" IN ('open', 'claimed') OR "nextAt" IS NULL),
  ADD CONSTRAINT "escalation_policy_denial_of_a_run" CHECK ("path" <> 'policy_denial' OR "runId" = "subject"),
  ADD CONSTRAINT "escalation_cancelled_by_someone" CHECK ("status" <> 'cancelled' OR ("closedById" IS NOT NULL AND "note" IS NOT NULL));

-- One open item a subject; what time changes next; the breaches; the open items of one owner, and those of one reason.
DROP INDEX "escalation_active_once";
CREATE UNIQUE INDEX "escalation_active_once" ON "Escalation" ("sourceId", "path", "subject") WHERE "status" IN ('open', 'claimed');
DROP INDEX "escalation_unraised_by_due";
CREATE INDEX "escalation_by_next" ON "Escalation" ("sourceId", "nextAt") WHERE "nextAt" IS NOT NULL;
DROP INDEX "escalation_breach_by_due";
CREATE INDEX "escalation_breach_by_due" ON "Escalation" ("sourceId", "dueAt", "id") WHERE "breachedAt" IS NOT NULL AND "signedOffAt" IS NULL;
CREATE INDEX "escalation_active_by_owner" ON "Escalation" ("sourceId", "owner") WHERE "status" IN ('open', 'claimed');
CREATE INDEX "escalation_active_by_reason" ON "Escalation" ("sourceId", md5("reason")) WHERE "status" IN ('open', 'claimed');

-- One person on duty a role. A notice stands once a person, item and step; its repeats are counted.
CREATE UNIQUE INDEX "duty_one_a_role" ON "Duty" ("role") WHERE "endedAt" IS NULL;
ALTER TABLE "Duty" ADD CONSTRAINT "duty_ends_after_it_began" CHECK ("endedAt" IS NULL OR "endedAt" >= "since");
CREATE UNIQUE INDEX "notice_stands_once" ON "Notice" ("personId", "escalationId", "step") WHERE "endedAt" IS NULL;
CREATE INDEX "notice_standing_by_item" ON "Notice" ("escalationId") WHERE "endedAt" IS NULL;
CREATE INDEX "notice_unread" ON "Notice" ("personId") WHERE "readAt" IS NULL AND "endedAt" IS NULL;
CREATE INDEX "delivery_to_do" ON "Delivery" ("nextTryAt") WHERE "status" = 'pending';
CREATE INDEX "delivery_failed" ON "Delivery" ("createdAt") WHERE "status" = 'failed';

-- Who listens hears whose inbox changed, and that the duty changed.
CREATE FUNCTION announce_notices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people jsonb;
BEGIN
  SELECT jsonb_agg(DISTINCT "personId") INTO people FROM changed;
  IF people IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', 'notices',
    'ids', CASE WHEN jsonb_array_length(people) <= 50 THEN people END)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "notice_inserted" AFTER INSERT ON "Notice" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_notices();
CREATE TRIGGER "notice_updated" AFTER UPDATE ON "Notice" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_notices();

CREATE FUNCTION announce_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cockpit_live', '{"topic": "duty"}');
  RETURN NULL;
END $$;
CREATE TRIGGER "duty_changed" AFTER INSERT OR UPDATE ON "Duty" FOR EACH STATEMENT EXECUTE FUNCTION announce_duty();
