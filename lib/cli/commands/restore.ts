import { reschedule } from "@/lib/server/jobs/reschedule";
import { closeDatabase, useDatabase } from "@/lib/kernel/db/client";
import { sayMany } from "@/lib/kernel/words/quantities";
import { BackupRefused } from "@/lib/server/backup-file";
import { restore, withBackup, type CheckedBackup } from "@/lib/server/restore";
import { oneFile } from "./backup";
import { exitCodes, type Io } from "./io";

const flag = "--broken-chain";
const usage = `Usage: cockpit restore FILE [${flag}]`;

/** Runs something on the database, which is made where it is not there yet. */
type Database = <T>(work: (url: string) => Promise<T>) => Promise<T>;

/** `restore FILE`: into an empty database, whole or not at all; says whether the audit chain in it is whole. */
export async function runRestore(args: string[], io: Io, database: Database): Promise<number> {
  const file = oneFile(
    args.filter((arg) => arg !== flag),
    io,
    usage,
  );
  if (file === null) return exitCodes.usage;
  try {
    const into = async (url: string, backup: CheckedBackup) => {
      const restored = await restore(url, backup, { brokenChain: args.includes(flag) });
      await useDatabase(url, 2);
      await reschedule().finally(closeDatabase);
      return restored;
    };
    const { header, chain } = await withBackup(file, (backup) => database((url) => into(url, backup)));
    io.out(`Restored what ${file} holds as of ${header.at}.\n`);
    io.out(
      `${chain.status}: the audit chain has ${sayMany(chain.events, "event")}, head ${chain.head.seq}:${chain.head.hash}${chain.status === "passed" ? ", as in the backup" : ""}.\n`,
    );
    for (const { seq, kind, says } of chain.findings) io.out(`  event ${seq} ${kind}: ${says}\n`);
    return chain.status === "passed" ? exitCodes.ok : exitCodes.negative;
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    io.err(`${file} was not restored. ${error.message}\n`);
    return exitCodes.negative;
  }
}
