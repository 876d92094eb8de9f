import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { verifyRegistryFile, type RegistryVerdict } from "@/lib/areas/audit/port";
import { everyLine } from "@/lib/thegent/python/lines";
import { explainRegistry, type RegistryFinding, type RegistryLine } from "@/lib/thegent/registry/explain";
import { sayMany } from "@/lib/kernel/words/quantities";
import { exitCodes, type Io } from "./io";

type Options = { file: string; json: boolean; explain: boolean; before: string | null };

const usage = "Usage: cockpit verify registry FILE [--json] [--explain [--before FILE]]";

/** `verify registry FILE`: thegent's own verdict on a run registry, from the file alone. Exit 0 passed or empty, 1 failed, 2 where thegent's would raise. */
export async function runVerifyRegistry(args: string[], io: Io): Promise<number> {
  let options: Options;
  try {
    options = readArgs(args);
  } catch (error) {
    io.err(`${(error as Error).message}\n`);
    return exitCodes.usage;
  }
  const verdict = await verifyRegistryFile(options.file);
  const findings = options.explain && verdict.status !== "unreadable" ? explain(options.file, options.before) : null;
  const told = findings === null ? verdict : { ...verdict, findings };
  io.out(
    options.json ? `${JSON.stringify(told, null, 2)}\n` : asText(verdict) + (findings ?? []).map(sayFinding).join(""),
  );
  if (verdict.status === "unreadable") return exitCodes.usage;
  return verdict.status === "failed" ? exitCodes.negative : exitCodes.ok;
}

/** What the file says is text: it moves no cursor. */
const oneLine = (text: string): string => text.replace(/\p{C}+/gu, " ").slice(0, 500);

function asText(verdict: RegistryVerdict): string {
  if (verdict.status === "unreadable") return `unreadable: ${oneLine(verdict.reason)}\n`;
  const { status, valid_count, corrupt_count, chain_broken, issues } = verdict;
  const chain = chain_broken ? "the chain is broken" : "the chain is whole";
  return [
    `${status}: ${sayMany(valid_count, "record")} valid, ${corrupt_count} corrupt, ${chain}`,
    ...issues.map((issue) => `  ${oneLine(issue)}`),
    "",
  ].join("\n");
}

/** `before`: the same registry as it was kept elsewhere. An explanation holds all lines in memory. */
function explain(file: string, before: string | null): RegistryFinding[] {
  return explainRegistry(linesOf(file), before === null ? [] : linesOf(before));
}

function linesOf(file: string): RegistryLine[] {
  if (!existsSync(file)) return [];
  const lines = everyLine(readFileSync(file)).filter(({ blank }) => !blank);
  return lines.map(({ number, bytes }) => ({ line: number, text: bytes.toString("utf8") }));
}

function sayFinding({ kind, lines: [from, to], severity, says, innocent }: RegistryFinding): string {
  const where = from === to ? `line ${from}` : `lines ${from} to ${to}`;
  return oneLine(`${kind}, ${where} (${severity}): ${says}${innocent ? ` Innocently: ${innocent}` : ""}`) + "\n";
}

function readArgs(args: string[]): Options {
  const { values, positionals } = parse(args);
  const [file, ...more] = positionals;
  if (!file || more.length) throw new Error(`Name one registry file. ${usage}`);
  // People name a file from where they stand, not from where the cockpit is installed.
  const resolve = (name: string) => path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
  const before = values.before === undefined ? null : resolve(values.before);
  return { file: resolve(file), json: values.json ?? false, explain: values.explain ?? before !== null, before };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: "boolean" }, explain: { type: "boolean" }, before: { type: "string" } },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.\s/)[0]}. ${usage}`, { cause: error });
  }
}
