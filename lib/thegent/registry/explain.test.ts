import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { everyLine } from "@/lib/thegent/python/lines";
import { explainRegistry } from "./explain";

const linesOf = (name: string) =>
  everyLine(readFileSync(`samples/tampered/${name}.jsonl`))
    .filter(({ blank }) => !blank)
    .map(({ number, bytes }) => ({ line: number, text: bytes.toString("utf8") }));
const pristine = linesOf("pristine");
const shown = (name: string, known = false) =>
  explainRegistry(linesOf(name), known ? pristine : []).map(
    ({ kind, lines: [from, to], severity }) => `${kind} ${from}-${to} ${severity}`,
  );

/** What a file is taken for by its chain alone, and beside the lines that were read before. */
const table: [string, string[], string[]][] = [
  ["pristine", [], []],
  ["array_line", ["inserted 76-76 suspicious"], ["inserted 76-76 tampering"]],
  ["ascii_escaped", [], []],
  ["blank_lines", [], []],
  ["bom", ["edited 1-1 harmless"], ["edited 1-1 harmless"]],
  ["crlf", [], []],
  ["deleted_first_line", ["removed 1-1 tampering"], ["removed 1-1 tampering"]],
  ["deleted_line", ["removed 76-76 tampering"], ["removed 76-76 tampering"]],
  ["duplicated_line", ["duplicated 77-77 tampering"], ["duplicated 77-77 tampering"]],
  ["edited_field", ["edited 54-54 tampering"], ["edited 54-54 tampering"]],
  ["edited_prompt", ["edited 51-51 tampering"], ["edited 51-51 tampering"]],
  ["edited_rehashed", ["removed 55-55 tampering"], ["edited 54-54 tampering"]],
  ["edited_whole_chain_rehashed", [], ["edited 54-54 tampering", "rewritten 55-150 tampering"]],
  ["empty_file", [], ["truncated 1-150 tampering"]],
  ["float_other_text", [], []],
  ["float_to_int", ["edited 88-88 tampering"], ["edited 88-88 tampering"]],
  ["garbage_line", ["inserted 76-76 suspicious"], ["inserted 76-76 tampering"]],
  ["inserted_hashed", ["forked 77-77 suspicious"], ["inserted 76-76 tampering"]],
  ["inserted_no_hash", ["inserted 76-76 tampering"], ["inserted 76-76 tampering"]],
  ["int_to_float", ["edited 5-5 tampering"], ["edited 5-5 tampering"]],
  ["invalid_utf8_byte", ["edited 76-76 tampering"], ["edited 76-76 tampering"]],
  ["keys_reordered", [], []],
  ["missing_hash", ["edited 76-76 tampering"], ["edited 76-76 tampering"]],
  ["null_hash", ["edited 76-76 tampering"], ["edited 76-76 tampering"]],
  ["prev_hash_null_mid", ["edited 76-76 tampering"], ["edited 76-76 tampering"]],
  ["reordered_lines", ["moved 76-78 tampering"], ["moved 76-77 tampering"]],
  ["torn_last_line", ["torn 150-150 harmless"], ["torn 150-150 harmless"]],
  ["truncated_tail", [], ["truncated 144-150 tampering"]],
];

describe("what happened to a registry", () => {
  it.each(table)("%s", (name, alone, beside) => {
    expect({ alone: shown(name), beside: shown(name, true) }).toEqual({ alone, beside });
  });

  it.each([
    ["pristine_confidence_nan", ["unhashable 2-2 harmless"]],
    ["pristine_crash_then_continue", ["torn 4-4 suspicious"]],
    ["pristine_feedback_nan", []],
    ["pristine_two_writers", ["forked 3-3 suspicious"]],
  ])("what nobody did on purpose is called no tampering, and has its innocent cause: %s", (name, found) => {
    expect(shown(name)).toEqual(found);
    expect(explainRegistry(linesOf(name)).every(({ innocent }) => innocent !== null)).toBe(true);
  });

  it("says what a line said before and says now, and whose run it is", () => {
    const [edited] = explainRegistry(linesOf("edited_field"), pristine);
    expect(edited).toMatchObject({
      runs: ["run_27b5775b"],
      before: pristine[53]!.text,
      now: linesOf("edited_field")[53]!.text,
    });
  });
});
