import "server-only";
import { db } from "./client";

/** Throws when the database does not answer. */
export async function pingDatabase(): Promise<void> {
  await db().$queryRaw`SELECT 1`;
}
