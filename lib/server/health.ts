import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";

const patienceMs = 60_000;

/** Comes back when the web answers that it is well, or when `gaveUp` because everything ends. Refuses with a StartError. */
export async function waitUntilHealthy(
  env: Env,
  { gaveUp, ending, logPath }: { gaveUp(): boolean; ending(): boolean; logPath: string },
): Promise<void> {
  const until = performance.now() + patienceMs;
  let last = "no answer";
  while (!ending()) {
    const answer = await ask(`${ownAddress(env)}/api/health`);
    if (answer.ok) return;
    last = answer.says;
    if (gaveUp() || performance.now() > until)
      throw new StartError(`The web process does not get well: ${lastLine(logPath) || last}.`, `See ${logPath}.`);
    await sleep(100);
  }
}

/** Where this machine reaches the web: an address that means every interface is not one to ask. */
function ownAddress({ host, port }: Pick<Env, "host" | "port">): string {
  const asked = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${asked.includes(":") ? `[${asked}]` : asked}:${port}`;
}

async function ask(url: string): Promise<{ ok: boolean; says: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const says = `health answers ${response.status}`;
    await response.body?.cancel();
    return { ok: response.ok, says };
  } catch (error) {
    return { ok: false, says: (error as Error).message };
  }
}

function lastLine(file: string): string {
  if (!fs.existsSync(file)) return "";
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").at(-1)?.slice(0, 300) ?? "";
}
