/**
 * What must be there before any TypeScript can run: Node, the packages of package-lock.json, Prisma's generated client.
 * Plain JavaScript without dependencies. Everything it prints goes to stderr: a command's stdout is its answer.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const inRoot = (...parts) => path.join(root, ...parts);

export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends the process with what is wrong and what to do, a line each. */
export function refuse(what, remedy) {
  say(what);
  say(remedy);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  refuse(
    `This is Node ${process.versions.node}; the cockpit needs 20.19 or newer.`,
    "Install a newer Node (https://nodejs.org) and try again.",
  );
}

/** Makes the packages and the generated client what the repository says they should be; does nothing when they are. */
export async function makeReady() {
  checkNode();
  await installPackages();
  await generateClient();
}

async function installPackages() {
  if (packagesMatch()) return;
  say("Installing packages (npm ci) …");
  // Build and tests need the development packages too, also where NODE_ENV=production is set.
  const { code, output } = await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0)
    refuse(
      `npm ci failed: ${lastLine(output)}`,
      "Check the network, free space and who owns node_modules, then try again.",
    );
}

/** npm keeps what it installed in a lock file of its own; packages for other platforms are rightly missing there. */
function packagesMatch(
  wantedFile = inRoot("package-lock.json"),
  installedFile = inRoot("node_modules/.package-lock.json"),
) {
  if (!fs.existsSync(installedFile)) return false;
  const wanted = JSON.parse(fs.readFileSync(wantedFile, "utf8")).packages;
  const installed = JSON.parse(fs.readFileSync(installedFile, "utf8")).packages;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === "") return true;
    const there = installed[name];
    return there ? there.version === entry.version && there.integrity === entry.integrity : Boolean(entry.optional);
  });
}

async function generateClient() {
  const stamp = inRoot("lib/kernel/db/generated/.made-from");
  const digest = digestOf([inRoot("prisma/schema"), inRoot("node_modules/prisma/package.json")]);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === digest) return;
  // `generate` needs no schema engine but looks for one, and would download it; any executable will do.
  const environment = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const { code, output } = await run(
    process.execPath,
    [inRoot("node_modules/prisma/build/index.js"), "generate"],
    environment,
  );
  if (code !== 0)
    refuse(`prisma generate failed: ${lastLine(output)}`, "See prisma/schema; `npx prisma validate` says more.");
  fs.writeFileSync(stamp, digest);
}

/**
 * SHA-256 over names and contents of files and folders, in a fixed order.
 * @param {string[]} places
 * @param {(file: string) => boolean} [keep]
 */
export function digestOf(places, keep = () => true) {
  const hash = createHash("sha256");
  const visit = (place) => {
    const stat = fs.statSync(place, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(place).sort()) visit(path.join(place, name));
    } else if (keep(place)) {
      hash.update(`${path.relative(root, place)}\0${stat.size}\0`).update(fs.readFileSync(place));
    }
  };
  for (const place of places) visit(place);
  return hash.digest("hex");
}

/** Runs a program to its end; Ctrl-C and SIGTERM end it with us. */
function run(command, args, environment = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const stop = () => child.kill("SIGTERM");
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    let interrupted = false;
    const onSignal = () => {
      interrupted = true;
      stop();
    };
    for (const signal of signals) process.on(signal, onSignal);
    const done = (code, text) => {
      for (const signal of signals) process.off(signal, onSignal);
      if (interrupted) process.exit(130);
      resolve({ code, output: text });
    };
    child.once("error", (error) => done(1, error.message));
    child.once("close", (code) => done(code, output));
  });
}

const lastLine = (output) =>
  output
    .trim()
    .split("\n")
    .findLast((line) => line.trim() && !/A complete log of this run/.test(line))
    ?.trim() ?? "no output";
