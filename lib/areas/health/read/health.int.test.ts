import type pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  noteAmiss,
  noteFileProblem,
  noteGone,
  noteReading,
  noteSourceProblem,
  noteWriteProblem,
  getOrAddFile,
} from "@/lib/areas/source/store/sources";
import { databaseUrl, db, openPool, pool, useDatabase } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { databaseTrouble } from "@/lib/kernel/db/trouble";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { silentProxy } from "@/lib/testing/silent-proxy";
import { readHealth } from "./health";

const recording = cockpitMay("source.record");

const directory = "/a/session";
let direct: string;
let sourceId: string;
beforeAll(async () => {
  direct = await freshDatabase();
  await useDatabase(direct);
  sourceId = await makeSource(directory);
  useSource(directory);
});
beforeEach(() => noteReading(recording, sourceId, t0, t0));
afterEach(() => useDatabase(direct));

const well = { database: "ok", reading: "ok", sources: "ok", clocks: "ok", notices: "ok" };

describe("health", () => {
  it("is well while thegent's queue is read", async () => expect(await readHealth(t0)).toEqual(well));

  it("says that nobody reads: not lately, or not yet", async () => {
    expect(await readHealth(minutes(1))).toEqual({ ...well, reading: "late" });
    await db().source.update({ where: { id: sourceId }, data: { lastReadAt: null } });
    expect(await readHealth(t0)).toEqual({ ...well, reading: "late" });
  });

  it("tells a part that cannot be read from the whole that cannot, and forgets a part that is gone", async () => {
    const { id } = await getOrAddFile(recording, sourceId, "agent/s1.json", "session_meta", t0);
    await noteFileProblem(recording, id, "It cannot be read: permission denied.");
    expect(await readHealth(t0)).toEqual({ ...well, sources: "partly" });
    await noteSourceProblem(recording, sourceId, "The directory cannot be read.");
    expect(await readHealth(t0)).toEqual({ ...well, sources: "unreadable" });
    await noteSourceProblem(recording, sourceId, null);
    await noteGone(recording, sourceId, ["agent/s1.json"], t0);
    expect(await readHealth(t0)).toEqual(well);
    await noteAmiss(recording, sourceId, [{ path: "agent", problem: "It cannot be listed: permission denied." }]);
    expect(await readHealth(t0)).toEqual({ ...well, sources: "partly" });
    await noteAmiss(recording, sourceId, []);
    expect(await readHealth(t0)).toEqual(well);
    await noteWriteProblem(
      cockpitMay("escalation.take-up"),
      sourceId,
      "What others added is not in it yet: the disk is full.",
    );
    expect(await readHealth(t0)).toEqual({ ...well, sources: "partly" });
    await noteWriteProblem(cockpitMay("escalation.take-up"), sourceId, null);
    expect(await readHealth(t0)).toEqual(well);
  });

  it("answers whoever asks while the database is silent, and however many ask, few connections are used up", async () => {
    const proxy = await silentProxy(direct);
    try {
      await useDatabase(proxy.url);
      expect(await readHealth(t0)).toEqual(well);
      proxy.silence();
      const answers = [];
      for (let round = 0; round < 2; round++)
        answers.push(...(await Promise.all(Array.from({ length: 40 }, () => readHealth(minutes(1))))));
      expect(new Set(answers.map((health) => Object.values(health).join(" ")))).toEqual(
        new Set(["unreachable unknown unknown unknown unknown"]),
      );
      expect(pool().totalCount + pool().waitingCount).toBeLessThanOrEqual(4);
    } finally {
      proxy.close();
    }
  });
});

describe("a statement", () => {
  it("is given up when the database is silent, and whoever asked is told that it is", async () => {
    const proxy = await silentProxy(direct);
    onTestFinished(proxy.close);
    const connections = openPool(proxy.url, 1, 200);
    await connections.query("SELECT 1");
    proxy.silence();
    const error: unknown = await connections.query("SELECT 1").catch((thrown: unknown) => thrown);
    expect(databaseTrouble(error)).toBe("silent");
  });

  it("that takes too long is ended by the database itself", async () => {
    const connections = openPool(direct, 1, 200);
    onTestFinished(() => connections.end());
    const error: unknown = await connections.query("SELECT pg_sleep(60)").catch((thrown: unknown) => thrown);
    expect([(error as pg.DatabaseError).code, databaseTrouble(error)]).toEqual(["57014", "silent"]);
    expect((await connections.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("of a database that is not there is told from an error of ours", async () => {
    const nowhere = new URL(databaseUrl());
    nowhere.port = "1";
    await useDatabase(nowhere.href);
    expect(
      databaseTrouble(
        await db()
          .source.findMany()
          .catch((thrown: unknown) => thrown),
      ),
    ).toBe("silent");
    await useDatabase(direct);
    expect(databaseTrouble(await db().$queryRaw`SELECT 1 FROM nowhere`.catch((thrown: unknown) => thrown))).toBeNull();
    expect(databaseTrouble(new Error("no"))).toBeNull();
  });
});
