/**
 * A lock that one process holds by a file. It survives nothing: the file names the process and when that process began, so
 * what a killed one left behind, or whose number another process got, is recognised and taken over.
 */
import fs from "node:fs";
import path from "node:path";
import { closedFile } from "./closed";
import { beginning, isAlive } from "./process-table";

export type Holder = { pid: number; began: string; note: string };
export type Lock = { ok: true; setNote(note: string): void; release(): void } | { ok: false; holder: Holder };

/** Takes the lock, or says who holds it. `note` is for whoever finds it held; `mode` must let them read it. */
export function takeLock(file: string, note = "", mode = closedFile): Lock {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const me: Holder = { pid: process.pid, began: beginning(process.pid), note };
  for (;;) {
    if (create(file, me, mode))
      return {
        ok: true,
        setNote: (text) => replace(file, { ...me, note: text }, mode),
        release: () => release(file, me),
      };
    const holder = read(file);
    if (holder && isRunning(holder)) return { ok: false, holder };
    removeStale(file, holder);
  }
}

/** Who holds the lock now, if anybody does. */
export function lockHolder(file: string): Holder | undefined {
  const holder = read(file);
  return holder && isRunning(holder) ? holder : undefined;
}

/** Linking is atomic and never replaces: the lock is there at once with its content, or not at all. */
function create(file: string, me: Holder, mode: number): boolean {
  const draft = `${file}.${me.pid}`;
  fs.writeFileSync(draft, JSON.stringify(me), { mode });
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function replace(file: string, me: Holder, mode: number): void {
  fs.writeFileSync(`${file}.${me.pid}`, JSON.stringify(me), { mode });
  fs.renameSync(`${file}.${me.pid}`, file);
}

function release(file: string, me: Holder): void {
  if (read(file)?.pid === me.pid) fs.rmSync(file, { force: true });
}

/** Two may find the same stale lock; the later of them must not carry away the lock that the earlier one made since. */
function removeStale(file: string, stale: Holder | undefined): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  const carried = read(aside);
  if (carried && (carried.pid !== stale?.pid || carried.began !== stale.began)) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // A third has it by now; its holder is alive and will be found.
    }
  }
  fs.rmSync(aside, { force: true });
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, began }: Holder): boolean {
  return isAlive(pid) && beginning(pid) === began;
}
