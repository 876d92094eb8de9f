/**
 * `npm run bench -- verify`: thegent's verdict on a registry of a million records, beside CPython doing the same and `sha256sum` merely reading
 * the file (where they are installed), in turns, so that whatever else the machine does meets all alike. Each runs as a process of its own, from
 * its start to its end; memory is the peak of the whole process. `npm run bench -- verify 100000` takes fewer records.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRegistryFile } from "@/lib/areas/audit/port";
import { registryLines } from "./registry-lines";

const rounds = 3;
const self = fileURLToPath(import.meta.url);

/** The check as a Python script would do it, with nothing but its standard library: parse, sort, hash, compare, and the signature. */
const python = `
import hashlib, json, sys
head, valid = None, 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        stored = record.pop("hash", None)
        body = json.dumps(record, sort_keys=True, separators=(",", ":"))
        if record.get("prev_hash") != head or hashlib.sha256(body.encode()).hexdigest() != stored:
            sys.exit("broken")
        signature = record.get("signature")
        if signature and record.get("event") != "finish":
            text = "|".join(str(record.get(key)) for key in ("run_id", "started_at_utc", "owner", "prompt"))
            if hashlib.sha256(text.encode()).hexdigest() != signature:
                sys.exit("broken")
        head = stored
        valid += 1
print(valid)
`;

const [first, ...rest] = process.argv.slice(2);
if (first === "--alone") await verifyAlone(rest[0]!);
else await measure(Number(first ?? 1_000_000));

async function verifyAlone(file: string): Promise<void> {
  const verdict = await verifyRegistryFile(file);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ status: verdict.status, peak }));
}

async function measure(records: number): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-bench-verify-"));
  try {
    const file = path.join(folder, "run_registry.jsonl");
    writeRegistry(file, records);
    console.error(
      `${records} records, ${(fs.statSync(file).size / 1e6).toFixed(0)} MB, ${os.availableParallelism()} processors`,
    );
    const commands: Record<string, [string, ...string[]]> = {
      cockpit: [process.execPath, "--conditions=react-server", "--import", "tsx", self, "--alone", file],
      python3: ["python3", "-c", python, file],
      sha256sum: ["sha256sum", file],
    };
    const times: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round++)
      for (const [name, command] of Object.entries(commands)) {
        const took = run(name, command);
        if (took !== null) (times[name] ??= []).push(took);
      }
    report(times);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function writeRegistry(file: string, records: number): void {
  const sample = fs.readFileSync("samples/session/run_registry.jsonl", "utf8");
  const fd = fs.openSync(file, "w");
  let batch: string[] = [];
  for (const line of registryLines(sample, records)) {
    batch.push(line, "\n");
    if (batch.length < 20_000) continue;
    fs.writeSync(fd, batch.join(""));
    batch = [];
  }
  fs.writeSync(fd, batch.join(""));
  fs.closeSync(fd);
}

/** Seconds; null: it is not installed. */
function run(name: string, [command, ...args]: [string, ...string[]]): number | null {
  const begun = performance.now();
  const { status, error, stdout } = spawnSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error && "code" in error && error.code === "ENOENT") return null;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stdout}`);
  const took = (performance.now() - begun) / 1000;
  console.error(`${name}: ${took.toFixed(2)} s ${stdout.trim().slice(0, 80)}`);
  return took;
}

function report(times: Record<string, number[]>): void {
  const middle = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
  const own = middle(times["cockpit"]!);
  console.log("| | median | ÷ cockpit |\n|---|---|---|");
  for (const [name, all] of Object.entries(times))
    console.log(`| ${name} | ${middle(all).toFixed(2)} s | ${(middle(all) / own).toFixed(2)} |`);
}
