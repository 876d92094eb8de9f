-- Who works on a source's files, and until when: a worker that stands still keeps its connection, but not its turn.
CREATE TYPE "SourcePurpose" AS ENUM ('ingest', 'delivery');

CREATE TABLE "SourceLease" (
    "sourceId" UUID NOT NULL,
    "purpose" "SourcePurpose" NOT NULL,
    "holder" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SourceLease_pkey" PRIMARY KEY ("sourceId", "purpose")
);

ALTER TABLE "SourceLease" ADD CONSTRAINT "SourceLease_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Source"("id") ON DELETE CASCADE ON UPDATE CASCADE;
