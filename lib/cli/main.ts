/**
 * `npm run cockpit -- <command>`. Each command's code is loaded only when it is called: `queue` must be fast, and needs no
 * database. stdout holds the answer and nothing else.
 */
import { exitCodes, type Io } from "@/lib/cli/commands/io";
import type { Env } from "@/lib/kernel/env";
import { StartError } from "@/lib/kernel/errors";

type Command = { usage: string; says: string; run(args: string[], io: Io): Promise<number> };

const commands: Record<string, Command> = {
  queue: {
    usage: "queue DIR [--json] [--past-sla] [--now ISO] [--limit N]",
    says: "the pending escalations of a thegent session directory, as `thegent govern escalate list` gives them; no database needed",
    async run(args, io) {
      // People name a directory from where they stand, not from where the cockpit is installed.
      process.chdir(process.env.INIT_CWD ?? process.cwd());
      const { runQueue } = await import("@/lib/cli/commands/queue");
      return runQueue(args, io);
    },
  },
  drift: {
    usage: "drift DIR [--json] [--window N] [--limit N] [--provider P]",
    says: "thegent's own drift figures of a session directory: issues, budget, stats, KPIs; no database needed",
    async run(args, io) {
      process.chdir(process.env.INIT_CWD ?? process.cwd());
      const { runDrift } = await import("@/lib/cli/commands/drift");
      return runDrift(args, io);
    },
  },
  sweep: {
    usage: "sweep DIR [--json] [--audit] [--window N] [--now ISO]",
    says: "drift, budget, what is past its SLA, and with --audit the run registry, of a session directory, as `thegent govern sweep`; exits with 1 unless all pass; no database needed",
    async run(args, io) {
      process.chdir(process.env.INIT_CWD ?? process.cwd());
      const { runSweep } = await import("@/lib/cli/commands/sweep");
      return runSweep(args, io);
    },
  },
  "verify chain": {
    usage: "verify chain [--json] [--expect SEQ:HASH]",
    says: "whether the cockpit's own audit chain is whole; exits with 1 when it is not",
    run: (args, io) =>
      withCockpitDatabase(async ({ dataDir }) =>
        (await import("@/lib/cli/commands/verify")).runVerify(["chain", ...args], io, dataDir),
      ),
  },
  log: {
    usage: "log key | checkpoint | event SEQ | proof SEQ | consistency M N",
    says: "the audit chain as a transparency log: its verifier key, its newest signed checkpoint, an event's exact bytes, the event's .tlog-proof, the proof from M events to N",
    async run(args, io) {
      const [{ runLog }, { env }] = await Promise.all([import("@/lib/cli/commands/log"), import("@/lib/kernel/env")]);
      return runLog(args, io, env().dataDir, (work) => withCockpitDatabase(work));
    },
  },
  "verify registry": {
    usage: "verify registry FILE [--json] [--explain [--before FILE]]",
    says: "thegent's own verdict on a run registry; exits with 1 when it failed, with 2 where thegent's verifier would raise; no database needed",
    run: async (args, io) => (await import("@/lib/cli/commands/verify-registry")).runVerifyRegistry(args, io),
  },
  backup: {
    usage: "backup FILE",
    says: "everything in the cockpit's database as one file, while it runs; the embedded PostgreSQL too",
    run: (args, io) =>
      withUrl((url) => import("@/lib/cli/commands/backup").then(({ runBackup }) => runBackup(args, io, url))),
  },
  restore: {
    usage: "restore FILE [--broken-chain]",
    says: "what a backup holds into an empty database, its audit chain verified; exits with 1 when the file is not whole",
    run: (args, io) =>
      import("@/lib/cli/commands/restore").then(({ runRestore }) =>
        runRestore(args, io, (work) => withUrl(work, true)),
      ),
  },
  user: {
    usage: "user add|list|role …",
    says: "the people who may sign in",
    run: (args, io) => withCockpitDatabase(async () => (await import("@/lib/cli/commands/user")).runUser(args, io)),
  },
  seed: {
    usage: "seed [NAME]",
    says: "plays a made-up scene on the sample, beside what is there; without a name: which scenes there are",
    run: async (args, io) => {
      const { listScenes, runSeed, scenes } = await import("@/lib/cli/commands/seed");
      const [name, ...rest] = args;
      if (name === undefined) return listScenes(io);
      if (rest.length || !Object.hasOwn(scenes, name))
        return misused(
          rest.length ? "seed takes one name." : `There is no scene "${name}"; \`npm run cockpit -- seed\` lists them.`,
          io,
        );
      return withCockpitDatabase((env) => runSeed(name, env, io));
    },
  },
  "secret rotate": {
    usage: "secret rotate",
    says: "makes a new secret to sign sessions with: everybody must sign in again, at once",
    async run(args, io) {
      if (args.length) return misused("secret rotate takes no arguments.", io);
      const { runSecretRotate } = await import("@/lib/cli/commands/secret");
      const { env } = await import("@/lib/kernel/env");
      return runSecretRotate(env(), io, (work) => withCockpitDatabase(work));
    },
  },
  "sample reset": {
    usage: "sample reset",
    says: "makes the sample session directory anew, its newest event now",
    async run(args, io) {
      if (args.length) return misused(`sample reset takes no arguments.`, io);
      const [{ env }, { resetSample }] = await Promise.all([
        import("@/lib/kernel/env"),
        import("@/lib/server/session-directory"),
      ]);
      io.out(`${await resetSample(env().dataDir, io.now())}\n`);
      return exitCodes.ok;
    },
  },
};

