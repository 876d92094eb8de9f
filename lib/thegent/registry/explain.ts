/**
 * What happened to a registry, as far as its lines tell, and those that were read before it. thegent's auditor only says where a hash does not fit;
 * two writers at once, a crash, a confidence of NaN look to it as forgery does. A fork is never called one here.
 */
import { parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { format } from "@/lib/thegent/python/repr";
import { strip } from "@/lib/thegent/python/text";
import { isObject, JsonNumber, type JsonObject } from "@/lib/thegent/python/value";
import { recordHash, recordSignature } from "@/lib/thegent/records/registry-hash";
import { compareWithKnown } from "./compare-known";

export type FindingKind =
  | "edited"
  | "removed"
  | "inserted"
  | "moved"
  | "duplicated"
  | "truncated"
  | "rewritten"
  | "forked"
  | "torn"
  | "unhashable";

export type RegistryFinding = {
  kind: FindingKind;
  /** First and last line, as they stand now; of what is gone, as it stood. */
  lines: [number, number];
  runs: string[];
  says: string;
  /** What the first of these lines said, if it was read before, and says now. */
  before: string | null;
  now: string | null;
  /** How it comes about without anybody's doing. */
  innocent: string | null;
  severity: "tampering" | "suspicious" | "harmless";
};

/** A line that is not blank; `text` without its ending. */
export type RegistryLine = { line: number; text: string };

export type Fact = RegistryLine & {
  record: JsonObject | null;
  run: string | null;
  previous: string | null;
  stored: string | null;
  computed: string | null;
};

function factOf({ line, text }: RegistryLine): Fact {
  const record = read(text);
  const wordOf = (key: string) => {
    const value = record?.get(key) ?? null;
    return value === null || value === "" ? null : format(value);
  };
  const computed = record && recordHash(record);
  return { line, text, record, run: wordOf("run_id"), previous: wordOf("prev_hash"), stored: wordOf("hash"), computed };
}

function read(text: string): JsonObject | null {
  try {
    const value = parsePythonJson(strip(text));
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof PythonJsonError) return null;
    throw error;
  }
}

export const finding = (
  kind: FindingKind,
  facts: readonly Pick<Fact, "line" | "run" | "text">[],
  severity: RegistryFinding["severity"],
  says: string,
  more: Partial<RegistryFinding> = {},
): RegistryFinding => ({
  kind,
  lines: [facts[0]!.line, facts.at(-1)!.line],
  runs: [...new Set(facts.flatMap(({ run }) => run ?? []))],
  says,
  before: null,
  now: facts[0]!.text,
  innocent: null,
  severity,
  ...more,
});

/** `known`: the lines as they were read before, in their order. What they tell goes before what the chain alone would be taken for. */
export function explainRegistry(lines: Iterable<RegistryLine>, known: Iterable<RegistryLine> = []): RegistryFinding[] {
  const now = Array.from(lines, factOf);
  const compared = compareWithKnown(now, Array.from(known, factOf));
  const told = (line: number) =>
    compared.some(({ kind, lines: [from, to] }) => kind !== "truncated" && line >= from && line <= to + 1);
  const byChain = explainChain(now).filter(({ lines: [from], severity }) => severity === "harmless" || !told(from));
  const harmless = new Set(byChain.filter(({ severity }) => severity === "harmless").map(({ lines: [from] }) => from));
  return [...compared.filter(({ lines: [from] }) => !harmless.has(from)), ...byChain].sort(
    (a, b) => a.lines[0] - b.lines[0],
  );
}

/** By the lines alone. */
function explainChain(facts: readonly Fact[]): RegistryFinding[] {
  const found: RegistryFinding[] = [];
  const places = placesOf(facts);
  let head: Fact | null = null;
  /** The line before is explained, and what follows from it is not told again. */
  let excused = false;
  for (const [index, fact] of facts.entries()) {
    const own = explainLine(fact, facts[index + 1] ?? null, index === facts.length - 1, head);
    const followed: boolean = fact.previous === (head?.stored ?? null);
    if (own) found.push(own);
    else if (!followed && !excused) push(found, explainLink(fact, head, places));
    excused = own !== null && own.kind !== "duplicated";
    if (fact.record && own?.kind !== "inserted") head = fact;
  }
  return found;
}

type Places = { byHash: Map<string, Fact>; next: Map<string, Set<string>> };

function placesOf(facts: readonly Fact[]): Places {
  const places: Places = { byHash: new Map(), next: new Map() };
  for (const fact of facts) {
    if (fact.stored && !places.byHash.has(fact.stored)) places.byHash.set(fact.stored, fact);
    if (!fact.previous || !fact.stored) continue;
    const next = places.next.get(fact.previous) ?? new Set();
    places.next.set(fact.previous, next.add(fact.stored));
  }
  return places;
}

