/** What of thegent's stands in a session directory at this moment. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "@/lib/clock";
import type { FileFormat } from "@/lib/thegent/records/format";
import { findFormat } from "@/lib/thegent/records/formats";
import { diskState, racyMs, type DiskState } from "@/lib/thegent/tail";

/** `disk` is null when the file was not looked at in this scan, because many are and each has its turn. */
export type Found = { path: string; format: FileFormat; disk: DiskState | null };

/** A directory of the source cannot be listed. The message is a sentence for people. */
export class DirectoryProblem extends Error {
  override readonly name = "DirectoryProblem";
}

/** Documents looked at in one scan; all lines files are. */
const documentsAtOnce = 250;
const statsAtOnce = 32;

type Listing = { stamp: string; files: string[]; directories: string[] };

export class Scanner {
  private readonly listings = new Map<string, Listing>();
  private turn = 0;

  constructor(
    private readonly root: string,
    private readonly clock: Clock,
  ) {}

  /** The source's directories, relative; the root is "". */
  directories(): string[] {
    return [...this.listings.keys()];
  }

  /** Every file of a known format. `hints` are paths that were just written, whose turn is now. Throws DirectoryProblem. */
  async scan(hints: ReadonlySet<string>): Promise<Found[]> {
    const top = await this.list("");
    const below = await Promise.all(top.directories.filter((name) => name !== "archive").map((name) => this.list(name)));
    for (const known of this.directories()) if (known && !top.directories.includes(known)) this.listings.delete(known);
    const found = [top, ...below].flatMap(({ files }) => files).flatMap((file) => {
      const format = findFormat(file);
      return format ? [{ path: file, format }] : [];
    });
    const due = this.whoseTurn(found, hints);
    const states = await inGroups(found, statsAtOnce, async (file) => (due.has(file.path) ? this.look(file.path) : null));
    return found.flatMap((file, at) => {
      const disk = states[at] ?? null;
      return disk === "none" ? [] : [{ ...file, disk }];
    });
  }

  private whoseTurn(found: readonly Omit<Found, "disk">[], hints: ReadonlySet<string>): Set<string> {
    const documents = found.filter(({ format }) => format.style === "document");
    const start = documents.length ? this.turn % documents.length : 0;
    this.turn = start + documentsAtOnce;
    const turn = [...documents.slice(start), ...documents.slice(0, start)].slice(0, documentsAtOnce);
    const always = found.filter(({ path: file, format }) => format.style === "lines" || hints.has(file));
    return new Set([...turn, ...always].map((file) => file.path));
  }

  /** "none" for what is not a file (any more). */
  async look(file: string): Promise<DiskState | "none"> {
    try {
      const stats = await stat(path.join(this.root, file), { bigint: true });
      return stats.isFile() || stats.isDirectory() ? diskState(stats) : "none";
    } catch (error) {
      if (codeOf(error) === "ENOENT") return "none";
      // What stands in the way shows when the file is opened.
      return { identity: "", size: 0, mtimeMs: 0, changeStamp: codeOf(error) };
    }
  }

  /** Lists a directory again only when it changed. */
  private async list(relative: string): Promise<Listing> {
    const directory = path.join(this.root, relative);
    try {
      const disk = diskState(await stat(directory, { bigint: true }));
      const known = this.listings.get(relative);
      const stamp = `${disk.identity} ${disk.changeStamp}`;
      if (known?.stamp === stamp) return known;
      const listing: Listing = { stamp: this.clock().getTime() - disk.mtimeMs < racyMs ? "" : stamp, files: [], directories: [] };
      for (const entry of await readdir(directory, { withFileTypes: true })) {
        const name = path.posix.join(relative, entry.name);
        const isDirectory = entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectoryAt(path.join(directory, entry.name))));
        if (!isDirectory || findFormat(name)) listing.files.push(name);
        else listing.directories.push(name);
      }
      this.listings.set(relative, listing);
      return listing;
    } catch (error) {
      if (relative && codeOf(error) === "ENOENT") return { stamp: "", files: [], directories: [] };
      throw new DirectoryProblem(saysOf(directory, codeOf(error)));
    }
  }
}

const isDirectoryAt = (place: string): Promise<boolean> => stat(place).then((stats) => stats.isDirectory(), () => false);

export const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? "");

function saysOf(directory: string, code: string): string {
  if (code === "ENOENT") return `The directory ${directory} is not there.`;
  if (code === "EACCES" || code === "EPERM") return `The directory ${directory} cannot be read: permission denied.`;
  if (code === "ENOTDIR") return `${directory} is not a directory.`;
  return `The directory ${directory} cannot be read (${code || "unknown error"}).`;
}

async function inGroups<In, Out>(items: readonly In[], size: number, work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (let at = 0; at < items.length; at += size) done.push(...(await Promise.all(items.slice(at, at + size).map(work))));
  return done;
}
