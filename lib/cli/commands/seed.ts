import fs from "node:fs";
import { v7 as uuidv7 } from "uuid";
import { beginScene } from "@/lib/areas/source/acts/play-scene";
import { useSource } from "@/lib/kernel/db/current-source";
import type { Env } from "@/lib/kernel/env";
import { isCockpitError } from "@/lib/kernel/errors";
import { sampleDirectory } from "@/lib/server/session-directory";
import { scenes } from "@/prisma/seed/scenes";
import { exitCodes, type Io } from "./io";

export { scenes };

export function listScenes(io: Io): number {
  for (const [name, { says }] of Object.entries(scenes)) io.out(`${name}\t${says}\n`);
  return exitCodes.ok;
}

/** Plays a scene on the session directory that this cockpit works on; refused, and nothing written, where that is not the sample's. */
export async function runSeed(
  name: string,
  { sessionDir, dataDir }: Pick<Env, "sessionDir" | "dataDir">,
  io: Io,
): Promise<number> {
  const named = sessionDir ?? sampleDirectory(dataDir);
  const directory = fs.existsSync(named) ? fs.realpathSync(named) : named;
  const when = { now: io.now(), requestId: uuidv7() };
  try {
    const people = await beginScene(when, name, directory);
    useSource(directory);
    io.out(`${await scenes[name]!.play({ ...when, people, directory })}\n`);
    return exitCodes.ok;
  } catch (error) {
    if (!isCockpitError(error)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.negative;
  }
}
