import fs from "node:fs";

export type Process = { pid: number; command: string };

/** The living children of a process, as Linux lists them. */
export function childrenOf(parent: number): Process[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = fs.readFileSync(`/proc/${name}/stat`, "utf8");
        const [state, ppid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (state === "Z" || Number(ppid) !== parent) return [];
        return [{ pid: Number(name), command: fs.readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ") }];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}
