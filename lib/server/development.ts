/** `npm run dev`: what a change of our code starts again. Pages follow by themselves: that is Next's doing. */
import fs from "node:fs";
import path from "node:path";
import { Notices } from "@/lib/areas/source/ingest/notices";

export type ProcessName = "worker" | "web";

const notRun = /\.test\.tsx?$|^lib\/(testing|cli|auth|composition|kernel\/(query|live)|areas\/[^/]+\/queries)\//;

/** Which process runs a file of ours, its path from the repository's root, without seeing that it changed. Null: none does. */
export function runnerOf(file: string): ProcessName | null {
  if (notRun.test(file)) return null;
  if (/^lib\/server\/[^/]+\.mjs$/.test(file)) return "web";
  return /^lib\/.+\.(ts|json)$/.test(file) ? "worker" : null;
}

/** Tells of each changed file that a process must be started again for, until it is ended. */
export function watchCode(root: string, tell: (name: ProcessName, file: string) => void): { end(): void } {
  const notices = new Notices(root, () => {
    const changed = [...notices.take()].sort();
    for (const name of ["worker", "web"] as const) {
      const file = changed.find((one) => runnerOf(one) === name);
      if (file) tell(name, file);
    }
    watch();
  });
  let ended = false;
  const watch = () => void (ended || notices.watchOnly(foldersIn(root, "lib")));
  watch();
  return {
    end() {
      ended = true;
      notices.close();
    },
  };
}

/** A folder with all below it, relative to the root. What goes while it is looked at has no folders; that it went is told, too. */
function foldersIn(root: string, folder: string): string[] {
  try {
    const below = fs
      .readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory());
    return [folder, ...below.flatMap(({ name }) => foldersIn(root, `${folder}/${name}`))];
  } catch {
    return [];
  }
}