/** What is wrong with a line by itself. */
function explainLine(fact: Fact, next: Fact | null, isLast: boolean, head: Fact | null): RegistryFinding | null {
  if (!fact.record) return explainUnreadable(fact, isLast);
  if (fact.stored === null) {
    if (next?.previous === fact.computed)
      return finding(
        "edited",
        [fact],
        "tampering",
        "The record's hash was taken away; what it says is as the next record knows it.",
      );
    return next && next.previous === (head?.stored ?? null)
      ? finding("inserted", [fact], "tampering", "A record without a hash, which the next one does not follow.")
      : finding("edited", [fact], "tampering", "The record has no hash.");
  }
  if (fact.stored !== fact.computed) {
    if (hashedAsNotANumber(fact))
      return finding(
        "unhashable",
        [fact],
        "harmless",
        "The hash was made over a confidence that JSON cannot hold, and null was stored.",
        {
          innocent: "The run was started with a confidence of NaN or infinity: thegent hashes that, and writes null.",
        },
      );
    return finding("edited", [fact], "tampering", "What the record says is not what its hash was made over.", {
      innocent: containsObject(fact.record)
        ? "A nested object with keys that are numbers is hashed in another order than it is verified in."
        : null,
    });
  }
  return explainSignature(fact);
}

function explainSignature(fact: Fact): RegistryFinding | null {
  const signature = fact.record?.get("signature") ?? null;
  if (signature === null || signature === "" || fact.record?.get("event") === "finish") return null;
  if (signature === recordSignature(fact.record!)) return null;
  return finding(
    "edited",
    [fact],
    "tampering",
    "The record's signature is not that of its run, time, owner and prompt.",
  );
}

function explainUnreadable(fact: Fact, isLast: boolean): RegistryFinding {
  if (fact.text.startsWith("\ufeff"))
    return finding(
      "edited",
      [fact],
      "harmless",
      "A byte order mark stands before the record, which makes it unreadable to thegent.",
      {
        innocent: "An editor that saves files with a byte order mark.",
      },
    );
  if (fact.text.startsWith('{"') && (isLast || fact.text.indexOf('{"run_id"', 1) > 0))
    return finding(
      "torn",
      [fact],
      isLast ? "harmless" : "suspicious",
      isLast
        ? "The last line ends in the middle."
        : "A line that ends in the middle, and another record written behind it on the same line.",
      {
        innocent:
          "thegent was stopped while it wrote; what it wrote next went on the same line, and the record after that begins a new chain.",
      },
    );
  return finding("inserted", [fact], "suspicious", "A line that is no record.");
}

/** What it means that a whole record does not follow the one before it. */
function explainLink(fact: Fact, head: Fact | null, { byHash, next }: Places): RegistryFinding {
  const first = fact.stored === null ? null : byHash.get(fact.stored);
  if (first && first !== fact)
    return finding("duplicated", [fact], "tampering", `The same record as line ${first.line}.`);
  if (fact.previous === null)
    return finding("forked", [fact], "suspicious", "The record begins a new chain.", {
      innocent: "thegent could not read the last line when it wrote this one.",
    });
  const parent = byHash.get(fact.previous);
  if (!parent) {
    if (!head)
      return finding("removed", [fact], "tampering", "What came before the first record is gone.", {
        innocent: "A retention purge of a later thegent removes lines and leaves the chain as it is.",
      });
    return finding(
      "removed",
      [fact],
      "tampering",
      `The record follows one that is not there: lines are gone before it, or line ${head.line} was changed and given a new hash.`,
      {
        innocent: "A retention purge of a later thegent removes lines and leaves the chain as it is.",
      },
    );
  }
  if ((next.get(fact.previous)?.size ?? 0) > 1)
    return finding("forked", [fact], "suspicious", `Two records follow line ${parent.line}.`, {
      innocent: "Two runs that write at the same time read the same last hash: thegent has no lock.",
    });
  return finding("moved", [fact], "tampering", `The record belongs behind line ${parent.line}.`);
}

/** Moved lines beside each other are one finding. */
function push(found: RegistryFinding[], next: RegistryFinding): void {
  const last = found.at(-1);
  if (last?.kind !== "moved" || next.kind !== "moved" || last.lines[1] + 1 !== next.lines[0]) found.push(next);
  else
    found[found.length - 1] = {
      ...last,
      lines: [last.lines[0], next.lines[1]],
      runs: [...new Set([...last.runs, ...next.runs])],
      says: "These records stand in another order than they were written in.",
    };
}

const notNumbers = ["NaN", "Infinity", "-Infinity"].map((lexeme) => new JsonNumber(lexeme, true));

function hashedAsNotANumber({ record, stored }: Fact): boolean {
  if (record?.get("confidence") !== null) return false;
  return notNumbers.some((confidence) => recordHash(new Map(record).set("confidence", confidence)) === stored);
}

const containsObject = (record: JsonObject): boolean =>
  [...record.values()].some(
    (value) => isObject(value) && value.size > 1 && [...value.keys()].some((key) => /^-?\d+$/.test(key)),
  );
