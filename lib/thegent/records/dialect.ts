/**
 * Which thegent wrote a record. The reference writes the queue, the overrides and the run registry one way; a later thegent writes them
 * another, and means other things by it. Most records of other files are alike.
 */
export type Dialect = "reference" | "later";

/** A record's keys, and what stands under one. */
export type Fields = { keys: readonly string[]; get(key: string): unknown };

type Recogniser = (fields: Fields) => Dialect | null;

const has = ({ keys }: Fields, ...all: string[]): boolean => all.every((key) => keys.includes(key));
const hasNone = ({ keys }: Fields, ...all: string[]): boolean => !all.some((key) => keys.includes(key));
const isZulu = (value: unknown): boolean => typeof value === "string" && value.endsWith("Z");

/** The later one has no lane, agent or time of blocking, and ends its times in Z; one without an SLA says `_from_add`. */
const ofQueue: Recogniser = (fields) => {
  if (fields.get("_from_add") === true) return "later";
  if (hasNone(fields, "lane", "agent", "blocked_at_utc")) return isZulu(fields.get("escalate_by_utc")) ? "later" : null;
  return has(fields, "lane", "blocked_at_utc", "escalate_by_utc", "sla_minutes") &&
    !isZulu(fields.get("escalate_by_utc"))
    ? "reference"
    : null;
};

const ofOverrides: Recogniser = (fields) => {
  if (!has(fields, "owner", "expires_at_utc")) return null;
  if (has(fields, "status")) return "later";
  return has(fields, "reason", "timestamp") ? "reference" : null;
};

/** The reference begins with a marker and says of each start who ran it where; the later one begins with a header and hashes no feedback. */
const ofRuns: Recogniser = (fields) => {
  const event = fields.get("event");
  if (fields.get("run_id") === "__header__") return "later";
  if (event === "schema_version" || event === "pause" || event === "resume") return "reference";
  if (event === "feedback") return has(fields, "hash") ? "reference" : "later";
  if (event !== undefined || !has(fields, "run_id", "started_at_utc")) return null;
  if (has(fields, "host", "pid")) return "reference";
  return hasNone(fields, "host", "pid", "signature") ? "later" : null;
};

const recognisers: Readonly<Record<string, Recogniser>> = {
  escalation_queue: ofQueue,
  override_registry: ofOverrides,
  run_registry: ofRuns,
};

/** Files whose records can tell. */
export const tellingKinds = Object.keys(recognisers);

/** What a record of a file of this kind tells; null: nothing. */
export const dialectOf = (kind: string, fields: Fields): Dialect | null =>
  Object.hasOwn(recognisers, kind) ? recognisers[kind]!(fields) : null;

/** How many of a file's records each of them wrote; those that do not tell are not counted. */
export type Dialects = Record<Dialect, number>;

export function countDialects(kind: string, records: readonly Fields[]): Dialects {
  const told = records.map((fields) => dialectOf(kind, fields));
  return {
    reference: told.filter((dialect) => dialect === "reference").length,
    later: told.filter((dialect) => dialect === "later").length,
  };
}

/** Which thegent wrote a file: "mixed" when both did, whether one took it over or they take turns. */
export function whoWrote({ reference, later }: Dialects): Dialect | "mixed" | null {
  if (later > 0) return reference > 0 ? "mixed" : "later";
  return reference > 0 ? "reference" : null;
}

/** Kinds of file that only a later thegent writes. */
export const onlyLater: readonly string[] = ["circuit_state", "second_queue", "governance_events"];

/**
 * The later thegent counts priorities down from its most urgent, 1, and takes 5 for none; the reference counts up from 0. Here higher is more
 * urgent, and none is 0.
 */
export const priorityOfLater = (priority: number | null): number => 5 - (priority ?? 5);
