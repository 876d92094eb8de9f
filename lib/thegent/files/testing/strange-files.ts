import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/** What nobody but the cockpit may read; also a record, so that it would be taken for one of thegent's. */
export const secretLine =
  '{"run_id": "run_secret", "reason": "the-secret-of-somebody-else", "owner": "mallory", "status": "pending"}\n';

/** A directory beside every session directory, with what a writer there would like to see or change. */
export function openVault() {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "vault-")));
  const secret = path.join(directory, "secret");
  const servers: net.Server[] = [];
  fs.writeFileSync(secret, secretLine, { mode: 0o600 });
  fs.writeFileSync(path.join(directory, "s1.json"), secretLine, { mode: 0o600 });
  return {
    directory,
    secret,
    servers,
    /** Whether all is as it was: nothing written, nothing taken. */
    untouched: () =>
      fs.readFileSync(secret, "utf8") === secretLine &&
      fs.readdirSync(directory).sort().join() === "s1.json,secret" &&
      (fs.statSync(secret).mode & 0o777) === 0o600,
    close() {
      servers.forEach((server) => server.close());
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type Vault = ReturnType<typeof openVault>;

const isRoot = process.getuid?.() === 0;

function run(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw error ?? new Error(stderr);
}

type Strange = { what: string; is: string; put(place: string, vault: Vault): void | Promise<void> };

const link = (what: string, to: (vault: Vault, place: string) => string): Strange => ({
  what,
  is: "is a link",
  put: (place, vault) => fs.symlinkSync(to(vault, place), place),
});

/** Whatever may stand under a name where a file of thegent's is expected, and how the cockpit calls it. */
export const strangeFiles: readonly Strange[] = [
  link("a link to a file", ({ secret }) => secret),
  link("a relative link to a file", ({ secret }, place) => path.relative(path.dirname(place), secret)),
  link("a link to a directory", ({ directory }) => directory),
  link("a link to everything", () => "/"),
  link("a link to nothing", ({ directory }) => path.join(directory, "nothing")),
  link("a link to itself", (_, place) => place),
  link("a link to a device without end", () => "/dev/zero"),
  link("a link to the process", () => "/proc/self/environ"),
  {
    what: "a hard link",
    is: "has another name elsewhere (a hard link)",
    put: (place, { secret }) => fs.linkSync(secret, place),
  },
  { what: "a directory", is: "is a directory", put: (place) => fs.mkdirSync(place) },
  { what: "a pipe", is: "is a pipe", put: (place) => run("mkfifo", place) },
  {
    what: "a socket",
    is: "is a socket",
    async put(place, { servers }) {
      const server = net.createServer();
      servers.push(server);
      // The path of a socket is short by rule: it is bound elsewhere and moved here.
      const bound = path.join(os.tmpdir(), `s${process.pid}-${servers.length}`);
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(bound, resolve));
      fs.renameSync(bound, place);
    },
  },
  ...(isRoot
    ? [{ what: "a device without end", is: "is a device", put: (place: string) => run("mknod", place, "c", "1", "5") }]
    : []),
  ...(isRoot
    ? [
        {
          what: "a file of another account, closed",
          is: "belongs to an account that keeps it from the directory's owner",
          put: putForeign,
        },
      ]
    : []),
];

/** As a hard link whose other name is gone. */
function putForeign(place: string): void {
  fs.writeFileSync(place, secretLine, { mode: 0o600 });
  fs.chownSync(place, 1234, 1234);
}
