import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePythonJson } from "@/lib/thegent/python/json";
import { isObject, type JsonObject } from "@/lib/thegent/python/value";
import { recordHash, recordSignature } from "./registry-hash";

function read(line: string): JsonObject {
  const value = parsePythonJson(line);
  if (!isObject(value)) throw new Error("not an object");
  return value;
}
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n").map(read);
const wrongLines = (records: JsonObject[]) =>
  records.flatMap((record, index) => (record.get("hash") === recordHash(record) ? [] : [index + 1]));

/** FORMATS §1.1: invented data, real hashes. */
const exampleChain = [
  '{"event": "schema_version", "version": 1, "timestamp": "2026-03-01T09:00:00+00:00", "hash": "f7b8eff078ef8ea9335c5989026d3b012023e8c39ead760a1a050fa047e8b285"}',
  '{"run_id":"run_00000001","correlation_id":null,"agent":"claude","model":"haiku","mode":"write","prompt":"Café – 修 🌓","cwd":"/w","owner":"ana:shop","started_at_utc":"2026-03-01T09:00:01.250000+00:00","ended_at_utc":null,"duration_s":null,"exit_code":null,"status":"started","error_class":null,"signature":"c583f24995180fdb506c73f626fde66f55d81601f8c752f9e0de9c59af7d8cd2","policy_result":"allow","policy_reason":"All policies passed.","override_reason":null,"override_by":null,"rationale":null,"feedback_score":null,"feedback_note":null,"host":"h1","pid":4242,"is_background":false,"lane":"critical","idempotency_token":null,"confidence":1.0,"arbitration":null,"prev_hash":"f7b8eff078ef8ea9335c5989026d3b012023e8c39ead760a1a050fa047e8b285","hash":"aa192e0e529a9aba8fb6389fed98ac50e8131661f977c1afbd36717bb25ea838","route_contract":null,"route_request":null,"domain_tag":"gdpr","contract_version":"csm-v1"}',
  '{"run_id": "run_00000001", "event": "finish", "exit_code": 0, "status": "completed", "ended_at_utc": "2026-03-01T09:00:31+00:00", "duration_s": 1e-05, "error_class": null, "timestamp": "2026-03-01T09:00:31+00:00", "prev_hash": "aa192e0e529a9aba8fb6389fed98ac50e8131661f977c1afbd36717bb25ea838", "cost_usd": 1e+16, "hash": "e550d31d1e84f971ab5d4ceb461dacf9c3d7bc146a3a220366559b97fc4aa567"}',
];

describe("a registry record's hash", () => {
  it("is recomputed for all 483 lines of the sample (trap 1)", () => {
    const records = linesOf("samples/session/run_registry.jsonl");
    expect(records).toHaveLength(483);
    expect(wrongLines(records)).toEqual([]);
  });

  it("is recomputed for the example chain, floats and astral characters included", () => {
    const records = exampleChain.map(read);
    expect(wrongLines(records)).toEqual([]);
    expect(records.slice(1).map((record) => record.get("prev_hash"))).toEqual(
      records.slice(0, -1).map((record) => record.get("hash")),
    );
  });

  it.each(["blank_lines", "crlf", "keys_reordered", "ascii_escaped", "float_other_text"])(
    "does not depend on spelling (trap 1): %s",
    (name) => {
      const records = readFileSync(`samples/tampered/${name}.jsonl`, "utf8")
        .split(/\r?\n/)
        .filter((line) => line.trim())
        .map(read);
      expect(wrongLines(records)).toEqual([]);
    },
  );

  it.each(["int_to_float", "float_to_int", "edited_field"])(
    "depends on the value and its type (trap 1): %s",
    (name) => {
      expect(wrongLines(linesOf(`samples/tampered/${name}.jsonl`))).toHaveLength(1);
    },
  );

  it.each(["truncated_tail", "edited_whole_chain_rehashed"])(
    "cannot tell on its own that the end was cut or all was rewritten: the chain has no anchor (trap 2): %s",
    (name) => {
      const records = linesOf(`samples/tampered/${name}.jsonl`);
      expect(wrongLines(records)).toEqual([]);
      expect(records.slice(1).map((record) => record.get("prev_hash"))).toEqual(
        records.slice(0, -1).map((record) => record.get("hash")),
      );
      expect(readFileSync(`samples/tampered/${name}.jsonl`)).not.toEqual(
        readFileSync("samples/tampered/pristine.jsonl"),
      );
    },
  );

  it("mismatches for a NaN confidence, which was hashed as NaN and stored as null (trap 3)", () => {
    expect(wrongLines(linesOf("samples/tampered/pristine_confidence_nan.jsonl"))).toHaveLength(1);
  });

  it("matches for a NaN feedback score, though the line is not standard JSON (trap 3)", () => {
    const text = readFileSync("samples/tampered/pristine_feedback_nan.jsonl", "utf8");
    expect(() =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toThrow();
    expect(wrongLines(text.trimEnd().split("\n").map(read))).toEqual([]);
  });

  it("leaves the record as it was", () => {
    const record = read(exampleChain[0] ?? "");
    recordHash(record);
    expect(record.has("hash")).toBe(true);
  });
});

describe("a start record's signature", () => {
  it("is recomputed for every signed start of the sample", () => {
    const signed = linesOf("samples/session/run_registry.jsonl").filter(
      (record) => typeof record.get("signature") === "string",
    );
    expect(signed.length).toBeGreaterThan(100);
    expect(signed.filter((record) => record.get("signature") !== recordSignature(record))).toEqual([]);
  });

  it("renders what is missing as Python's None", () => {
    // sha256 of "r|None|None|True"
    const signature = "2c35d7e5488d3e2ca0c25368fc80cc72875a540c56416770f9d3c5246331ae7d";
    expect(recordSignature(read('{"run_id":"r","owner":null,"prompt":true}'))).toBe(signature);
  });
});
