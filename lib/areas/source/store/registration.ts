import "server-only";
import { v7 as uuidv7 } from "uuid";
import { db, type Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/**
 * Makes the source's row if it is new. `directory` must be absolute and without symbolic links: one directory has one name. It may have been
 * registered `formerly` under another, and stays what it was.
 */
export async function registerSource(
  _grant: Grant<"source.register">,
  directory: string,
  isSample: boolean,
  now: Date,
  formerly = directory,
): Promise<string> {
  const isKnown = (await db().source.count({ where: { directory } })) > 0;
  if (!isKnown) await db().source.updateMany({ where: { directory: formerly }, data: { directory } });
  const { id } = await db().source.upsert({
    where: { directory },
    create: { id: uuidv7({ msecs: now.getTime() }), directory, isSample, createdAt: now },
    update: {},
    select: { id: true },
  });
  return id;
}

export const listSources = (tx: Tx): Promise<{ directory: string; isSample: boolean }[]> =>
  tx.source.findMany({ select: { directory: true, isSample: true } });
