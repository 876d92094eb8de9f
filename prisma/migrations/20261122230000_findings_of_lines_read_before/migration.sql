-- What no decision here stands behind is found while lines are read. Files of which lines were read before that are read once more from
-- their start: no digest is like this one, so they are taken for rewritten, and lines that did not change stay as they are recorded.
UPDATE "SourceFile" SET "edgeHash" = 'to be read once more' WHERE "kind" IN ('override_registry', 'run_registry') AND "edgeHash" IS NOT NULL;
