/** What of thegent's stands in a session directory at this moment. */
import { lstat, stat } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "@/lib/kernel/time";
import { FileRefused, listInside, refusalOf } from "@/lib/thegent/files/open-inside";
import { diskState, racyMs, type DiskState } from "@/lib/thegent/files/tail";
import type { FileFormat } from "@/lib/thegent/records/format";
import { findFormat } from "@/lib/thegent/records/formats";

/** `disk` is null when the file was not looked at in this scan, because many are and each has its turn. */
export type Found = { path: string; format: FileFormat; disk: DiskState | null };

/** `amiss`: what else of the source cannot be looked into, by path, each with a sentence for people. It says nothing of the rest. */
export type Scan = { found: Found[]; amiss: ReadonlyMap<string, string> };

/** The source itself cannot be listed. The message is a sentence for people. */
export class DirectoryProblem extends Error {
  override readonly name = "DirectoryProblem";
}

/** Documents looked at in one scan; all lines files are. */
const documentsAtOnce = 250;
const statsAtOnce = 32;

type Listing = { stamp: string; files: string[]; directories: string[]; refused: [path: string, says: string][] };

const nothing: Listing = { stamp: "", files: [], directories: [], refused: [] };

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
  async scan(hints: ReadonlySet<string>): Promise<Scan> {
    const top = await this.list("").catch((error: unknown) => {
      throw new DirectoryProblem(saysOf(this.root, codeOf(error)));
    });
    const amiss = new Map(top.refused);
    const below = await Promise.all(
      top.directories.filter((name) => name !== "archive").map((name) => this.listPart(name, amiss)),
    );
    for (const known of this.directories()) if (known && !top.directories.includes(known)) this.listings.delete(known);
    const found = [top, ...below]
      .flatMap(({ files }) => files)
      .flatMap((file) => {
        const format = findFormat(file);
        return format ? [{ path: file, format }] : [];
      });
    const due = this.whoseTurn(found, hints);
    const states = await inGroups(found, statsAtOnce, async (file) =>
      due.has(file.path) ? this.look(file.path) : null,
    );
    const there = found.flatMap((file, at) => {
      const disk = states[at] ?? null;
      return disk === "none" ? [] : [{ ...file, disk }];
    });
    return { found: there, amiss };
  }

  private whoseTurn(found: readonly Omit<Found, "disk">[], hints: ReadonlySet<string>): Set<string> {
    const documents = found.filter(({ format }) => format.style === "document");
    const start = documents.length ? this.turn % documents.length : 0;
    this.turn = start + documentsAtOnce;
    const turn = [...documents.slice(start), ...documents.slice(0, start)].slice(0, documentsAtOnce);
    const always = found.filter(({ path: file, format }) => format.style === "lines" || hints.has(file));
    return new Set([...turn, ...always].map((file) => file.path));
  }

  /** "none" for what is not there (any more). */
  async look(file: string): Promise<DiskState | "none"> {
    try {
      const stats = await lstat(path.join(this.root, file), { bigint: true });
      // What is no file is told when it is opened, and has no size that could be read.
      return stats.isFile() ? diskState(stats) : { ...diskState(stats), identity: "", size: 0 };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return "none";
      // What stands in the way shows when the file is opened.
      return { identity: "", size: 0, mtimeMs: 0, changeStamp: codeOf(error) };
    }
  }

  /** A part's trouble is the part's. */
  private async listPart(relative: string, amiss: Map<string, string>): Promise<Listing> {
    try {
      return await this.list(relative);
    } catch (error) {
      this.listings.delete(relative);
      // Gone, or not a directory any more, since the directory above was listed: that shows in the next scan.
      if (!(error instanceof FileRefused) && !["ENOENT", "ENOTDIR"].includes(codeOf(error)))
        amiss.set(relative, `It cannot be listed${whyOf(codeOf(error))}.`);
      return nothing;
    }
  }

  /** Lists a directory again only when it changed. Throws what the file system throws. */
  private async list(relative: string): Promise<Listing> {
    const directory = path.join(this.root, relative);
    const stats = await (relative ? lstat : stat)(directory, { bigint: true });
    if (relative && !stats.isDirectory()) return nothing;
    const disk = diskState(stats);
    const known = this.listings.get(relative);
    const stamp = `${disk.identity} ${disk.changeStamp}`;
    if (known?.stamp === stamp) return known;
    const listing: Listing = {
      stamp: this.clock().getTime() - disk.mtimeMs < racyMs ? "" : stamp,
      files: [],
      directories: [],
      refused: [],
    };
    for (const entry of await listInside(this.root, relative)) {
      const name = path.posix.join(relative, entry.name);
      if (findFormat(name)) listing.files.push(name);
      else if (entry.isDirectory()) listing.directories.push(name);
      // At the top it might have been an owner's directory; below, thegent keeps other things than those that are read.
      else if (!relative && !entry.isFile()) listing.refused.push([name, refusalOf(entry)!.message]);
    }
    this.listings.set(relative, listing);
    return listing;
  }
}

export const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? "");

function saysOf(directory: string, code: string): string {
  if (code === "ENOENT") return `The directory ${directory} is not there.`;
  if (code === "ENOTDIR") return `${directory} is not a directory.`;
  return `The directory ${directory} cannot be read${whyOf(code)}.`;
}

const whyOf = (code: string): string =>
  code === "EACCES" || code === "EPERM" ? ": permission denied" : ` (${code || "unknown error"})`;

async function inGroups<In, Out>(items: readonly In[], size: number, work: (item: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (let at = 0; at < items.length; at += size)
    done.push(...(await Promise.all(items.slice(at, at + size).map(work))));
  return done;
}
