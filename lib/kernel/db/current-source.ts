import "server-only";
import { env } from "@/lib/kernel/env";
import { db, type Tx } from "./client";

let known: { directory: string; id: string } | undefined;
let chosen: string | undefined;

/** Points this process at a source; otherwise it is THGENT_SESSION_DIR, as the supervisor resolved it. */
export function useSource(directory: string): void {
  chosen = directory;
}

/** The source this deployment works on. Looked up once a process. */
export async function currentSourceId(tx: Tx | null = null): Promise<string> {
  const directory = chosen ?? env().sessionDir;
  if (!directory) throw new Error("THGENT_SESSION_DIR is not set in this process.");
  if (known?.directory === directory) return known.id;
  const source = await (tx ?? db()).source.findUnique({ where: { directory }, select: { id: true } });
  if (!source) throw new Error("The session directory is not registered; start the cockpit with `npm start`.");
  known = { directory, id: source.id };
  return source.id;
}

/** Every session directory that was ever registered here. */
export async function listSourceIds(): Promise<string[]> {
  const sources = await db().source.findMany({ select: { id: true }, orderBy: { createdAt: "asc" } });
  return sources.map(({ id }) => id);
}
