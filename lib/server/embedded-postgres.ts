/**
 * The PostgreSQL that comes with the cockpit: the real server, its binaries inside an npm package, its data in one directory.
 *
 * We drive the binaries ourselves, not through the package's class, because the cockpit must survive a kill -9 of any of its
 * processes: a server left behind by a killed parent is taken over, a half-made data directory is thrown away.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { StartError } from "@/lib/kernel/errors";
import { closedFile } from "./closed";
import { openLog } from "./log-files";
import { prepareDirectory, type Place } from "./postgres-place";
import { commandOf, isAlive, whenGone } from "./process-table";

/** Above every number a system gives. */
const NO_PROCESS = 2_147_483_646;
/** None of our variables, nobody's language. */
const plainEnvironment = { PATH: process.env.PATH, LC_ALL: "C", NODE_ENV: "production" } as const;

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
    if (attempt >= 20)
      throw new StartError(`The embedded PostgreSQL did not start: ${started}`, `See ${path.join(place.home, "log")}.`);
    await sleep(250);
  }
}

function readOrMakePassword(place: Place): string {
  const file = path.join(place.home, "password");
  if (fs.existsSync(file)) return fs.readFileSync(file, "utf8").trim();
  const password = randomBytes(24).toString("base64url");
  fs.writeFileSync(`${file}.new`, `${password}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
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
    [
      "-D",
      fresh,
      "-U",
      "cockpit",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
      "--no-locale",
      "--no-instructions",
    ],
    { ...place.ids, cwd: "/", env: plainEnvironment, encoding: "utf8" },
  );
  fs.rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    const why = (made.stderr || made.error?.message || "").trim().split("\n").pop();
    if (why?.includes("could not look up effective user ID")) {
      throw new StartError(
        `PostgreSQL refuses user ${process.getuid?.()}, whom this system has no name for.`,
        "Start as a user that /etc/passwd names, or set DATABASE_URL.",
      );
    }
    throw new StartError(
      `The embedded PostgreSQL could not be set up in ${place.home}: ${why}`,
      "Check free space and permissions there, or set DATABASE_URL.",
    );
  }
  fs.renameSync(fresh, place.data);
}

/** Line 1 of postmaster.pid is the process, line 4 the port. */
async function findRunning(place: Place, password: string): Promise<EmbeddedPostgres | undefined> {
  const file = path.join(place.data, "postmaster.pid");
  const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port) return undefined;
  if (!isAlive(pid) || isAnother(pid, place)) return disown(file, lines);
  if (!(await answers(connection(port, password)("postgres"), 20))) return undefined;
  return {
    url: connection(port, password),
    adopted: true,
    pid,
    ended: whenGone(pid),
    stop: () => stop(pid, whenGone(pid)),
  };
}

const isAnother = (pid: number, place: Place): boolean => {
  const command = commandOf(pid);
  return command !== "" && !command.includes(place.data);
};

/**
 * The file names a process that ended, or whose number somebody else got. PostgreSQL would take either for its own and refuse
 * to start. Only the number is made harmless: by the rest PostgreSQL sees whether children of the dead server still run.
 */
function disown(file: string, lines: string[]): undefined {
  const draft = `${file}.new`;
  const { uid, gid, mode } = fs.statSync(file);
  fs.writeFileSync(draft, [NO_PROCESS, ...lines.slice(1)].join("\n"), { mode });
  if (process.getuid?.() === 0) fs.chownSync(draft, uid, gid);
  fs.renameSync(draft, file);
}

async function launch(
  place: Place,
  password: string,
  settings: Record<string, string>,
): Promise<EmbeddedPostgres | string> {
  const port = await samePortOrFree(path.join(place.home, "port"));
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const logPath = path.join(place.home, "log");
  const logFile = openLog(logPath);
  const child = spawn(path.join(place.binaries, "bin/postgres"), ["-D", place.data, "-p", String(port), ...flags], {
    ...place.ids,
    cwd: "/",
    // Its own group: Ctrl-C at the terminal reaches the supervisor, which stops the database last.
    detached: true,
    env: plainEnvironment,
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

const exited = (child: ChildProcess) =>
  new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));

/** Whoever was connected finds the server again where it was, if nobody took its port meanwhile. */
async function samePortOrFree(file: string): Promise<number> {
  const before = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  if (before && (await isFree(before))) return before;
  const port = await freePort();
  fs.writeFileSync(file, String(port), { mode: closedFile });
  return port;
}

export function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

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
