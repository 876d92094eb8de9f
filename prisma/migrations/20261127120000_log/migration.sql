-- The leaf of an event in the Merkle tree over the chain (RFC 6962, section 2.1), from its exact bytes. A database's encoding never changes,
-- so that what is said of convert_to in general (it is only stable) does not hold here.
CREATE FUNCTION audit_leaf("body" text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN sha256('\x00'::bytea || convert_to("body", 'UTF8'));
END $$;

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN "leaf" BYTEA GENERATED ALWAYS AS (audit_leaf("body")) STORED;

-- AlterTable
ALTER TABLE "AuditHead" ADD COLUMN "frontier" BYTEA NOT NULL DEFAULT '\x';

-- CreateTable
CREATE TABLE "AuditTileHash" (
    "level" SMALLINT NOT NULL,
    "index" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "AuditTileHash_pkey" PRIMARY KEY ("level","index")
);

-- The events that there are already, in one walk that keeps no more than the frontier. A place without its event, which is a finding of the chain's
-- verifier, gets the hash of no bytes, so that the tree is as long as the chain says and goes on growing.
ALTER TABLE "AuditHead" DISABLE TRIGGER USER;
DO $$
DECLARE
  event record;
  hash bytea;
  roots bytea[] := '{}';
  edge bytea := '\x';
  count bigint;
  height int;
BEGIN
  FOR event IN
    SELECT place."seq", e."leaf" FROM generate_series(1, (SELECT "seq" FROM "AuditHead" WHERE "id" = 1)) AS place("seq")
    LEFT JOIN "AuditEvent" e ON e."seq" = place."seq" ORDER BY place."seq"
  LOOP
    hash := coalesce(event."leaf", sha256('\x00'::bytea));
    count := event."seq";
    height := 0;
    WHILE count % 2 = 0 LOOP
      hash := sha256('\x01'::bytea || roots[cardinality(roots)] || hash);
      roots := trim_array(roots, 1);
      count := count / 2;
      height := height + 1;
      IF height % 8 = 0 THEN
        INSERT INTO "AuditTileHash" ("level", "index", "hash") VALUES (height / 8, count - 1, hash);
      END IF;
    END LOOP;
    roots := roots || hash;
  END LOOP;
  FOREACH hash IN ARRAY roots LOOP
    edge := edge || hash;
  END LOOP;
  UPDATE "AuditHead" SET "frontier" = edge WHERE "id" = 1;
END $$;
ALTER TABLE "AuditHead" ENABLE TRIGGER USER;

-- A frontier of another number of hashes than its tree has could not be gone on from.
ALTER TABLE "AuditHead" ADD CONSTRAINT "audit_head_has_its_frontier" CHECK (length("frontier") = 32 * bit_count("seq"::bit(64)));

CREATE TRIGGER "audit_tile_hash_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditTileHash" FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
