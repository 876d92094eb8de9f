-- Parts of a session directory that cannot be looked into, while the rest is read.
ALTER TABLE "Source" ADD COLUMN "amiss" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "amissCount" INTEGER NOT NULL DEFAULT 0;
