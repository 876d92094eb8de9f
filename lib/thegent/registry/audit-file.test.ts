import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRegistryFile } from "./audit-file";

type Case = { result: Record<string, unknown>; exit: number };
const { cases } = JSON.parse(readFileSync("samples/expected/tampered.json", "utf8")) as { cases: Record<string, Case> };

/** What the recorded answer says, in ours: where thegent raised, it is unreadable for that reason. */
const expected = ({ result }: Case) =>
  "exception" in result
    ? { status: "unreadable", reason: `${String(result["exception"])}: ${String(result["message"])}` }
    : result;

describe("thegent's verdict on a registry", () => {
  it.each(Object.entries(cases))("is thegent's own: %s", async (name, found) => {
    expect(await auditRegistryFile(`samples/tampered/${name}.jsonl`)).toEqual(expected(found));
  });

  it.each([
    [1, /^pristine_/],
    [700, /./],
    [5000, /./],
  ])("is the same from pieces of %d bytes, each judged on its own", async (rangeBytes, names) => {
    for (const [name, found] of Object.entries(cases).filter(([name]) => names.test(name)))
      expect(await auditRegistryFile(`samples/tampered/${name}.jsonl`, { rangeBytes }), name).toEqual(expected(found));
  });

  it("is the same from several threads", async () => {
    for (const name of ["reordered_lines", "invalid_utf8_byte", "pristine"]) {
      const verdict = await auditRegistryFile(`samples/tampered/${name}.jsonl`, { rangeBytes: 4000, threads: 2 });
      expect(verdict, name).toEqual(expected(cases[name]!));
    }
  });

  it("is thegent's own on the sample", async () => {
    const wanted = JSON.parse(readFileSync("samples/expected/sample-verify.json", "utf8")) as unknown;
    expect(await auditRegistryFile("samples/session/run_registry.jsonl")).toEqual(wanted);
  });

  it("is empty for a file that is not there, and no verdict for a directory", async () => {
    expect(await auditRegistryFile("samples/nothing.jsonl")).toMatchObject({ status: "empty", valid_count: 0 });
    expect(await auditRegistryFile("samples")).toMatchObject({ status: "unreadable" });
  });
});

describe("lines that are in no sample", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "cockpit-registry-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  async function audit(content: string | Buffer) {
    const file = path.join(directory, "run_registry.jsonl");
    writeFileSync(file, content);
    return auditRegistryFile(file);
  }
  async function issues(content: string | Buffer) {
    const verdict = await audit(content);
    return verdict.status === "unreadable" ? verdict : verdict.issues;
  }

  // What CPython 3.11.7 answered.
  it.each([
    ['{"a":1\n', "Expecting ',' delimiter: line 2 column 1 (char 7)"],
    ['{"a":1', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
    ['{"😀":"x\n', "Invalid control character at: line 1 column 8 (char 7)"],
    ['{"a":"\\u12"}', "Invalid \\uXXXX escape: line 1 column 8 (char 7)"],
    ['"\\u1234', "Invalid \\uXXXX escape: line 1 column 3 (char 2)"],
    ["\u00a0{}", "Expecting value: line 1 column 1 (char 0)"],
    ["7", "'int' object has no attribute 'get'"],
    ["1e5", "'float' object has no attribute 'get'"],
    ["NaN\n", "'float' object has no attribute 'get'"],
    ["null", "'NoneType' object has no attribute 'get'"],
    ["false", "'bool' object has no attribute 'get'"],
    ['""', "'str' object has no attribute 'get'"],
    ["{} x", "Extra data: line 1 column 4 (char 3)"],
    [
      "9".repeat(4301),
      "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit",
    ],
    ['{"a":'.repeat(5000), "maximum recursion depth exceeded while decoding a JSON object from a unicode string"],
    ["[".repeat(5000), "maximum recursion depth exceeded while decoding a JSON array from a unicode string"],
  ])("tells in Python's words why a line is none: %j", async (line, says) => {
    expect(await issues(line)).toEqual([`Line 1: JSON decode error: ${says}`]);
  });

  it.each([
    ['{"run_id":null}', ["Line 1: Missing hash for record None"]],
    ['{"hash":0}', ["Line 1: Missing hash for record unknown"]],
    [
      '{"run_id":["it\'s",1.50,true],"prev_hash":{"k":null},"hash":"x"}\n{"prev_hash":"x","hash":1}\n{"prev_hash":1.0,"hash":NaN}\n{"prev_hash":NaN}',
      [
        "Line 1: Chain broken for [\"it's\", 1.5, True]. Expected prev_hash None, got {'k': None}",
        'Line 1: Hash mismatch for record ["it\'s", 1.5, True]',
        "Line 2: Hash mismatch for record unknown",
        "Line 3: Hash mismatch for record unknown",
        "Line 4: Chain broken for unknown. Expected prev_hash nan, got nan",
        "Line 4: Missing hash for record unknown",
      ],
    ],
    [
      '{"signature":"x"}\n{"hash":"x","signature":"x"}\n{"prev_hash":"x","signature":"x"}',
      [
        "Line 1: Missing hash for record unknown",
        "Line 1: JSON decode error: cannot access local variable 'expected_hash' where it is not associated with a value",
        "Line 2: Hash mismatch for record unknown",
        "Line 3: Missing hash for record unknown",
      ],
    ],
    [
      '{"hash":"x","signature":"x","prompt":"a\\ud800\\udbff"}\n{"hash":"x","signature":"x","owner":"\\ud800"}',
      [
        "Line 1: Hash mismatch for record unknown",
        "Line 1: JSON decode error: 'utf-8' codec can't encode characters in position 16-17: surrogates not allowed",
        "Line 2: Hash mismatch for record unknown",
        "Line 2: JSON decode error: 'utf-8' codec can't encode character '\\ud800' in position 10: surrogates not allowed",
      ],
    ],
  ])("judges strange values as Python does: %j", async (content, says) => expect(await issues(content)).toEqual(says));

  it("ends lines at LF, CRLF and CR, not at U+2028, and skips lines that str.strip empties", async () => {
    expect(await issues("\r\n\n \t\u00a0\u2028\u0085\r[]\r[]\r\n[]")).toEqual(
      [4, 5, 6].map((line) => `Line ${line}: JSON decode error: 'list' object has no attribute 'get'`),
    );
  });

  it("says of invalid UTF-8 what Python says, with the position in its block of 8192 bytes", async () => {
    const block = "[]\n".repeat(2730) + "\n";
    const reason = async (bytes: number[]) =>
      audit(Buffer.concat([Buffer.from(block), Buffer.from(bytes)])) as Promise<unknown>;
    const says = (what: string) => ({
      status: "unreadable",
      reason: `UnicodeDecodeError: 'utf-8' codec can't decode ${what}`,
    });
    expect(await reason([0x61, 0xff])).toEqual(says("byte 0xff in position 0: invalid start byte"));
    expect(await reason([0x61, 0x62, 0xe2, 0x82])).toEqual(says("bytes in position 0-1: unexpected end of data"));
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    const file = "samples/tampered/pristine.jsonl";
    await expect(auditRegistryFile(file, { signal: stop.signal })).rejects.toThrow("enough");
    await expect(auditRegistryFile(file, { signal: stop.signal, threads: 1 })).rejects.toThrow("enough");
  });
});
