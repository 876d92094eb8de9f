/**
 * `npm run migrate:new -- <name>`: writes the migration that leads from the committed schema (git's HEAD) to the edited one.
 * What Prisma cannot say (triggers, checks, partial indexes) is then added to the file by hand.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { systemClock } from "@/lib/kernel/time";
import { startEmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { currentSchema, schemaDiff, type SchemaFile } from "@/lib/server/schema-diff";

function committedSchema(): SchemaFile[] {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" });
  return git("ls-tree", "--name-only", "HEAD", "prisma/schema/")
    .split("\n")
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => ({ path: path.basename(name), content: git("show", `HEAD:${name}`) }));
}

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Usage: npm run migrate:new -- <name in lower_case>");
  process.exit(2);
}
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-migrate-"));
fs.chmodSync(scratch, 0o711); // as root, the server runs under another account
const server = await startEmbeddedPostgres({ directory: path.join(scratch, "postgres") });
try {
  const sql = await schemaDiff(server.url("postgres"), committedSchema(), currentSchema());
  const stamp = systemClock().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join("prisma/migrations", `${stamp}_${name}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "migration.sql"), sql);
  console.log(path.join(folder, "migration.sql"));
} finally {
  await server.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
}
