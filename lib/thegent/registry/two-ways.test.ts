import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePythonJson } from "@/lib/thegent/python/json";
import { isObject } from "@/lib/thegent/python/value";
import { recordHash } from "@/lib/thegent/records/registry-hash";
import { SpanAuditor } from "./audit-span";
import { FastRecords } from "./fast-record";

/** JSON texts in spellings that Python accepts, thegent's own and others. */
const unit = fc.constantFrom(
  ...["a", "Z", " ", "/", "'", "\u007f", "\u0080", "é", "\u2028", "\ue000", "\uffff", "𝔼", "😀"],
  ...[
    '\\"',
    "\\\\",
    "\\/",
    "\\b",
    "\\n",
    "\\u0000",
    "\\u001F",
    "\\u0041",
    "\\u00e9",
    "\\u00E9",
    "\\ud83d\\ude00",
    "\\ud800",
  ],
);
const text = fc.array(unit, { maxLength: 6 }).map((units) => `"${units.join("")}"`);
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    "-0",
    "-0.0",
    "0.0",
    "0.10",
    "1.0",
    "0.0001",
    "0.00001",
    "1E5",
    "1e16",
    "1e400",
    "NaN",
    "-Infinity",
    "12345678901234567890",
    "1234567890.1234567",
  ),
);
const separator = fc.constantFrom([",", ":"], [", ", ": "], [" , ", "\t:\t"]);
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom("null", "true", "false"),
    text,
    number,
    fc.tuple(fc.array(tie("value"), { maxLength: 3 }), separator).map(([items, [comma]]) => `[${items.join(comma)}]`),
    fc
      .tuple(fc.array(fc.tuple(text, tie("value")), { maxLength: 3 }), separator)
      .map(([pairs, [comma, colon]]) => `{${pairs.map(([key, item]) => key + colon + item).join(comma)}}`),
  ),
}));
const names = ["run_id", "event", "started_at_utc", "owner", "prompt", "agent", "signature", "confidence"];
const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names.map((name) => `"${name}"`)) },
  { weight: 1, arbitrary: text },
);
const members = fc.array(fc.tuple(key, value), { maxLength: 8 });

/** A line of those members whose hash is right, and right after `previous`. */
function lineOf(
  pairs: [string, string][],
  [comma, colon]: readonly [string, string],
  previous: string | null,
  broken: boolean,
): [string, string] {
  const all: [string, string][] = [...pairs, ['"prev_hash"', previous === null ? "null" : `"${previous}"`]];
  const written = (list: [string, string][]) => `{${list.map(([name, said]) => name + colon + said).join(comma)}}`;
  const record = parsePythonJson(written(all));
  if (!isObject(record)) throw new Error("not an object");
  const hash = broken ? createHash("sha256").update("x").digest("hex") : recordHash(record);
  return [written([...all, ['"hash"', `"${hash}"`]]), hash];
}

describe("the fast way and the careful one", () => {
  it("judge every registry alike", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(members, separator, fc.boolean(), fc.constantFrom("\n", "\n", "\r\n", "\r", "\n\n")), {
          maxLength: 5,
        }),
        fc.integer({ min: -1, max: 400 }),
        (records, cut) => {
          let previous: string | null = null;
          let content = "";
          for (const [pairs, style, broken, ending] of records) {
            const [line, hash] = lineOf(pairs, style, previous, broken && pairs.length === 3);
            previous = hash;
            content += line + ending;
          }
          const bytes = Buffer.concat([Buffer.from(content), Buffer.alloc(1)]);
          const to = cut === -1 || cut >= bytes.length ? bytes.length - 1 : cut;
          bytes[to] = 0;
          const audit = (fast: boolean) => new SpanAuditor(fast).audit(bytes, 0, to, { offset: 0, first: true });
          expect(audit(true)).toEqual(audit(false));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("the fast way takes a record in any order of its keys, and each way of writing what the canonical form writes otherwise", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...names.slice(0, 6)), text), { selector: ([name]) => name }),
        (pairs) => {
          const [line, hash] = lineOf(
            pairs.map(([name, said]) => [`"${name}"`, said]),
            [", ", ": "],
            null,
            false,
          );
          const bytes = Buffer.from(`${line}\n\0`);
          expect(new FastRecords().judge(bytes, 0, null)).toBe(hash);
        },
      ),
    );
  });

  it("the fast way says nothing for what is wrong", () => {
    const [line] = lineOf(
      [
        ['"run_id"', '"r"'],
        ['"prompt"', '"é"'],
      ],
      [",", ":"],
      null,
      false,
    );
    const judge = (text: string, head: string | null = null) =>
      new FastRecords().judge(Buffer.from(`${text}\n\0`), 0, head);
    expect(judge(line)).not.toBeNull();
    for (const wrong of [
      line.replace("é", "e"),
      line.replace('"r"', '"r","r":0'),
      line.replace("null", '"x"'),
      line.replace(/.$/, ""),
      line.replace('"prompt"', '"signature":"x","prompt"'),
    ])
      expect(judge(wrong), wrong).toBeNull();
    expect(judge(line, "0".repeat(64))).toBeNull();
  });
});
