/** The database on a real disk that is really full: a small one in memory, which only root can make. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toFailure } from "@/lib/kernel/act/respond";
import type { PersonActor } from "@/lib/model/decide";
import type { EmbeddedPostgres } from "@/lib/server/embedded-postgres";
import { fillDisk } from "@/lib/testing/fill-disk";

const disk = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-disk-"));
const canMount =
  process.getuid?.() === 0 &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", disk]).status === 0;
afterAll(() => {
  if (canMount) spawnSync("umount", ["-l", disk]);
  fs.rmdirSync(disk);
});

describe.skipIf(!canMount)("a database whose disk is full", () => {
  const filling = path.join(disk, "filling");
  let server: EmbeddedPostgres;
  let olga: PersonActor;
  let sourceId: string;

  beforeAll(async () => {
    process.env.COCKPIT_DATA_DIR = disk;
    const [{ startEmbeddedPostgres }, { prepareDatabase }, { useDatabase }, { makePerson, makeSource }] =
      await modules();
    server = await startEmbeddedPostgres({ directory: path.join(disk, "postgres"), settings: { fsync: "off" } });
    await prepareDatabase(server.url("cockpit"));
    await useDatabase(server.url("cockpit"));
    olga = await makePerson("operator");
    sourceId = await makeSource("/a/session");
  }, 120_000);
  afterAll(async () => {
    const [, , { closeDatabase }] = await modules();
    await closeDatabase();
    await server?.stop();
  });

  it("refuses acts in words, says so in health, keeps what it has, and takes acts again once there is room", async () => {
    const [
      ,
      ,
      { db },
      { as, makeEscalation },
      { commentEscalation },
      { readHealth },
      { useSource },
      { verifyChain },
      { systemClock },
    ] = await modules();
    useSource("/a/session");
    const id = await makeEscalation({ sourceId });
    const comment = async () => {
      const { version } = await db().escalation.findUniqueOrThrow({ where: { id } });
      await commentEscalation(as(olga, systemClock()), { id, version, text: "What was found, at length. ".repeat(60) });
    };
    await comment();
    fillDisk(filling);
    let said = 1;
    let refusal: unknown;
    while (!refusal)
      await comment().then(
        () => said++,
        (error: unknown) => (refusal = error),
      );
    expect(toFailure(refusal, "request-1")).toEqual({
      code: "UNAVAILABLE",
      message: "The disk of the database is full. Nothing was done.",
      requestId: "request-1",
    });
    expect(await readHealth(systemClock())).toMatchObject({ database: "full" });
    expect(await db().escalation.count()).toBe(1);
    fs.rmSync(filling);
    await comment();
    expect(await readHealth(new Date(systemClock().getTime() + 120_000))).toMatchObject({ database: "ok" });
    expect(await db().auditEvent.count({ where: { subjectId: id } })).toBe(said + 1);
    expect((await verifyChain()).status).toBe("passed");
  }, 120_000);
});

/** Loaded only once the environment names the disk: it is read once a process. */
const modules = () =>
  Promise.all([
    import("@/lib/server/embedded-postgres"),
    import("@/lib/server/database"),
    import("./client"),
    import("@/lib/testing/scenarios"),
    import("@/lib/areas/escalation/acts/comment"),
    import("@/lib/areas/health/read/health"),
    import("./current-source"),
    import("@/lib/areas/audit/acts/verify-chain"),
    import("@/lib/kernel/time"),
  ]);
