import fs from "node:fs";

/**
 * Which files that were opened under this name, in whatever directory, somebody still holds open for writing, as "device:inode".
 * Null when the system does not say for sure: no /proc, or processes of other accounts that cannot be looked into.
 */
export function filesOpenForWriting(name: string): Set<string> | null {
  const held = new Set<string>();
  try {
    for (const pid of fs.readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) addHeldBy(pid, name, held);
  } catch {
    return null;
  }
  return held;
}

function addHeldBy(pid: string, name: string, held: Set<string>): void {
  for (const fd of ignoreGone(() => fs.readdirSync(`/proc/${pid}/fd`)) ?? []) {
    const file = `/proc/${pid}/fd/${fd}`;
    const target = ignoreGone(() => fs.readlinkSync(file));
    if (!target?.includes(name)) continue;
    const flags = ignoreGone(
      () => /^flags:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/fdinfo/${fd}`, "latin1"))?.[1],
    );
    const isReadOnly = flags !== undefined && (Number.parseInt(flags, 8) & 3) === fs.constants.O_RDONLY;
    const stat = isReadOnly ? undefined : ignoreGone(() => fs.statSync(file, { bigint: true }));
    if (stat) held.add(`${stat.dev}:${stat.ino}`);
  }
}

/** A process or file that went away meanwhile holds nothing. */
function ignoreGone<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
