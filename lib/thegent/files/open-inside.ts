/**
 * The one way to open a file of a session directory. Whoever may write there – the very agents that are governed – may put a link, a pipe, a
 * device or a file of somebody else's under any name, and swap one for the other between two looks; and the cockpit may read, and shows to
 * many, what they may not. So what was opened is judged, never what was there before.
 */
import fs, { type BigIntStats, type Dirent } from "node:fs";
import { lstat, open, readdir, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { nameOfTarget } from "./own-names";

const inDirectory = "the cockpit reads only files that lie in the session directory";
const ordinary = "the cockpit reads only ordinary files";

const refusals = {
  link: ["is a link", inDirectory],
  outside: ["lies behind a link", inDirectory],
  directory: ["is a directory", ordinary],
  pipe: ["is a pipe", ordinary],
  socket: ["is a socket", ordinary],
  device: ["is a device", ordinary],
  /** A hard link may be another name of anything on the same disk, also where nobody but the cockpit may read or write. */
  names: ["has another name elsewhere (a hard link)", inDirectory],
  /** Left of a hard link once the other name is gone, or planted: the cockpit, which may be root, is not to read it aloud. */
  closed: [
    "belongs to an account that keeps it from the directory's owner",
    "the cockpit shows nothing that they could not read themselves",
  ],
} as const;

/** Something in the session directory is not opened, for what it is. The message is a sentence for people, and says nothing of what it leads to. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  /** The sentence's verb, to be said of the file's name. */
  readonly is: string;

  constructor(because: keyof typeof refusals) {
    const [is, rule] = refusals[because];
    super(`It ${is}; ${rule}.`);
    this.is = is;
  }
}

/** A pipe without a writer would keep whoever opens it for ever; a terminal would become the process's own. */
const careful = fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY;

/**
 * Opens an ordinary file whose real place is below `root`, which itself may be a link: it is the operator's own word. Throws FileRefused for
 * anything else, and what the file system throws.
 */
