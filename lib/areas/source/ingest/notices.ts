import { watch, type FSWatcher } from "node:fs";
import path from "node:path";

/** Notices of a busy writer come in swarms. */
const restMs = 50;
const mostWatched = 200;

/** The file system's notices of changes in a few directories. They may be late, limited or missing: they only shorten a wait. */
export class Notices {
  private readonly watchers = new Map<string, FSWatcher>();
  private paths = new Set<string>();
  private resting = false;

  constructor(
    private readonly root: string,
    private readonly tell: () => void,
  ) {}

  /** The paths, relative to the root, that were written since the last call. */
  take(): Set<string> {
    const taken = this.paths;
    this.paths = new Set();
    return taken;
  }

  /** Watches these directories, relative to the root, and no others. */
  watchOnly(directories: readonly string[]): void {
    const wanted = new Set(directories.slice(0, mostWatched));
    for (const relative of this.watchers.keys()) if (!wanted.has(relative)) this.drop(relative);
    for (const relative of wanted) {
      if (this.watchers.has(relative)) continue;
      try {
        const watcher = watch(path.join(this.root, relative), (_, name) => this.notice(relative, name));
        this.watchers.set(
          relative,
          watcher.on("error", () => this.drop(relative)),
        );
      } catch {
        return; // The system's limit, or a directory that has just gone.
      }
    }
  }

  close(): void {
    for (const relative of [...this.watchers.keys()]) this.drop(relative);
  }

  private drop(relative: string): void {
    this.watchers.get(relative)?.close();
    this.watchers.delete(relative);
  }

  private notice(relative: string, name: string | null): void {
    if (name) this.paths.add(path.posix.join(relative, name));
    if (this.resting) return;
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      this.tell();
    }, restMs).unref();
  }
}
