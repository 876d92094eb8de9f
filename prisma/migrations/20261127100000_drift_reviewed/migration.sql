-- An episode of drift has a state of its own, and what was decided on it.
CREATE TYPE "DriftEpisodeStatus" AS ENUM ('detected', 'investigating', 'remediating', 'remediated', 'accepted', 'dismissed', 'recovered');
CREATE TYPE "DriftDecision" AS ENUM ('remediate', 'accept', 'adapter_change', 'false_alarm');
CREATE TYPE "DriftAnswer" AS ENUM ('approved', 'declined');

ALTER TABLE "Escalation" ADD COLUMN "adapterChangeById" UUID;
ALTER TABLE "Escalation" ADD CONSTRAINT "Escalation_adapterChangeById_fkey" FOREIGN KEY ("adapterChangeById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "DriftEpisode"
  ADD COLUMN "status" "DriftEpisodeStatus" NOT NULL DEFAULT 'detected',
  ADD COLUMN "decision" "DriftDecision",
  ADD COLUMN "note" TEXT,
  ADD COLUMN "evidence" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "shown" JSONB,
  ADD COLUMN "shownHash" TEXT,
  ADD COLUMN "reviewedById" UUID,
  ADD COLUMN "reviewedAt" TIMESTAMPTZ(3),
  ADD COLUMN "acceptDays" INTEGER,
  ADD COLUMN "answer" "DriftAnswer",
  ADD COLUMN "answeredById" UUID,
  ADD COLUMN "answeredAt" TIMESTAMPTZ(3),
  ADD COLUMN "answerNote" TEXT,
  ADD COLUMN "acceptedUntil" TIMESTAMPTZ(3),
  ADD COLUMN "waiverEndedAt" TIMESTAMPTZ(3);
ALTER TABLE "DriftEpisode" ADD CONSTRAINT "DriftEpisode_reviewedById_fkey" FOREIGN KEY ("reviewedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DriftEpisode" ADD CONSTRAINT "DriftEpisode_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who required a change of an adapter, the chain says; whoever proposed it does not approve it.
UPDATE "Escalation" e SET "adapterChangeById" = (
  SELECT p."id" FROM "AuditEvent" a JOIN "Person" p ON p."id"::text = a."actorId"::text
  WHERE a."subjectId" = e."id"::text AND a."action" = 'escalation.report' AND a."outcome" = 'done' AND (a."body"::jsonb)->'after'->>'adapterChange' = 'true' ORDER BY a."seq" LIMIT 1)
WHERE e."adapterChange";

-- So far the item said how far an episode was.
UPDATE "DriftEpisode" d SET
  "status" = (CASE
    WHEN e."status" = 'recovered' THEN 'recovered'
    WHEN e."status" = 'resolved' AND e."outcome" = 'unblocked' THEN 'remediated'
    WHEN e."status" NOT IN ('open', 'claimed') THEN 'dismissed'
    WHEN e."finding" IS NOT NULL THEN 'remediating'
    WHEN e."status" = 'claimed' THEN 'investigating'
    ELSE 'detected' END)::"DriftEpisodeStatus",
  "decision" = CASE WHEN e."adapterChangeById" IS NOT NULL THEN 'adapter_change'::"DriftDecision" END,
  "note" = CASE WHEN e."adapterChangeById" IS NOT NULL THEN e."finding" END,
  "reviewedById" = e."adapterChangeById",
  "reviewedAt" = CASE WHEN e."adapterChangeById" IS NOT NULL THEN COALESCE(e."escalatedAt", e."openedAt") END
FROM "Escalation" e WHERE e."id" = d."id";

ALTER TABLE "DriftEpisode"
  ADD CONSTRAINT "drift_review_whole" CHECK (("decision" IS NULL) = ("reviewedById" IS NULL) AND ("decision" IS NULL) = ("reviewedAt" IS NULL)),
  ADD CONSTRAINT "drift_answer_whole" CHECK (("answer" IS NULL) = ("answeredById" IS NULL) AND ("answer" IS NULL) = ("answeredAt" IS NULL) AND ("answer" IS NULL) = ("answerNote" IS NULL)
    AND ("answer" IS NULL OR "decision" IN ('accept', 'adapter_change'))),
  ADD CONSTRAINT "drift_not_answered_by_who_asked" CHECK ("answeredById" IS NULL OR "answeredById" <> "reviewedById"),
  ADD CONSTRAINT "drift_accepted_by_approval" CHECK (("status" = 'accepted') = ("acceptedUntil" IS NOT NULL) AND ("status" <> 'accepted' OR ("decision" = 'accept' AND "answer" = 'approved'))),
  ADD CONSTRAINT "drift_waiver_bounded" CHECK ("acceptDays" BETWEEN 1 AND 30);

-- What is done to the item moves its episode, whoever does it and on whatever page: forwards alone, and never one that ended. What the drift area
-- decides itself it writes after the item, in the same transaction.
CREATE FUNCTION episodes_follow_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "DriftEpisode" d SET
    "status" = GREATEST(d."status", n."status"),
    "decision" = CASE WHEN n."changes" THEN 'adapter_change' ELSE d."decision" END,
    "note" = CASE WHEN n."changes" THEN n."finding" ELSE d."note" END,
    "evidence" = CASE WHEN n."changes" THEN '[]' ELSE d."evidence" END,
    "shown" = CASE WHEN n."changes" THEN NULL ELSE d."shown" END,
    "shownHash" = CASE WHEN n."changes" THEN NULL ELSE d."shownHash" END,
    "reviewedById" = CASE WHEN n."changes" THEN n."byId" ELSE d."reviewedById" END,
    "reviewedAt" = CASE WHEN n."changes" THEN n."at" ELSE d."reviewedAt" END,
    "acceptDays" = CASE WHEN n."changes" THEN NULL ELSE d."acceptDays" END,
    "answer" = CASE WHEN n."changes" THEN NULL ELSE d."answer" END,
    "answeredById" = CASE WHEN n."changes" THEN NULL ELSE d."answeredById" END,
    "answeredAt" = CASE WHEN n."changes" THEN NULL ELSE d."answeredAt" END,
    "answerNote" = CASE WHEN n."changes" THEN NULL ELSE d."answerNote" END
  FROM (
    SELECT c."id", c."finding", c."adapterChangeById" AS "byId", COALESCE(c."escalatedAt", c."claimedAt", c."openedAt") AS "at",
      c."adapterChangeById" IS NOT NULL AND w."adapterChangeById" IS NULL AS "changes",
      (CASE
        WHEN c."status" = 'recovered' THEN 'recovered'
        WHEN c."status" = 'resolved' AND c."outcome" = 'unblocked' THEN 'remediated'
        WHEN c."status" NOT IN ('open', 'claimed') THEN 'dismissed'
        WHEN c."finding" IS NOT NULL AND w."finding" IS NULL THEN 'remediating'
        WHEN c."status" = 'claimed' THEN 'investigating'
        ELSE 'detected' END)::"DriftEpisodeStatus" AS "status"
    FROM changed c JOIN was w ON w."id" = c."id" WHERE c."path" = 'contract_drift'
  ) n
  WHERE d."id" = n."id" AND d."status" IN ('detected', 'investigating', 'remediating') AND (n."changes" OR n."status" > d."status");
  RETURN NULL;
END $$;
CREATE TRIGGER "drift_episode_follows" AFTER UPDATE ON "Escalation" REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION episodes_follow_items();

-- The events that a reviewer picks, by their lines, out of a file that only grows.
CREATE INDEX "telemetry_event_by_line" ON "SourceRecord" ("fileId", "line") WHERE "kind" IN ('normalization', 'schema.drift.structural', 'schema.drift.semantic') AND "goneAt" IS NULL;
