import "server-only";
import { statfs } from "node:fs/promises";
import path from "node:path";
import type { Health } from "@/lib/areas/health/domain/health";
import { failingChannels } from "@/lib/areas/inbox/port";
import { readingHealth } from "@/lib/areas/source/port";
import { clockHealth } from "@/lib/kernel/clock/clocks";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { refusedForRoom } from "@/lib/kernel/db/trouble";
import { env } from "@/lib/kernel/env";

/** Whoever asks hears something within two seconds, whatever hangs. */
const answerWithinMs = 1500;
/** PostgreSQL writes ahead in files of 16 MB, and ends when it cannot make the next one. */
const leastRoomBytes = 16 * 1024 * 1024;

/** How the cockpit is, as far as it can be found out in time. */
export async function readHealth(now: Date): Promise<Health> {
  const [database, room, source, clocks, notices] = await Promise.all([
    inTime("database", pingDatabase, "unreachable" as const),
    inTime("room", hasRoom, true),
    inTime("source", () => readSource(now), { reading: "unknown", sources: "unknown" } as const),
    inTime("clocks", () => clockHealth(now), "unknown" as const),
    inTime("notices", () => readNotices(now), "unknown" as const),
  ]);
  return { database: room && !refusedForRoom(now) ? database : "full", ...source, clocks, notices };
}

const pending = new Map<string, Promise<unknown>>();

/** What still waits for its last answer is not asked anew: whoever asks often must not use up the connections. */
function inTime<Answer, Else>(part: string, ask: () => Promise<Answer>, otherwise: Else): Promise<Answer | Else> {
  const asked = (pending.get(part) as Promise<Answer> | undefined) ?? ask().finally(() => pending.delete(part));
  pending.set(part, asked);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), answerWithinMs);
    asked.then(resolve, () => resolve(otherwise)).finally(() => clearTimeout(timer));
  });
}

async function pingDatabase(): Promise<"ok"> {
  await db().$queryRaw`SELECT 1`;
  return "ok";
}

/** Only the embedded database's disk can be looked at. */
async function hasRoom(): Promise<boolean> {
  const { bavail, bsize } = await statfs(path.join(env().dataDir, "postgres"));
  return bavail * bsize >= leastRoomBytes;
}

async function readSource(now: Date): Promise<Pick<Health, "reading" | "sources">> {
  const id = await currentSourceId();
  const [source] = await db().$queryRaw<{ lastReadAt: Date | null; problem: string | null; partly: boolean }[]>`
    SELECT s."lastReadAt", s."problem", s."amissCount" > 0 OR s."writeProblem" IS NOT NULL OR EXISTS (SELECT 1 FROM "SourceFile" f WHERE f."sourceId" = s."id" AND f."problem" IS NOT NULL AND f."goneAt" IS NULL) AS "partly"
    FROM "Source" s WHERE s."id" = ${id}::uuid`;
  const { lastReadAt, problem, partly } = source!;
  return {
    reading: readingHealth(lastReadAt, now),
    sources: problem !== null ? "unreadable" : partly ? "partly" : "ok",
  };
}

const readNotices = async (now: Date): Promise<"ok" | "failing"> =>
  (await failingChannels(now)).length ? "failing" : "ok";
