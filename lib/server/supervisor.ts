/**
 * The order of things: environment, lock, port, session directory, database, build, worker and web. Every process that is
 * started is watched; what dies is started again; `undo` knows how to end it.
 */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseEnv, type Env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";
import { systemClock } from "@/lib/kernel/time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { currentBuild } from "./build";
import { keepRunning, type Child } from "./child";
import { childEnvironment } from "./child-environment";
import { lockFile, logFile, makeDataDirectory } from "./data-directory";
import { embeddedDirectory, prepareDatabase } from "./database";
import { watchCode, type ProcessName } from "./development";
import { isFree } from "./embedded-postgres";
import { waitUntilHealthy } from "./health";
import { takeLock } from "./lock";
import { watchLogs } from "./log-files";
import { readOrMakeLogKey } from "./log-key";
import { readyMessage } from "./ready-message";
import { readOrMakeSecret, watchForRotation } from "./secret";
import { checkSessionDirectory, formerSampleDirectory, prepareSample } from "./session-directory";
import type { Undo } from "./undo";
import { WatchedPostgres } from "./watched-postgres";

type Say = (line: string) => void;

const ENDING = "its end";
const endingMs = 30_000;

/** Comes back once the cockpit is ready; refuses with a StartError. `developing`: without a build, and what changes in the code is run at once. */
export async function supervise(undo: Undo, say: Say, { developing = false } = {}): Promise<void> {
  const env = parseEnv(process.env);
  makeDataDirectory(env.dataDir);
  await lockOrRefuse(env, undo);
  readOrMakeLogKey(env.dataDir, env.url);
  await refuseTakenPort(env);
  const isSample = !env.sessionDir;
  const sessionDirectory = env.sessionDir
    ? checkSessionDirectory(env.sessionDir, env.dataDir)
    : await prepareSample(env.dataDir, systemClock());

  const logs = watchLogs([
    ...["build", "worker", "web"].map((name) => logFile(env.dataDir, name)),
    path.join(embeddedDirectory(env), "log"),
  ]);
  undo.push(() => logs.end());

  const own = env.databaseUrl ? undefined : new WatchedPostgres(env, undo);
  const databaseUrl = env.databaseUrl ?? (await own!.url());
  await prepareDatabase(databaseUrl);
  const people = await prepareContent({
    dataDir: env.dataDir,
    databaseUrl,
    sessionDirectory,
    formerly: env.sessionDir ?? formerSampleDirectory(env.dataDir),
    isSample,
    makesDemo: isSample && !env.databaseUrl,
  });
  const build = developing ? null : await makeBuild(env, undo, say);
  if (undo.begun) return;

  const environment = (url: string) =>
    childEnvironment(process.env, env, {
      databaseUrl: url,
      sessionDirectory,
      build,
      secret: env.secret ?? readOrMakeSecret(env.dataDir),
    });
  const children = startChildren(env, environment(databaseUrl), undo, say);
  let [at, restarting] = [databaseUrl, Promise.resolve()];
  // One after the other: each ends what the one before it started.
  const restart = (...names: ProcessName[]) =>
    (restarting = restarting.then(
      async () => void (await Promise.all(names.map((name) => children[name].restart(environment(at))))),
    ));
  void own?.watch(say, (url) => ((at = url), restart("worker", "web")));
  if (!env.secret)
    undo.push(
      watchForRotation(
        env.dataDir,
        () => (say("The secret was changed: everybody signs in again."), restart("worker", "web")),
      ),
    );
  if (developing) undo.push(followCode(restart, say));
  const { web } = children;
  await waitUntilHealthy(env, {
    ending: () => undo.begun,
    gaveUp: () => web.quickEnds >= 3,
    logPath: logFile(env.dataDir, "web"),
  });
  if (!undo.begun)
    say(
      readyMessage({
        url: env.url,
        trustProxy: env.trustProxy,
        people,
        sessionDirectory,
        isSample,
        developing,
        logs: path.join(env.dataDir, "logs"),
      }),
    );
}

const makeBuild = (env: Env, undo: Undo, say: Say): Promise<string> =>
  currentBuild({
    root: process.cwd(),
    dataDir: env.dataDir,
    logPath: logFile(env.dataDir, "build"),
    say,
    onChild: (child) => undo.push(() => void child.kill("SIGTERM")),
  });

/** One that is just ending is waited for: whoever ends the cockpit and starts it again means both. */
async function lockOrRefuse(env: Env, undo: Undo): Promise<void> {
  for (const until = performance.now() + endingMs; ; await sleep(100)) {
    const lock = takeLock(lockFile(env.dataDir), env.url);
    if (lock.ok) {
      undo.push(lock.release);
      undo.first(() => lock.setNote(ENDING));
      return;
    }
    if (lock.holder.note === ENDING && performance.now() < until && !undo.begun) continue;
    throw new StartError(
      `A cockpit is already running on ${env.dataDir} at ${lock.holder.note} (process ${lock.holder.pid}).`,
      "Use that one, or end it first with Ctrl-C where it was started.",
    );
  }
}

/** The web of a supervisor that was just killed lets go of its port within a moment. */
async function refuseTakenPort({ port, host }: Env): Promise<void> {
  for (let tries = 10; !(await isFree(port, host)); tries--) {
    if (!tries)
      throw new StartError(
        `Cannot listen on ${host}, port ${port}: it is taken, or not an address of this machine.`,
        "End what listens there, or set PORT (and HOST) to another one.",
      );
    await sleep(100);
  }
}

type Children = Record<ProcessName, Child>;
type Content = {
  dataDir: string;
  databaseUrl: string;
  sessionDirectory: string;
  formerly: string;
  isSample: boolean;
  makesDemo: boolean;
};

/** What must be in the database before anybody signs in. Its modules are loaded only now: they read the environment. */
async function prepareContent({ dataDir, databaseUrl, sessionDirectory, formerly, isSample, makesDemo }: Content) {
  const [{ closeDatabase, useDatabase }, { registerSource }, { preparePeople }, { tellOfRotations }, { randomUUID }] =
    await Promise.all([
      import("@/lib/kernel/db/client"),
      import("@/lib/areas/source/store/registration"),
      import("@/lib/areas/person/acts/prepare"),
      import("./tell-of-rotations"),
      import("node:crypto"),
    ]);
  await useDatabase(databaseUrl, 2);
  try {
    await tellOfRotations(dataDir, systemClock());
    await registerSource(
      grantSystem(operatingModel, "source.register", "start"),
      sessionDirectory,
      isSample,
      systemClock(),
      formerly,
    );
    return await preparePeople({ isSample: makesDemo, now: systemClock(), requestId: randomUUID() });
  } finally {
    await closeDatabase();
  }
}

function startChildren(env: Env, environment: NodeJS.ProcessEnv, undo: Undo, say: Say): Children {
  const tellUnlessEnding = (line: string) => !undo.begun && say(line);
  const start = (name: string, args: string[]) => {
    const child = keepRunning({ name, args, environment, logPath: logFile(env.dataDir, name), say: tellUnlessEnding });
    undo.push(() => child.stop());
    return child;
  };
  return {
    worker: start("worker", ["--conditions=react-server", "--import", "tsx", "lib/server/worker-process.ts"]),
    web: start("web", ["lib/server/web.mjs"]),
  };
}

/** What changes in the code is run by the process that does not see it by itself. Answers how to end this. */
function followCode(restart: (name: ProcessName) => Promise<void>, say: Say): () => void {
  const watching = watchCode(process.cwd(), (name, file) => {
    say(`${file} changed: the ${name} starts again.`);
    void restart(name);
  });
  return () => watching.end();
}
