import fs from "node:fs";
import { realpath, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { QueueWriteError, syncDirectory } from "./replace-file";

/** The file itself, symbolic links followed; null when there is none of that name. Throws a QueueWriteError when it is no file. */
export async function targetOf(file: string): Promise<string | null> {
  const target = await realpath(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (target !== null && !(await stat(target)).isFile()) throw new QueueWriteError(`${path.basename(file)} is not an ordinary file; it was left as it is.`);
  const isLink = target === null && fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
  if (isLink) throw new QueueWriteError(`${path.basename(file)} is a link that leads nowhere; it was left as it is.`);
  return target;
}

/** Where the file is or belongs, symbolic links followed. Throws a QueueWriteError when there is no such directory. */
export const directoryOf = (file: string): Promise<string> =>
  realpath(path.dirname(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new QueueWriteError(`The directory of ${path.basename(file)} does not exist; nothing was written.`, { cause: error });
  });

/** Makes what was written safe on disk, with the file's name. Throws a QueueWriteError when the disk does not promise it. */
export async function syncAs(what: string, handle: FileHandle, target: string): Promise<void> {
  try {
    await handle.sync();
    await syncDirectory(path.dirname(target));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== "fsync") throw error;
    throw new QueueWriteError(`${path.basename(target)} has ${what}, but whether a power cut would leave it so is not known.`, { cause: error });
  }
}
