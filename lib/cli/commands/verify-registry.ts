import path from "node:path";
import { parseArgs } from "node:util";
import { verifyRegistryFile, type RegistryVerdict } from "@/lib/areas/audit/port";
import { sayMany } from "@/lib/kernel/words/quantities";
import { exitCodes, type Io } from "./io";

const usage = "Usage: cockpit verify registry FILE [--json]";

/** `verify registry FILE`: thegent's own verdict on a run registry, from the file alone. Exit 0 passed or empty, 1 failed, 2 where thegent's would raise. */
export async function runVerifyRegistry(args: string[], io: Io): Promise<number> {
  let options: { file: string; json: boolean };
  try {
    options = readArgs(args);
  } catch (error) {
    io.err(`${(error as Error).message}\n`);
    return exitCodes.usage;
  }
  const verdict = await verifyRegistryFile(options.file);
  io.out(options.json ? `${JSON.stringify(verdict, null, 2)}\n` : asText(verdict));
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

function readArgs(args: string[]): { file: string; json: boolean } {
  const { values, positionals } = parse(args);
  const [file, ...more] = positionals;
  if (!file || more.length) throw new Error(`Name one registry file. ${usage}`);
  // People name a file from where they stand, not from where the cockpit is installed.
  return { file: path.resolve(process.env.INIT_CWD ?? process.cwd(), file), json: values.json ?? false };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { json: { type: "boolean" } } });
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.\s/)[0]}. ${usage}`, { cause: error });
  }
}
