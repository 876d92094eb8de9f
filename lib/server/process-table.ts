/** What the system says of other processes. Linux is read directly; elsewhere `ps` is asked. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** False for a process that has ended but was never waited for: in a container without an init it stays listed for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return statFields(pid)?.[0] !== "Z";
}

/** When a process began, in the system's own words; empty where it says nothing. With the number it names one process for good. */
export function beginning(pid: number): string {
  // Field 22 of the whole line, 20 of what follows the name.
  return statFields(pid)?.[19] ?? ps(pid, "lstart=");
}

/** The command a process was started with; empty where the system says nothing. */
export function commandOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ps(pid, "command=");
  }
}

export async function whenGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(100, undefined, { ref: false });
}

/** What follows the program's name, which is in parentheses and may itself hold spaces and parentheses. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  const { stdout } = spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" });
  return (stdout as string | null)?.trim() ?? "";
}
