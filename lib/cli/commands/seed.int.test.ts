import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyChainAndStanding } from "@/lib/areas/audit/acts/verify-chain";
import { setRoles } from "@/lib/areas/person/acts/access";
import { preparePeople } from "@/lib/areas/person/acts/prepare";
import { startIngest } from "@/lib/areas/source/ingest/ingest";
import { registerSource } from "@/lib/areas/source/store/registration";
import { closeDatabase, db, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { listScenes, runSeed, scenes } from "./seed";

let directory: string;
const now = systemClock();
const queue = () => path.join(directory, "escalation_queue.jsonl");

async function seed(name: string, sessionDir = directory) {
  let [out, err] = ["", ""];
  const code = await runSeed(
    name,
    { sessionDir, dataDir: os.tmpdir() },
    { out: (text) => (out += text), err: (text) => (err += text), now: () => now },
  );
  return { code, out, err };
}

beforeEach(async () => {
  await useDatabase(await freshDatabase());
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "scene-")));
  await preparePeople({ isSample: true, now, requestId: "start" });
});
afterEach(async () => {
  await closeDatabase();
  fs.rmSync(directory, { recursive: true, force: true });
});

async function readFiles(): Promise<void> {
  const ingest = startIngest({ directory, pollMs: 20 });
  await ingest.settled();
  await ingest.stop();
}

const statuses = async () =>
  (await db().escalation.groupBy({ by: ["status"], _count: true, orderBy: { status: "asc" } })).map(
    ({ status, _count }) => `${_count} ${status}`,
  );
const overrideStates = async () =>
  (await db().override.findMany({ orderBy: { owner: "asc" } })).map(
    ({ owner, status }) => `${owner.split("-")[0]}: ${status}`,
  );

/** By hand: what stands there after a scene was played once on an empty sample. */
const stands: Record<string, () => Promise<void>> = {
  denials: async () => expect(await statuses()).toEqual(["6 open"]),
  "busy-queue": async () => expect(await statuses()).toEqual(["1000 open"]),
  "unusable-lines": async () => expect(await db().quarantinedLine.count()).toBeGreaterThan(5),
  "every-path": async () => {
    expect(await statuses()).toEqual(["7 open"]);
    expect(
      (await db().escalation.groupBy({ by: ["path"], _count: true, orderBy: { path: "asc" } })).map(
        ({ path, _count }) => [path, _count],
      ),
    ).toEqual([
      ["policy_denial", 1],
      ["contract_drift", 1],
      ["integrity", 1],
      ["incident", 4],
    ]);
  },
  "every-stage": async () =>
    expect((await statuses()).sort()).toEqual(["1 cancelled", "1 resolved", "2 claimed", "3 open"]),
  overrides: async () =>
    expect(await overrideStates()).toEqual([
      "advised: requested",
      "approved: approved",
      "denied: denied",
      "requested: requested",
      "revoked: revoked",
      "withdrawn: withdrawn",
    ]),
};

describe("on the sample", () => {
  it.each(Object.keys(stands))(
    "%s is played, again beside the first, and is an act of the command line",
    async (name) => {
      await registerSource(cockpitMay("source.register"), directory, true, now);
      expect(await seed(name)).toMatchObject({ code: 0, err: "" });
      await readFiles();
      await stands[name]!();

      const before = (await db().escalation.count()) + (await db().override.count());
      expect(await seed(name)).toMatchObject({ code: 0, err: "" });
      await readFiles();
      // The same unusable lines are the same findings; all else stands there once more.
      expect((await db().escalation.count()) + (await db().override.count())).toBe(
        name === "unusable-lines" ? before : 2 * before,
      );

      const events = (await db().auditEvent.findMany({ where: { action: "sample.seed" } })).map(
        ({ body }) => JSON.parse(body) as unknown,
      );
      expect(events).toHaveLength(2);
      expect(events[0]).toMatchObject({
        outcome: "done",
        actor: { kind: "system", name: "command line" },
        subject: { kind: "scene", id: name },
        after: { directory },
      });
      expect(await verifyChainAndStanding()).toMatchObject({ status: "passed" });
    },
  );

  it("every scene is listed with a sentence, and every one is held to what stands after it", () => {
    let out = "";
    expect(listScenes({ out: (text) => (out += text), err: () => {}, now: () => now })).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t")[0]),
    ).toEqual(Object.keys(stands));
    expect(Object.values(scenes).every(({ says }) => /^[A-Z].*\.$/.test(says))).toBe(true);
  });

  it("nothing is played while nobody holds a role that plays in it", async () => {
    await registerSource(cockpitMay("source.register"), directory, true, now);
    await setRoles({ now, requestId: "r" }, "lead@example.com", []);
    expect(await seed("denials")).toEqual({
      code: 1,
      out: "",
      err: "A scene needs somebody of each role, and nobody is Tech Lead.\n",
    });
    expect(fs.existsSync(queue())).toBe(false);
  });
});

describe("anywhere else a scene is refused, and nothing is written", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["on somebody's own session directory", () => registerSource(cockpitMay("source.register"), directory, false, now)],
    [
      "on the sample, in a database that holds somebody's own too",
      async () => [
        await registerSource(cockpitMay("source.register"), directory, true, now),
        await registerSource(cockpitMay("source.register"), "/srv/thegent", false, now),
      ],
    ],
    ["in a database that does not know the directory", async () => {}],
  ])("%s", async (_, given) => {
    await given();
    const events = await db().auditEvent.count();
    for (const name of Object.keys(scenes))
      expect(await seed(name)).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringMatching(/^A scene is /) as string,
      });
    expect([await db().escalation.count(), await db().override.count(), await db().auditEvent.count()]).toEqual([
      0,
      0,
      events,
    ]);
    expect(fs.readdirSync(directory)).toEqual([]);
  });
});
