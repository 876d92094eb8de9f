-- Nobody is deleted together with what they did: every column that names a person has a key to them, which refuses their deletion.
--
-- The cockpit deletes nobody, so every id stands for a person. Whom somebody deleted in the database itself is made again without a name of
-- their own, a role or a password, and disabled: what they did stays theirs.
INSERT INTO "Person" ("id", "email", "name", "passwordHash", "createdAt", "disabledAt")
SELECT "id", "id"::text || '@deleted.invalid', 'Somebody who was deleted', '', now(), now() FROM (
  SELECT "claimedById" AS "id" FROM "Escalation"
  UNION SELECT "routedToId" AS "id" FROM "Escalation"
  UNION SELECT "openedById" AS "id" FROM "Escalation"
  UNION SELECT "closedById" AS "id" FROM "Escalation"
  UNION SELECT "signedOffById" AS "id" FROM "Escalation"
  UNION SELECT "requestedById" AS "id" FROM "Override"
  UNION SELECT "advisedById" AS "id" FROM "Override"
  UNION SELECT "decidedById" AS "id" FROM "Override"
  UNION SELECT "decidedForId" AS "id" FROM "Override"
  UNION SELECT "endedById" AS "id" FROM "Override"
  UNION SELECT "seenById" AS "id" FROM "Finding"
) named WHERE "id" IS NOT NULL ON CONFLICT ("id") DO NOTHING;

-- Nothing ever wrote it; the audit chain says who signed up by a link.
ALTER TABLE "Invite" DROP COLUMN "usedById";

ALTER TABLE "Escalation"
  ADD CONSTRAINT "Escalation_claimedById_fkey" FOREIGN KEY ("claimedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Escalation_routedToId_fkey" FOREIGN KEY ("routedToId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Escalation_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Escalation_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Escalation_signedOffById_fkey" FOREIGN KEY ("signedOffById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Override"
  ADD CONSTRAINT "Override_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Override_advisedById_fkey" FOREIGN KEY ("advisedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Override_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Override_decidedForId_fkey" FOREIGN KEY ("decidedForId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "Override_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Finding"
  ADD CONSTRAINT "Finding_seenById_fkey" FOREIGN KEY ("seenById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "RoleHolding"
  DROP CONSTRAINT "RoleHolding_personId_fkey",
  ADD CONSTRAINT "RoleHolding_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Duty"
  DROP CONSTRAINT "Duty_personId_fkey",
  ADD CONSTRAINT "Duty_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Session"
  DROP CONSTRAINT "Session_personId_fkey",
  ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "KnownAddress"
  DROP CONSTRAINT "KnownAddress_personId_fkey",
  ADD CONSTRAINT "KnownAddress_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Notice"
  DROP CONSTRAINT "Notice_personId_fkey",
  ADD CONSTRAINT "Notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeliveryWindow"
  DROP CONSTRAINT "DeliveryWindow_personId_fkey",
  ADD CONSTRAINT "DeliveryWindow_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SavedView"
  DROP CONSTRAINT "SavedView_personId_fkey",
  ADD CONSTRAINT "SavedView_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Delegation"
  DROP CONSTRAINT "Delegation_fromId_fkey",
  ADD CONSTRAINT "Delegation_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  DROP CONSTRAINT "Delegation_toId_fkey",
  ADD CONSTRAINT "Delegation_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
