import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, dumps, parsePythonJson, PythonJsonError, strictJson } from "./json";
import { compareCodePoints, isObject, type JsonValue } from "./value";

type Vectors = {
  numbers: [string, string][];
  strings: [string, string][];
  objects: [string, string][];
  parser: [string, string][];
  small_lines_sha256_and_hash: [string, string][];
};
const vectors = JSON.parse(readFileSync("samples/expected/python-json-vectors.json", "utf8")) as Vectors;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Two vectors are too long to be written out and only described. */
function parserInput(text: string): string {
  const described = /^<(\d+) chars starting '(.*)'>$/.exec(text);
  if (!described) return text;
  const length = Number(described[1]);
  const start = described[2] ?? "";
  if (start.startsWith("[")) return "[".repeat(length / 2) + "]".repeat(length / 2);
  return start.startsWith("9") ? "9".repeat(length) : `1${"0".repeat(length - 1)}`;
}

describe("Python's JSON", () => {
  it("writes every number as Python does", () => {
    for (const [text, expected] of vectors.numbers) expect(canonical(parsePythonJson(text)), text).toBe(expected);
  });

  it("writes every string as Python does", () => {
    for (const [text, expected] of vectors.strings) expect(canonical(parsePythonJson(text)), text).toBe(expected);
  });

  it("sorts keys by code point, lets the last duplicate win and knows no magic keys", () => {
    for (const [text, expected] of vectors.objects) expect(canonical(parsePythonJson(text)), text).toBe(expected);
  });

  it.each(vectors.parser)("is as strict as Python about %j", (text, verdict) => {
    const read = () => parsePythonJson(parserInput(text));
    if (verdict === "accepts") expect(read).not.toThrow();
    else expect(read).toThrow(PythonJsonError);
  });

  it("hashes the sample registry's lines to the recorded hashes", () => {
    const lines = readFileSync("samples/session/run_registry.jsonl", "utf8").split("\n");
    const byDigest = new Map(lines.map((line) => [sha256(line), line]));
    for (const [digest, hash] of vectors.small_lines_sha256_and_hash) {
      const value = parsePythonJson(byDigest.get(digest) ?? "");
      if (!isObject(value)) throw new Error("the line is not an object");
      value.delete("hash");
      expect(sha256(canonical(value))).toBe(hash);
    }
  });

  it("keeps the first place and the last value of a duplicate key, as a Python dict does", () => {
    expect(dumps(parsePythonJson('{"a":1,"b":2,"a":3}'))).toBe('{"a": 3, "b": 2}');
  });

  it.each([
    ["[1,[2,[3]]]", "[1, [2, [3]]]"],
    ['{"b":"é","a":[{}]}', '{"b": "\\u00e9", "a": [{}]}'],
    ["[1E400,-0,-0.0,1e5]", "[Infinity, 0, -0.0, 100000.0]"],
    ['"\\ud83d\\ude00 \\ud83d \\u0000 /"', '"\\ud83d\\ude00 \\ud83d \\u0000 /"'],
  ])("dumps %s as %s", (text, expected) => expect(dumps(parsePythonJson(text))).toBe(expected));

  it("gives strict JSON with numbers as written, and NaN and Infinity as strings", () => {
    const text = '{"x": NaN, "y": [-Infinity, 1.50, 1E5], "x\\u0000": "\\ud800é"}';
    expect(strictJson(parsePythonJson(text))).toBe('{"x":"NaN","y":["-Infinity",1.50,1E5],"x\\u0000":"\\ud800é"}');
    expect(() => JSON.parse(strictJson(parsePythonJson(text))) as unknown).not.toThrow();
  });

  it("refuses nesting of any depth without overflowing the stack", () => {
    expect(() => parsePythonJson("[".repeat(994) + "]".repeat(994))).not.toThrow();
    expect(() => parsePythonJson('{"a":'.repeat(5_000_000))).toThrow("nested too deeply");
  });

  it("says where and why", () => {
    expect(() => parsePythonJson('{"a": 1 "b": 2}')).toThrow("a comma or a closing brace is missing at character 9");
    expect(() => parsePythonJson('{"a')).toThrow("a text is not closed");
  });
});

describe("properties", () => {
  const plain = (value: JsonValue): unknown => JSON.parse(strictJson(value));

  it("reads whatever JSON.stringify writes, to the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(plain(parsePythonJson(text))).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  it("accepts and refuses what JSON.parse does, Python's three words apart", () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "\\",
      "\\u00e9",
      "0",
      "-",
      "1.5",
      "e+2",
      "true",
      "null",
      " ",
      "a",
      "\u0001",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 9 }), (tokens) => {
        const accepts = (read: () => unknown) => {
          try {
            read();
            return true;
          } catch {
            return false;
          }
        };
        const text = tokens.join("");
        expect(accepts(() => parsePythonJson(text))).toBe(accepts(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 2000 },
    );
  });

  it("finds dumps and canonical to mean the same value, and to be fixed points", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = parsePythonJson(JSON.stringify(value));
        expect(dumps(parsePythonJson(dumps(read)))).toBe(dumps(read));
        expect(canonical(parsePythonJson(dumps(read)))).toBe(canonical(read));
      }),
    );
  });

  it("orders strings as their code points, lone surrogates too", () => {
    const text = fc
      .array(fc.constantFrom("a", "\ud83d", "\ude00", "\ue000", "\uffff", "b"), { maxLength: 4 })
      .map((parts) => parts.join(""));
    const points = (value: string) =>
      Array.from(value, (char) =>
        String.fromCharCode(0x100 + Math.floor(char.codePointAt(0)! / 0x1000), char.codePointAt(0)! % 0x1000),
      );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [points(a).join(""), points(b).join("")];
        expect(Math.sign(compareCodePoints(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });
});
