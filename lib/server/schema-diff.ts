/**
 * The SQL that leads from one Prisma schema to another. Prisma's own schema engine, as WebAssembly: its command line would
 * download a binary that locked-down networks do not reach. Development and tests only.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

export type SchemaFile = { path: string; content: string };

/** The schema as it stands in the working tree. */
export function currentSchema(directory = path.join(process.cwd(), "prisma/schema")): SchemaFile[] {
  return fs
    .readdirSync(directory)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => ({ path: name, content: fs.readFileSync(path.join(directory, name), "utf8") }));
}

/** Needs any reachable PostgreSQL; reads nothing from it. `before` empty means from nothing. */
export async function schemaDiff(connectionString: string, before: SchemaFile[], after: SchemaFile[]): Promise<string> {
  const glue = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }));
  const engine = await glue.SchemaEngine.new(
    { datamodels: after.map((file) => [file.path, file.content]) },
    () => {},
    adapter,
  );
  const side = (files: SchemaFile[]) => (files.length ? { tag: "schemaDatamodel", files } : { tag: "empty" });
  const { stdout } = await engine.diff({
    from: side(before),
    to: side(after),
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? "";
}

type Engine = { diff(input: unknown): Promise<{ stdout: string | null }> };
type Glue = {
  __wbg_set_wasm(exports: unknown): void;
  SchemaEngine: { new: (options: unknown, log: () => void, adapter: unknown) => Promise<Engine> };
};

async function loadEngine(): Promise<Glue> {
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = (await import(pathToFileURL(path.join(folder, "schema_engine_bg.js")).href)) as Glue;
  const wasm = new WebAssembly.Instance(
    new WebAssembly.Module(fs.readFileSync(path.join(folder, "schema_engine_bg.wasm"))),
    {
      "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
    },
  );
  glue.__wbg_set_wasm(wasm.exports);
  (wasm.exports.__wbindgen_start as () => void)();
  return glue;
}
