import { lstat, realpath, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { refusalOf } from "./open-inside";
import { QueueWriteError, syncDirectory } from "./replace-file";

/** The file by the real place of its directory; null when there is none of that name. Throws FileRefused when it is no ordinary file. */
export async function targetOf(file: string): Promise<string | null> {
  try {
    const target = path.join(await realpath(path.dirname(file)), path.basename(file));
    const refusal = refusalOf(await lstat(target));
    if (refusal) throw refusal;
    return target;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
}

/** The real place of the directory in which the file is or belongs. Throws a QueueWriteError when there is no such directory. */
export const directoryOf = (file: string): Promise<string> =>
  realpath(path.dirname(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new QueueWriteError(`The directory of ${path.basename(file)} does not exist; nothing was written.`, {
      cause: error,
    });
  });

/** Makes what was written safe on disk, with the file's name. Throws a QueueWriteError when the disk does not promise it. */
export async function syncAs(what: string, handle: FileHandle, target: string): Promise<void> {
  try {
    await handle.sync();
    await syncDirectory(path.dirname(target));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== "fsync") throw error;
    throw new QueueWriteError(
      `${path.basename(target)} has ${what}, but whether a power cut would leave it so is not known.`,
      { cause: error },
    );
  }
}
