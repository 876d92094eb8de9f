import { parseArgs } from "node:util";
import path from "node:path";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { backUp } from "@/lib/server/backup";
import { exitCodes, type Io } from "./io";

const usage = "Usage: cockpit backup FILE";

/** People name a file from where they stand, not from where the cockpit is installed. */
const fromWhereTheyStand = (file: string): string => path.resolve(process.env.INIT_CWD ?? process.cwd(), file);

/** `backup FILE`: everything in the cockpit's database, from one snapshot, while it runs. */
export async function runBackup(args: string[], io: Io, url: string): Promise<number> {
  const file = oneFile(args, io, usage);
  if (file === null) return exitCodes.usage;
  const { at, head, tables, rows, bytes } = await backUp(url, file, io.now());
  io.out(
    `${file}: ${sayMany(rows, "row")} of ${sayMany(tables, "table")} as of ${at}, ${sayCount(bytes)} bytes, head ${head.seq}:${head.hash}\n`,
  );
  return exitCodes.ok;
}

/** The one file that the arguments name; null when they do not, and that was said. */
export function oneFile(args: string[], io: Io, says: string): string | null {
  try {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    if (positionals.length !== 1) throw new Error(positionals.length ? "Only one file is taken." : "Which file?");
    return fromWhereTheyStand(positionals[0]!);
  } catch (error) {
    io.err(`${(error as Error).message}\n${says}\n`);
    return null;
  }
}
