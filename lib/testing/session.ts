/** A session directory of its own, registered in a database of its own, for tests that read thegent's files. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startIngest, type Ingest } from "@/lib/areas/source/ingest/ingest";
import { registerSource } from "@/lib/areas/source/store/registration";
import { closeDatabase, db, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import { freshDatabase } from "./database";
import { cockpitMay } from "./grants";

export type Session = Awaited<ReturnType<typeof openSession>>;

export async function openSession() {
  const databaseUrl = await freshDatabase();
  await useDatabase(databaseUrl);
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "session-")));
  const sourceId = await registerSource(cockpitMay("source.register"), directory, false, systemClock());
  const running: Ingest[] = [];
  const at = (name: string) => path.join(directory, name);

  return {
    databaseUrl,
    directory,
    sourceId,
    at,
    /** A worker that follows the directory. */
    follow(useNotices = true): Ingest {
      const ingest = startIngest({ directory, pollMs: 20, useNotices });
      running.push(ingest);
      return ingest;
    },
    /** Reads what stands there now, with a worker that has just been started, and ends it. */
    async readOnce(): Promise<void> {
      const ingest = startIngest({ directory, pollMs: 20 });
      await ingest.settled();
      await ingest.stop();
    },
    write: (name: string, content: string | Uint8Array) => fs.writeFileSync(at(name), content),
    append: (name: string, content: string | Uint8Array) => fs.appendFileSync(at(name), content),
    /** As an editor saves: another file takes the name. */
    replace(name: string, content: string | Uint8Array) {
      fs.writeFileSync(at(`${name}.tmp`), content);
      fs.renameSync(at(`${name}.tmp`), at(name));
    },
    file: (name: string) => db().sourceFile.findUnique({ where: { sourceId_path: { sourceId, path: name } } }),
    /** The records the file holds now, in its order; `gone` ones on demand. */
    async records(name: string, gone = false) {
      const where = { file: { sourceId, path: name }, goneAt: gone ? { not: null } : null };
      const rows = await db().sourceRecord.findMany({ where, orderBy: [{ line: "asc" }, { id: "asc" }] });
      return rows.map((row) => ({
        ...row,
        text: Buffer.from(row.bytes).toString(),
        byteOffset: Number(row.byteOffset),
      }));
    },
    async quarantined(name: string) {
      const rows = await db().quarantinedLine.findMany({
        where: { file: { sourceId, path: name }, goneAt: null },
        orderBy: { line: "asc" },
      });
      return rows.map((row) => ({ ...row, byteOffset: Number(row.byteOffset), length: Number(row.length) }));
    },
    async close(): Promise<void> {
      await Promise.all(running.map((ingest) => ingest.stop()));
      await closeDatabase();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