async function withCockpitDatabase<T>(work: (env: Env) => Promise<T>): Promise<T> {
  const [{ env }, { withDatabase }, { closeDatabase, useDatabase }] = await Promise.all([
    import("@/lib/kernel/env"),
    import("@/lib/server/database"),
    import("@/lib/kernel/db/client"),
  ]);
  return withDatabase(env(), async (url) => {
    await useDatabase(url, 2);
    try {
      return await work(env());
    } finally {
      await closeDatabase();
    }
  });
}

/** `make`: an embedded PostgreSQL that is not there yet is made. */
async function withUrl<T>(work: (url: string) => Promise<T>, make = false): Promise<T> {
  const [{ env }, { withDatabase }] = await Promise.all([import("@/lib/kernel/env"), import("@/lib/server/database")]);
  return withDatabase(env(), work, make);
}

const help = (): string =>
  [
    "Usage: npm run -s cockpit -- <command>",
    "",
    ...Object.values(commands).flatMap(({ usage, says }) => [`  ${usage}`, `      ${says}`]),
    "",
    "Exit codes: 0 done or yes, 1 the answer is no, 2 called wrongly or could not be carried out.",
    "",
  ].join("\n");

function misused(why: string, io: Io): number {
  io.err(`${why}\n\n${help()}`);
  return exitCodes.usage;
}

export async function main(args: string[], io: Io): Promise<number> {
  const [first, second = ""] = args;
  if (first === undefined) return misused("Which command?", io);
  if (["help", "--help", "-h"].includes(first)) {
    io.out(help());
    return exitCodes.ok;
  }
  const found = Object.hasOwn(commands, `${first} ${second}`)
    ? `${first} ${second}`
    : Object.hasOwn(commands, first)
      ? first
      : undefined;
  if (!found) return misused(`There is no command "${args.slice(0, 2).join(" ")}".`, io);
  try {
    return await commands[found]!.run(args.slice(found.split(" ").length), io);
  } catch (error) {
    if (error instanceof StartError) io.err(`${error.message}\n${error.remedy}\n`);
    else io.err(`That failed: ${(error as Error).message}\n`);
    return exitCodes.usage;
  }
}
