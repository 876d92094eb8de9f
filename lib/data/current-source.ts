import "server-only";
import fs from "node:fs";
import { v7 as uuidv7 } from "uuid";
import { env } from "@/lib/env";
import { db } from "./client";

let known: { directory: string; id: string } | undefined;
let chosen: string | undefined;

/** Points this process at a source; otherwise it is THGENT_SESSION_DIR, as the supervisor resolved it. */
export function useSource(directory: string): void {
  chosen = directory;
}

/** The source this deployment works on. Looked up once a process. */
export async function currentSourceId(): Promise<string> {
  const directory = chosen ?? env().sessionDir;
  if (!directory) throw new Error("THGENT_SESSION_DIR is not set in this process.");
  if (known?.directory === directory) return known.id;
  const source = await db().source.findUnique({ where: { directory }, select: { id: true } });
  if (!source) throw new Error("The session directory is not registered; start the cockpit with `npm start`.");
  known = { directory, id: source.id };
  return source.id;
}

/** Makes the source's row if it is new. `directory` must be absolute and without symbolic links (see resolveDirectory). */
export async function registerSource(directory: string, isSample: boolean, now: Date): Promise<string> {
  const { id } = await db().source.upsert({
    where: { directory },
    create: { id: uuidv7({ msecs: now.getTime() }), directory, isSample, createdAt: now },
    update: {},
    select: { id: true },
  });
  return id;
}

/** One directory has one name, however it was reached. */
export const resolveDirectory = (directory: string): string => fs.realpathSync(directory);
