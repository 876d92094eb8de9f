import { dumps, parsePythonJson, strictJson } from "@/lib/thegent/python/json";
import { isObject, type JsonObject } from "@/lib/thegent/python/value";
import { recordHash, recordSignature } from "@/lib/thegent/records/registry-hash";

/**
 * A registry of `count` lines with an unbroken chain: the sample's records over and over, each time for other runs. `sample` is
 * the text of a run_registry.jsonl whose first line is the schema marker.
 */
export function* registryLines(sample: string, count: number): Generator<string> {
  const [marker, ...records] = sample.split("\n").filter(Boolean).map(toObject);
  yield dumps(marker!);
  let previous = marker!.get("hash")!;
  for (let made = 1; made < count; made++) {
    const record: JsonObject = new Map(records[(made - 1) % records.length]);
    const runId = record.get("run_id");
    if (typeof runId === "string") record.set("run_id", `${runId}_${Math.floor((made - 1) / records.length)}`);
    if (typeof record.get("signature") === "string") record.set("signature", recordSignature(record));
    record.set("prev_hash", previous);
    previous = recordHash(record);
    record.set("hash", previous);
    // Starts are written by a model: compact, and non-ASCII as it is.
    yield record.has("event") ? dumps(record) : strictJson(record);
  }
}

function toObject(line: string): JsonObject {
  const value = parsePythonJson(line);
  if (!isObject(value)) throw new Error("The sample holds a line that is no object.");
  return value;
}
