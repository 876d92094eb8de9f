/** The logs of our processes: readable for this account only, and bounded, also while the processes run. */
import fs from "node:fs";

export const largestLog = 10 * 1024 * 1024;
const lookEveryMs = 2000;

/** Opens a log to append to. */
export function openLog(file: string): number {
  turnOver(file);
  const log = fs.openSync(file, "a", 0o600);
  fs.fchmodSync(log, 0o600);
  return log;
}

/** Keeps the logs bounded until it is ended. Their disk being full ends nothing. */
export function watchLogs(files: readonly string[]): { end(): void } {
  const timer = setInterval(() => files.forEach((file) => turnOver(file)), lookEveryMs);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

/**
 * A log that has grown too long becomes `<file>.old`, of which there is one, and begins anew. It is copied and emptied, not renamed: the
 * processes that write have it open, and append. Where there is no room for the copy, the room matters more than what was said.
 */
export function turnOver(file: string, largest = largestLog): void {
  try {
    const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= largest) return;
    try {
      keepEnd(file, size, largest);
    } finally {
      fs.truncateSync(file);
    }
  } catch {
    // It is tried again at the next look.
  }
}

/** No more of it than a log may have: a flood must not pass into the old one. */
function keepEnd(file: string, size: number, largest: number): void {
  const old = `${file}.old`;
  try {
    const end = Buffer.alloc(largest);
    const log = fs.openSync(file, "r");
    try {
      fs.readSync(log, end, 0, largest, size - largest);
    } finally {
      fs.closeSync(log);
    }
    fs.rmSync(old, { force: true });
    fs.writeFileSync(old, end, { mode: 0o600 });
  } catch (error) {
    fs.rmSync(old, { force: true });
    throw error;
  }
}
