-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KnownAddress" (
    "personId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnownAddress_pkey" PRIMARY KEY ("personId","hash")
);

-- CreateIndex
CREATE INDEX "session_by_person" ON "Session"("personId");

-- CreateIndex
CREATE INDEX "session_by_end" ON "Session"("endsAt");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownAddress" ADD CONSTRAINT "KnownAddress_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what Prisma cannot say.

-- Attempts were counted under what was typed; they are counted anew, under keyed hashes.
DELETE FROM "sign_in_throttle";

-- Who listens hears whose access may have ended, whoever ended it and how; their streams are asked anew.
CREATE FUNCTION announce_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE people jsonb;
BEGIN
  SELECT jsonb_agg(DISTINCT "personId") INTO people FROM changed;
  IF people IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', 'access',
    'ids', CASE WHEN jsonb_array_length(people) <= 50 THEN people END)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "session_ended" AFTER DELETE ON "Session" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER "session_changed" AFTER UPDATE ON "Session" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_access();
CREATE TRIGGER "role_lost" AFTER DELETE ON "RoleHolding" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_access();

CREATE FUNCTION announce_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('cockpit_live', jsonb_build_object('topic', 'access', 'ids', jsonb_build_array(NEW."id"))::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "person_disabled" AFTER UPDATE OF "disabledAt" ON "Person" FOR EACH ROW
  WHEN (NEW."disabledAt" IS DISTINCT FROM OLD."disabledAt")
  EXECUTE FUNCTION announce_disabled();
