/** Whole cockpits for tests: the real start, in a directory that is thrown away, on a free port. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePort } from "@/lib/server/embedded-postgres";
import { keepDatabaseUrl } from "./database";
import { copySample } from "./shared";
import { signIn } from "./sign-in";

export type Account = { role: string; email: string; password: string };

export type Cockpit = {
  url: string;
  home: string;
  dataDir: string;
  sessionDir: string;
  /** The directory of the build it runs; empty in development. */
  build: string;
  /** The sample's people. */
  accounts: Account[];
  supervisor: ChildProcess;
  /** What it has said until now. */
  said(): string;
  /** Ends it in order, and throws its directory away. */
  remove(): Promise<void>;
};

/** A cockpit in which somebody of each of the sample's roles is signed in: their sessions, as files, by the role's name. */
export type Staffed = Cockpit & { states: Record<string, string> };

export { freePort };

type Wanted = {
  home?: string;
  port?: number;
  name?: string;
  /** Environment variables. */ settings?: Record<string, string>;
  /** A copy of the repository, to be developed in. */ develop?: string;
};

const readyMs = 180_000;
const fromOutside = ["DATABASE_URL", "THGENT_SESSION_DIR", "COCKPIT_SECRET", "COCKPIT_URL", "COCKPIT_TRUST_PROXY"];

/**
 * From nothing, with a PostgreSQL of its own. The directory may be given, to start again where an earlier one was killed; `name`: of the
 * machine, where people reach it by another than localhost.
 */
export async function startCockpit({
  home = makeHome(),
  port: given,
  name,
  settings = {},
  develop,
}: Wanted = {}): Promise<Cockpit> {
  const dataDir = path.join(home, "data");
  const port = String(given ?? (await freePort()));
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("THGENT_") && !fromOutside.includes(name)),
  );
  const supervisor = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "lib/server/start.ts", ...(develop ? ["--develop"] : [])],
    {
      cwd: develop,
      env: {
        ...inherited,
        NODE_ENV: "production",
        COCKPIT_DATA_DIR: dataDir,
        PORT: port,
        ...(name && { COCKPIT_URL: `http://${name}:${port}` }),
        ...settings,
      },
      // The channel: when the test's process is killed, the cockpit ends too.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  let heard = "";
  for (const stream of [supervisor.stdout!, supervisor.stderr!])
    stream.on("data", (chunk: Buffer) => (heard += chunk.toString()));
  await untilReady(supervisor, () => heard);
  const url = /The cockpit is ready: (\S+)/.exec(heard)?.[1] ?? "";
  return {
    url,
    home,
    dataDir,
    sessionDir: path.join(dataDir, "sample/session"),
    build: develop ? "" : lastUsedBuild(),
    accounts: [...heard.matchAll(/^ {2}(\S.*?) {2,}(\S+@\S+) {2,}(\S+)$/gm)].map(([, role, email, password]) => ({
      role: role!,
      email: email!,
      password: password!,
    })),
    supervisor,
    said: () => heard,
    async remove() {
      if (supervisor.exitCode === null && supervisor.signalCode === null) {
        supervisor.send("stop");
        await once(supervisor, "exit");
      }
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

/** In the PostgreSQL that the run shares: a quarter of the work, for all that is not about the database itself. */
export async function startOnShared(wanted: Wanted = {}): Promise<Cockpit> {
  const home = makeHome();
  const { databaseUrl, accounts } = await copySample();
  keepDatabaseUrl(home, databaseUrl);
  const cockpit = await startCockpit({ ...wanted, home, settings: { ...wanted.settings, DATABASE_URL: databaseUrl } });
  return { ...cockpit, accounts };
}

export async function startStaffed(): Promise<Staffed> {
  const cockpit = await startOnShared();
  try {
    const states: Record<string, string> = {};
    for (const account of cockpit.accounts) {
      const session = await signIn(cockpit.url, account);
      states[account.role] = path.join(cockpit.home, `${account.email}.json`);
      await session.storageState({ path: states[account.role]! });
      await session.dispose();
    }
    return { ...cockpit, states };
  } catch (error) {
    await cockpit.remove();
    throw error;
  }
}

function lastUsedBuild(): string {
  const all = fs.readdirSync(".builds").map((name) => path.join(".builds", name));
  return all.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0]!;
}

function makeHome(): string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-e2e-"));
  fs.chmodSync(home, 0o711); // as root, PostgreSQL runs under another account, which must be able to enter
  return home;
}

function untilReady(supervisor: ChildProcess, heard: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`The cockpit is not ready after ${readyMs / 1000} s:\n${heard()}`)),
      readyMs,
    );
    supervisor.stdout!.on("data", () => {
      if (!heard().includes("Ctrl-C ends it.")) return;
      clearTimeout(late);
      resolve();
    });
    supervisor.once("close", (code) => {
      clearTimeout(late);
      reject(new Error(`The cockpit did not start (${code}):\n${heard()}`));
    });
  });
}
