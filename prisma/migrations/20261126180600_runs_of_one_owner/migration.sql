-- By whom a record of thegent's may be: a hash, because an owner may be longer than a page of an index takes. PostgreSQL refuses to take text
-- with a NUL or half a character out of JSON: records that hold such a thing anywhere are all '?', and whoever asks looks at them himself.
CREATE FUNCTION record_owner(parsed json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN parsed::text ~* '\\u(0000|d[89a-f])' THEN '?' ELSE md5(parsed->>'owner') END
$$;

-- One owner's runs of a day are asked for, and which owners there are; not everybody's runs.
DROP INDEX "source_record_start_by_time";
CREATE INDEX "source_record_start_by_owner" ON "SourceRecord" ("fileId", record_owner("parsed"), "recordedAt") WHERE "kind" = 'start' AND "goneAt" IS NULL;
