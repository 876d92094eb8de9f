-- Who ended a notice, and by which action, were one text: the act's short name, then the person's.
ALTER TABLE "Notice" ADD COLUMN "endedByAction" TEXT, ADD COLUMN "endedById" UUID;
UPDATE "Notice" n SET
  "endedByAction" = CASE
    WHEN n."endedBy" = 'close thegent' THEN 'escalation.sync'
    WHEN n."endedBy" = 'the clock' THEN 'override.pass-time'
    WHEN n."endedBy" LIKE 'close %' THEN (SELECT CASE e."status" WHEN 'cancelled' THEN 'escalation.cancel' WHEN 'overridden' THEN 'override.decide' ELSE 'escalation.resolve' END
      FROM "Escalation" e WHERE e."id" = n."escalationId")
    WHEN n."endedBy" LIKE 'override.%' THEN split_part(n."endedBy", ' ', 1)
    ELSE 'escalation.' || split_part(n."endedBy", ' ', 1)
  END,
  -- A name that two people bear tells nothing.
  "endedById" = (SELECT CASE WHEN count(*) = 1 THEN (array_agg(p."id"))[1] END FROM "Person" p WHERE p."name" = substr(n."endedBy", strpos(n."endedBy", ' ') + 1))
  WHERE n."endedBy" IS NOT NULL;
ALTER TABLE "Notice" DROP COLUMN "endedBy",
  ADD CONSTRAINT "Notice_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Notice_settled_check" CHECK ("endedAt" IS NULL AND "endedByAction" IS NULL AND "endedById" IS NULL OR "endedAt" IS NOT NULL AND "endedByAction" IS NOT NULL);