export async function openInside(
  root: string,
  relative: string,
  flags: number = fs.constants.O_RDONLY,
): Promise<FileHandle> {
  const file = path.join(root, relative);
  // Some devices do something when they are opened, so that a look goes before.
  refuseUnlessFile(await lstat(file));
  const handle = await open(file, flags | careful).catch(refuseLink);
  try {
    judge(handle.fd, root, relative);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The same at once, for who may let no other code of this process run meanwhile. The caller closes it. */
export function openInsideSync(root: string, relative: string, flags: number = fs.constants.O_RDONLY): number {
  const file = path.join(root, relative);
  refuseUnlessFile(fs.lstatSync(file));
  let fd: number;
  try {
    fd = fs.openSync(file, flags | careful);
  } catch (error) {
    return refuseLink(error);
  }
  try {
    judge(fd, root, relative);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/** A file's whole content. Throws as openInside does. */
export async function readInside(root: string, relative: string): Promise<Buffer> {
  const handle = await openInside(root, relative);
  return handle.readFile().finally(() => handle.close());
}

export function readInsideSync(root: string, relative: string): Buffer {
  const fd = openInsideSync(root, relative);
  try {
    return fs.readFileSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** What a directory below `root`, or `root` itself, holds. Throws FileRefused for a link, and what the file system throws. */
export async function listInside(root: string, relative: string): Promise<Dirent[]> {
  const directory = path.join(root, relative);
  if (!relative) return readdir(directory, { withFileTypes: true });
  const handle = await open(directory, fs.constants.O_DIRECTORY | careful).catch(refuseLink);
  try {
    const place = placeOf(handle.fd, fs.realpathSync.native(root), relative);
    if (place === null) throw new FileRefused("outside");
    // By what was opened, where the system has a name for that, and not by a name that may lead elsewhere by now.
    const opened = `/proc/self/fd/${handle.fd}`;
    return await readdir(fs.existsSync(opened) ? opened : place, { withFileTypes: true });
  } finally {
    await handle.close();
  }
}

/** Whether what bears this name now is not to be opened, for what it is. */
export function isRefused(root: string, relative: string): boolean {
  try {
    fs.closeSync(openInsideSync(root, relative));
    return false;
  } catch (error) {
    return error instanceof FileRefused;
  }
}

type Kind = Pick<BigIntStats, "isFile" | "isDirectory" | "isSymbolicLink" | "isFIFO" | "isSocket">;

/** What is in the way of reading it as a file; null for an ordinary file. Ask with what lstat or fstat says. */
export function refusalOf(stats: Kind): FileRefused | null {
  if (stats.isFile()) return null;
  const because = stats.isSymbolicLink()
    ? "link"
    : stats.isDirectory()
      ? "directory"
      : stats.isFIFO()
        ? "pipe"
        : stats.isSocket()
          ? "socket"
          : "device";
  return new FileRefused(because);
}

function refuseUnlessFile(stats: Kind): void {
  const refusal = refusalOf(stats);
  if (refusal) throw refusal;
}

/** With O_NOFOLLOW the system's word for a link that took the name since the look. */
function refuseLink(error: unknown): never {
  throw (error as NodeJS.ErrnoException).code === "ELOOP" ? new FileRefused("link") : error;
}

/** Whether what was opened may be read. Throws FileRefused. */
function judge(fd: number, root: string, relative: string): void {
  const stats = fs.fstatSync(fd, { bigint: true });
  refuseUnlessFile(stats);
  const realRoot = fs.realpathSync.native(root);
  const file = path.join(realRoot, relative);
  if (placeOf(fd, realRoot, relative) === null) throw new FileRefused("outside");
  if (hasNameElsewhere(fd, file)) throw new FileRefused("names");
  if (!isOpenToOwners(stats, [realRoot, path.dirname(file)])) throw new FileRefused("closed");
}

/** Whether `place`, absolute and free of links, is something in `directory`, which is so too. */
export function isBelow(directory: string, place: string): boolean {
  return place !== directory && place.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}

/**
 * Where below the root that is what was opened, whatever its name leads to by now; null when it is elsewhere. Linux tells it of the open file.
 * Where it does not, the name must lead there a second time: a directory swapped for a link and back would have to hold a hard link of it.
 */
function placeOf(fd: number, realRoot: string, relative: string): string | null {
  const place = linkOf(fd) ?? secondLook(fd, path.join(realRoot, relative));
  return place !== null && isBelow(realRoot, place) ? place : null;
}

function linkOf(fd: number): string | null {
  try {
    return fs.readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return null;
  }
}

function secondLook(fd: number, file: string): string | null {
  const real = fs.realpathSync.native(file);
  const [opened, named] = [fs.fstatSync(fd, { bigint: true }), fs.lstatSync(real, { bigint: true })];
  return opened.dev === named.dev && opened.ino === named.ino ? real : null;
}

/** Our own drafts and held files are second names of a file, beside it; any other name may be anywhere. */
function hasNameElsewhere(fd: number, file: string): boolean {
  const target = nameOfTarget(path.basename(file));
  for (let tries = 3; ; tries -= 1) {
    const { dev, ino, nlink } = fs.fstatSync(fd, { bigint: true });
    if (nlink <= 1n) return false;
    const beside = fs.readdirSync(path.dirname(file)).filter((name) => nameOfTarget(name) === target);
    const same = beside
      .map((name) => fs.lstatSync(path.join(path.dirname(file), name), { bigint: true, throwIfNoEntry: false }))
      .filter((stats) => stats?.dev === dev && stats.ino === ino);
    if (nlink <= BigInt(same.length)) return false;
    // Names come and go while another process of ours replaces the file.
    if (!tries) return true;
  }
}

/** Whether an owner of the directories it lies in could have read it: then reading it aloud tells whoever writes there nothing new. */
function isOpenToOwners({ uid, gid, mode }: BigIntStats, directories: readonly string[]): boolean {
  if (mode & 0o004n) return true;
  const holders = directories.map((directory) => fs.lstatSync(directory, { bigint: true }));
  return holders.some((holder) => holder.uid === uid || (holder.gid === gid && (mode & 0o040n) !== 0n));
}
