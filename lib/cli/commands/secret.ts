import fs from "node:fs";
import { v7 as uuidv7 } from "uuid";
import type { Env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";
import { lockFile } from "@/lib/server/data-directory";
import { lockHolder } from "@/lib/server/lock";
import { noteRotation, rotateSecret } from "@/lib/server/secret";
import { tellOfRotations } from "@/lib/server/tell-of-rotations";
import { exitCodes, type Io } from "./io";

type WithDatabase = (work: () => Promise<void>) => Promise<void>;

/**
 * `secret rotate`: a new secret is in force when this returns, and every session has ended. That is in the audit chain, or will be at the next
 * start, when its database cannot be reached: a secret that somebody else may have does not wait for that.
 */
export async function runSecretRotate(
  { secret, dataDir }: Pick<Env, "secret" | "dataDir">,
  io: Io,
  withDatabase: WithDatabase,
): Promise<number> {
  if (secret)
    throw new StartError(
      "COCKPIT_SECRET is set in the environment, and nothing was done.",
      "Change it there, the same on every instance, and start them again: that ends all sessions.",
    );
  if (!fs.existsSync(dataDir))
    throw new StartError(
      `There is no cockpit in ${dataDir} yet, and nothing was done.`,
      "Run `npm start` once, or set COCKPIT_DATA_DIR.",
    );
  const isRunning = () => lockHolder(lockFile(dataDir)) !== undefined;
  noteRotation(dataDir, { requestId: uuidv7(), changedAt: io.now().toISOString() });
  await rotateSecret(dataDir, isRunning);
  io.out("The secret was changed. All sessions have ended: everybody must sign in again.\n");
  try {
    await withDatabase(() => tellOfRotations(dataDir, io.now()));
  } catch (error) {
    io.err(
      `That is not in the audit chain yet, because the database cannot be reached (${(error as Error).message}). The next start will put it there.\n`,
    );
  }
  return exitCodes.ok;
}
