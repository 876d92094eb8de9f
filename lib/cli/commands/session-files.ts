import { stat } from "node:fs/promises";
import { streamLines } from "@/lib/thegent/files/line-stream";
import { FileRefused } from "@/lib/thegent/files/open-inside";
import type { Line } from "@/lib/thegent/python/lines";

/** Throws with a sentence unless it is a directory that can be looked into. */
export async function requireDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${directory} ${error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`}.`);
  });
  if (!found.isDirectory()) throw new Error(`${directory} is not a directory.`);
}

/** Hands on the lines of one of its files, some at a time. False: there is no such file. Throws with a sentence when it cannot be read. */
export async function eachLine(
  directory: string,
  file: string,
  take: (lines: readonly Line[]) => void,
): Promise<boolean> {
  try {
    for await (const lines of streamLines(directory, file)) take(lines);
    return true;
  } catch (error) {
    if (error instanceof FileRefused) throw new Error(`${directory} has a ${file} that ${error.is}.`, { cause: error });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return false;
    throw new Error(`${directory} has a ${file} that cannot be read (${code ?? message}).`, { cause: error });
  }
}
