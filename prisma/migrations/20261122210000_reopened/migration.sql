-- By hand: which item reopens this one, found without reading the closed ones.
CREATE INDEX "escalation_reopens" ON "Escalation" ("previousId") WHERE "previousId" IS NOT NULL;
