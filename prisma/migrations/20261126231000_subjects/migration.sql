-- What can be told about, waited for and written back is a subject: one row beside the area's own, with the same id. Notices and effects
-- refer to it and know no area.
CREATE TABLE "Subject" (
    "id" UUID NOT NULL,
    "sourceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "variant" TEXT,
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "owner" TEXT,
    "state" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "dueWhat" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL,
    CONSTRAINT "Subject_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "Subject" ADD CONSTRAINT "Subject_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "subject_by_next" ON "Subject" ("sourceId", "nextAt") WHERE "nextAt" IS NOT NULL;

-- What an area's row is as a subject. A new area brings a view like these, and the three triggers below.
CREATE VIEW "subject_of_escalation" AS
  SELECT "id", "sourceId", 'escalation' AS "kind", "path"::text AS "variant", "subject" AS "title", "reason", COALESCE("owner", "ownerShown") AS "owner", "status"::text AS "state",
    "level", "dueAt", "dueClock" AS "dueWhat", "nextAt", "version" FROM "Escalation";
-- A decided override is due at its end, any other by its deadline.
CREATE VIEW "subject_of_override" AS
  SELECT "id", "sourceId", 'override' AS "kind", NULL::text AS "variant", "owner" AS "title", "justification" AS "reason", "owner", "status"::text AS "state",
    0 AS "level", COALESCE("expiresAt", "decideBy") AS "dueAt", CASE WHEN "expiresAt" IS NULL THEN 'decision' ELSE 'end' END AS "dueWhat", "nextAt", "version" FROM "Override";

-- Keeps the subjects of the rows a statement changed as the view says; whoever writes an area's row, and however.
CREATE FUNCTION keep_subjects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM "Subject" WHERE "id" IN (SELECT "id" FROM changed);
    RETURN NULL;
  END IF;
  EXECUTE format('
    INSERT INTO "Subject" AS s SELECT v.* FROM %I v WHERE v."id" IN (SELECT "id" FROM changed)
    ON CONFLICT ("id") DO UPDATE SET ("title", "reason", "owner", "state", "level", "dueAt", "dueWhat", "nextAt", "version") =
      (EXCLUDED."title", EXCLUDED."reason", EXCLUDED."owner", EXCLUDED."state", EXCLUDED."level", EXCLUDED."dueAt", EXCLUDED."dueWhat", EXCLUDED."nextAt", EXCLUDED."version")
    WHERE s.* IS DISTINCT FROM EXCLUDED.*', TG_ARGV[0]);
  RETURN NULL;
END $$;
CREATE TRIGGER "escalation_subject_made" AFTER INSERT ON "Escalation" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects('subject_of_escalation');
CREATE TRIGGER "escalation_subject_kept" AFTER UPDATE ON "Escalation" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects('subject_of_escalation');
CREATE TRIGGER "escalation_subject_gone" AFTER DELETE ON "Escalation" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects('subject_of_escalation');
CREATE TRIGGER "override_subject_made" AFTER INSERT ON "Override" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects('subject_of_override');
CREATE TRIGGER "override_subject_kept" AFTER UPDATE ON "Override" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects('subject_of_override');
CREATE TRIGGER "override_subject_gone" AFTER DELETE ON "Override" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_subjects('subject_of_override');
INSERT INTO "Subject" SELECT * FROM "subject_of_escalation" UNION ALL SELECT * FROM "subject_of_override";
-- One to one: the area's row first, its subject by the end of the statement.
ALTER TABLE "Escalation" ADD CONSTRAINT "Escalation_id_fkey" FOREIGN KEY ("id") REFERENCES "Subject"("id") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "Override" ADD CONSTRAINT "Override_id_fkey" FOREIGN KEY ("id") REFERENCES "Subject"("id") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- Notices and effects are of a subject.
ALTER TABLE "Notice" DROP CONSTRAINT "notice_of_one", DROP CONSTRAINT "Notice_escalationId_fkey", DROP CONSTRAINT "Notice_overrideId_fkey", ADD COLUMN "subjectId" UUID;
UPDATE "Notice" SET "subjectId" = COALESCE("escalationId", "overrideId");
DROP INDEX "notice_stands_once", "notice_standing_by_item", "notice_standing_by_override";
ALTER TABLE "Notice" ALTER COLUMN "subjectId" SET NOT NULL, DROP COLUMN "escalationId", DROP COLUMN "overrideId",
  ADD CONSTRAINT "Notice_subjectId_fkey" FOREIGN KEY ("subjectId") REFERENCES "Subject"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "notice_stands_once" ON "Notice" ("personId", "subjectId", "step") WHERE "endedAt" IS NULL;
CREATE INDEX "notice_standing_by_subject" ON "Notice" ("subjectId") WHERE "endedAt" IS NULL;

ALTER TABLE "Effect" DROP CONSTRAINT "effect_of_one", DROP CONSTRAINT "Effect_escalationId_fkey", DROP CONSTRAINT "Effect_overrideId_fkey", ADD COLUMN "subjectId" UUID;
UPDATE "Effect" SET "subjectId" = COALESCE("escalationId", "overrideId");
DROP INDEX "effect_by_escalation", "effect_by_override";
ALTER TABLE "Effect" ALTER COLUMN "subjectId" SET NOT NULL, DROP COLUMN "escalationId", DROP COLUMN "overrideId",
  ADD CONSTRAINT "Effect_subjectId_fkey" FOREIGN KEY ("subjectId") REFERENCES "Subject"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "effect_by_subject" ON "Effect"("subjectId");

-- One news of an area's rows, and one of the effects of any area's subjects, under the area's topic.
DROP TRIGGER "override_effect_updated" ON "Effect";
DROP TRIGGER "effect_inserted" ON "Effect";
DROP TRIGGER "effect_updated" ON "Effect";
DROP TRIGGER "escalation_inserted" ON "Escalation";
DROP TRIGGER "escalation_updated" ON "Escalation";
DROP TRIGGER "override_inserted" ON "Override";
DROP TRIGGER "override_updated" ON "Override";
DROP FUNCTION announce_escalations();
DROP FUNCTION announce_overrides();
CREATE FUNCTION announce_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids jsonb;
BEGIN
  SELECT jsonb_agg("id") INTO ids FROM changed;
  IF ids IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', TG_ARGV[0], 'ids', CASE WHEN jsonb_array_length(ids) <= 50 THEN ids END)::text);
  RETURN NULL;
END $$;
CREATE FUNCTION announce_effects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', s."kind" || 's', 'ids', CASE WHEN count(DISTINCT s."id") <= 50 THEN jsonb_agg(DISTINCT s."id") END)::text)
    FROM changed c JOIN "Subject" s ON s."id" = c."subjectId" GROUP BY s."kind";
  RETURN NULL;
END $$;
CREATE TRIGGER "escalation_inserted" AFTER INSERT ON "Escalation" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_rows('escalations');
CREATE TRIGGER "escalation_updated" AFTER UPDATE ON "Escalation" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_rows('escalations');
CREATE TRIGGER "override_inserted" AFTER INSERT ON "Override" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_rows('overrides');
CREATE TRIGGER "override_updated" AFTER UPDATE ON "Override" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_rows('overrides');
CREATE TRIGGER "effect_inserted" AFTER INSERT ON "Effect" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_effects();
CREATE TRIGGER "effect_updated" AFTER UPDATE ON "Effect" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_effects();
