import fs from "node:fs";
import type { Env } from "@/lib/env";
import { StartError } from "@/lib/errors";
import { lockFile } from "@/lib/server/data-directory";
import { lockHolder } from "@/lib/server/lock";
import { rotateSecret } from "@/lib/server/secret";
import { exitCodes, type Io } from "../io";

/** `secret rotate`: a new secret is in force when this returns, and every session has ended. */
export async function runSecretRotate({ secret, dataDir }: Pick<Env, "secret" | "dataDir">, io: Io): Promise<number> {
  if (secret) throw new StartError("COCKPIT_SECRET is set in the environment, and nothing was done.", "Change it there, the same on every instance, and start them again: that ends all sessions.");
  if (!fs.existsSync(dataDir)) throw new StartError(`There is no cockpit in ${dataDir} yet, and nothing was done.`, "Run `npm start` once, or set COCKPIT_DATA_DIR.");
  const isRunning = () => lockHolder(lockFile(dataDir)) !== undefined;
  await rotateSecret(dataDir, isRunning);
  io.out("The secret was changed. All sessions have ended: everybody must sign in again.\n");
  return exitCodes.ok;
}
