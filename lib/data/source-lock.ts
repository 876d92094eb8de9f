import "server-only";
import pg from "pg";
import { databaseUrl } from "./client";

export type SourceLock = {
  /** False once its connection was lost: another worker may hold it by now. */
  held(): boolean;
  release(): Promise<void>;
};

/**
 * The right to read a source's files, or to write into them, for one worker at a time; null while another has it. PostgreSQL
 * frees it when the holder's connection ends, however it ends. That nothing is recorded twice rests on the guards of the writes.
 */
export async function takeSourceLock(sourceId: string, purpose: "ingest" | "delivery"): Promise<SourceLock | null> {
  const client = new pg.Client({ connectionString: databaseUrl(), keepAlive: true, connectionTimeoutMillis: 10_000, application_name: `cockpit ${purpose} lock` });
  let held = false;
  const lost = () => {
    held = false;
  };
  client.on("error", lost).on("end", lost);
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken", [`${purpose} ${sourceId}`]);
    held = rows[0]?.taken === true;
  } finally {
    if (!held) await client.end().catch(lost);
  }
  return held ? { held: () => held, release: () => client.end().catch(lost) } : null;
}
