import { beforeAll, expect, it } from "vitest";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { t0 } from "@/lib/testing/scenarios";
import { registerSource } from "./registration";

beforeAll(async () => useDatabase(await freshDatabase()));

it("a directory that was registered under another name stays the source it was", async () => {
  const before = await registerSource(cockpitMay("source.register"), "/data/sample-session", true, t0);
  expect(
    await registerSource(cockpitMay("source.register"), "/data/sample/session", true, t0, "/data/sample-session"),
  ).toBe(before);
  expect(
    await registerSource(cockpitMay("source.register"), "/data/sample/session", true, t0, "/data/sample-session"),
  ).toBe(before);
  expect(await db().source.findMany({ select: { id: true, directory: true } })).toEqual([
    { id: before, directory: "/data/sample/session" },
  ]);
});

it("a name that leads elsewhere by now is another source, and one that is known takes nothing over", async () => {
  const first = await registerSource(cockpitMay("source.register"), "/sessions/1", false, t0, "/sessions/current");
  const second = await registerSource(cockpitMay("source.register"), "/sessions/2", false, t0, "/sessions/current");
  expect(second).not.toBe(first);
  const old = await registerSource(cockpitMay("source.register"), "/sessions/current", false, t0);
  expect(await registerSource(cockpitMay("source.register"), "/sessions/2", false, t0, "/sessions/current")).toBe(
    second,
  );
  expect((await db().source.findUniqueOrThrow({ where: { id: old } })).directory).toBe("/sessions/current");
});
