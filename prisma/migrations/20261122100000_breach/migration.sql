-- AlterTable
ALTER TABLE "Escalation" ADD COLUMN     "escalatedAt" TIMESTAMPTZ(3),
ADD COLUMN     "level" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "signOffNote" TEXT,
ADD COLUMN     "signedOffAt" TIMESTAMPTZ(3),
ADD COLUMN     "signedOffById" UUID;

-- From here on by hand: what Prisma cannot say.

-- Raised says when; signed off says by whom, when and with which note, and only of a breach.
ALTER TABLE "Escalation"
  ADD CONSTRAINT "escalation_raised_says_when" CHECK (("level" = 0) = ("escalatedAt" IS NULL)),
  ADD CONSTRAINT "escalation_signed_off_whole"
    CHECK (("signedOffAt" IS NULL) = ("signedOffById" IS NULL) AND ("signedOffAt" IS NULL) = ("signOffNote" IS NULL) AND ("signedOffAt" IS NULL OR "level" > 0));

-- What waits for its clock, and what waits for the sign-off. The audit head moves by whole batches of events now.
CREATE INDEX "escalation_unraised_by_due" ON "Escalation" ("sourceId", "dueAt") WHERE "status" IN ('open', 'claimed') AND "level" = 0;
CREATE INDEX "escalation_breach_by_due" ON "Escalation" ("sourceId", "dueAt", "id") WHERE "level" > 0 AND "signedOffAt" IS NULL;

CREATE OR REPLACE FUNCTION refuse_audit_head_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."seq" <= OLD."seq" OR NEW."id" <> OLD."id" THEN
    RAISE EXCEPTION 'The audit chain only grows: its head only moves forward.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
