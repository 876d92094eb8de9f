import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { isFinal, isInForce } from "@/lib/areas/override/domain/override";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { Role } from "@/lib/model/roles";
import { takeUp, type WriteBack } from "@/lib/server/jobs/take-up";
import { freshDatabase } from "@/lib/testing/database";
import { commands, people, type World } from "@/lib/testing/override-commands";
import { OverrideModel, type Person } from "@/lib/testing/override-model";
import { makePerson, makeSource, t0 } from "@/lib/testing/scenarios";
import { unlikeTheirRows } from "@/lib/testing/subjects";
import { addToQueueFile } from "@/lib/thegent/files/add-to-queue";
import { Drainer } from "@/lib/thegent/files/drainer";
import { endOverride, recordOverride } from "@/lib/thegent/files/override-file";
import { honours, microsAt } from "@/lib/thegent/files/testing/honours";
import { resolveInQueueFile } from "@/lib/thegent/files/write-back";
import { newOverrideKey } from "@/lib/thegent/records/override-record";
import { passTimeOfOverrides } from "./pass-time";

const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-overrides-")));
const seen: World["seen"] = new Map();
const problems: unknown[] = [];
const drainer = new Drainer({ onProblem: (error) => problems.push(error) });

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 5);
});
afterAll(async () => {
  await drainer.close();
  fs.rmSync(home, { recursive: true });
});

/** As the worker writes, but nobody rewrites the file meanwhile, so that it need not be looked at again. */
const writeTo = (file: string, queue: string): WriteBack => ({
  add: (records) => addToQueueFile(queue, records, { drainer }),
  resolve: (resolutions) => resolveInQueueFile(queue, resolutions, { drainer }),
  override: async (records) => {
    for (const record of records) await recordOverride(file, record, { lookAgainMs: 0 });
  },
  endOverride: async (records) => {
    for (const { endAt, ...record } of records)
      await endOverride(file, newOverrideKey(record), endAt, { lookAgainMs: 0 });
  },
});

async function makeWorld(held: readonly Role[][]): Promise<{ model: OverrideModel; real: World }> {
  await db().person.updateMany({ data: { disabledAt: t0 } });
  const made = await Promise.all(held.map((roles) => makePerson(...roles)));
  const directory = fs.mkdtempSync(path.join(home, "session-"));
  const sourceId = await makeSource(directory);
  const [file, queue] = [
    path.join(directory, "override_registry.jsonl"),
    path.join(directory, "escalation_queue.jsonl"),
  ];
  fs.writeFileSync(queue, "");
  const by = (now: Date) => ({ sourceId, now: () => now, requestId: uuidv7() });
  const ended = new Map<string, string>();
  const real: World = {
    sourceId,
    seen,
    takeUp: async (now) => void (await takeUp({ ...by(now), write: writeTo(file, queue) })),
    clock: async (now) => {
      await passTimeOfOverrides(by(now));
      expect(
        await db().override.count({
          where: { sourceId, status: { in: ["approved", "active"] }, expiresAt: { lte: now } },
        }),
      ).toBe(0);
      expect(
        await db().override.count({ where: { sourceId, status: "requested", overdueAt: null, decideBy: { lt: now } } }),
      ).toBe(0);
    },
    setRoles: async ({ id, roles }) => {
      await db().roleHolding.deleteMany({ where: { personId: id } });
      await db().roleHolding.createMany({ data: roles.map((role) => ({ personId: id, role, grantedAt: t0 })) });
    },
    check: async ({ now, told }) => {
      const found = await db().override.findMany({
        where: { sourceId },
        include: { asSubject: { include: { effects: true } } },
      });
      const stored = found.map(({ asSubject, ...row }) => ({ ...row, effects: asSubject.effects }));
      expect(stored).toHaveLength(told.length);
      for (const { effects, ...row } of stored) {
        expect([row.decidedById, row.decidedForId]).not.toContain(row.requestedById);
        const before = ended.get(row.id);
        if (before !== undefined) expect(JSON.stringify(row)).toBe(before);
        if (isFinal(row.status)) ended.set(row.id, JSON.stringify(row));
        expect(effects.filter(({ kind }) => kind === "thegent.override").length).toBe(row.expiresAt ? 1 : 0);
        expect(effects.filter(({ kind }) => kind === "thegent.end-override").length).toBe(
          row.status === "revoked" ? 1 : 0,
        );
      }
      const content = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
      const isPending = stored.some(({ effects }) => effects.some(({ status }) => status !== "applied"));
      for (const owner of new Set(told.map((one) => one.owner))) {
        const own = stored.filter((row) => row.owner === owner && row.expiresAt && row.expiresAt.getTime() > now);
        const has = (row: (typeof own)[number], kind: string) =>
          row.effects.some((effect) => effect.kind === kind && effect.status === "applied");
        const isHonoured = honours(content, owner, microsAt(new Date(now)));
        expect(isHonoured).toBe(own.some((row) => has(row, "thegent.override") && !has(row, "thegent.end-override")));
        if (!isPending) expect(isHonoured).toBe(own.some(({ status }) => isInForce(status)));
      }
    },
  };
  return { model: new OverrideModel(made.map((person): Person => ({ ...person, roles: [...person.roles] }))), real };
}

it(
  "whoever does whatever in whatever order: nobody decides their own, only who may decides, nothing outlives its end or leaves it, and thegent's file agrees",
  { timeout: 240_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(people, commands, async (held, steps) => {
        const world = await makeWorld(held);
        await fc.asyncModelRun(() => world, steps);
      }),
      { numRuns: 12, seed: 7 },
    );
    expect((await verifyChain()).status).toBe("passed");
    expect(await unlikeTheirRows()).toEqual([]);
    expect(problems).toEqual([]);
    // The walk went somewhere: every act was done, and refused, more than once.
    for (const act of ["request", "renew", "advise", "approve", "deny", "withdraw", "revoke", "delegate"]) {
      for (const done of [true, false])
        expect([`${act} ${done}`, seen.get(`${act} ${done}`) ?? 0]).toEqual([
          `${act} ${done}`,
          expect.toSatisfy((count: number) => count > 1),
        ]);
    }
    expect(await db().override.count({ where: { decidedForId: { not: null } } })).toBeGreaterThan(0);
    expect(await db().override.count({ where: { status: "expired" } })).toBeGreaterThan(0);
  },
);
