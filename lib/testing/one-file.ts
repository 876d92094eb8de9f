import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";

export type OneFile = { file: string; remove(): void };

/** A script of ours with all that it imports as one file: its process is ready in a third of the time that it takes from the sources. For tests that start it again and again. */
export async function inOneFile(entry: string): Promise<OneFile> {
  const root = process.cwd();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "one-file-"));
  const file = path.join(home, "script.mjs");
  fs.symlinkSync(path.join(root, "node_modules"), path.join(home, "node_modules"));
  const required = `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(${JSON.stringify(path.join(root, "package.json"))}); const __dirname = ${JSON.stringify(root)}; const __filename = __dirname + "/script.js";`;
  await build({
    entryPoints: [path.join(root, entry)],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["react-server"],
    // A binary, and what is never asked for by what runs here.
    external: ["@node-rs/argon2", "pg-native", "typescript"],
    banner: { js: required },
    logLevel: "error",
  });
  return { file, remove: () => fs.rmSync(home, { recursive: true, force: true }) };
}
