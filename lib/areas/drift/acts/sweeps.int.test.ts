import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { sweepView } from "@/lib/areas/drift/read/sweeps";
import { runSweep as commandSweep } from "@/lib/cli/commands/sweep";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { takeSourceLock } from "@/lib/kernel/db/source-lock";
import { systemClock } from "@/lib/kernel/time";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";
import { startDelivery } from "@/lib/server/jobs/delivery";
import { as, makePeople } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { runSweeps } from "./run-sweeps";
import { sweepNow } from "./sweep-now";

const start = new Date("2026-03-01T09:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

let session: Session;
let people: Record<Role, PersonActor>;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
  people = await makePeople();
});
afterEach(async () => {
  expect((await verifyChain()).status).toBe("passed");
  await session.close();
});

const run = (minutes: number) =>
  runSweeps({
    sourceId: session.sourceId,
    directory: session.directory,
    now: () => at(minutes),
    requestId: `run ${minutes}`,
  });
const press = (role: Role, minutes: number, seen: number | null) => sweepNow(as(people[role], at(minutes)), { seen });
const sweeps = () => db().sweep.findMany({ orderBy: { id: "asc" } });
const view = (role: Role, minutes: number) => {
  const decision = decide(operatingModel, "drift.view", people[role]);
  if (!decision.allowed) throw new Error(decision.because);
  return sweepView(decision.grant, people[role], at(minutes));
};
const events = async (action: string) =>
  (await db().auditEvent.findMany({ where: { action }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
const verdicts = async () => {
  const { done } = await view("operator", 1000);
  return Object.fromEntries(Object.entries(done!.result!).map(([part, { verdict }]) => [part, verdict]));
};

describe("a sweep by hand", () => {
  it.each<Role>(["operator", "tech_lead"])(
    "is the %s’s to ask for, and is an event with their letter",
    async (role) => {
      const asked = await press(role, 0, null);
      expect(asked.recent).toMatchObject([{ by: role, begunAt: null, endedAt: null }]);
      expect(await events("drift.sweep")).toMatchObject([
        { outcome: "done", actor: { id: people[role].id }, role, letter: "R", after: { status: "asked" } },
      ]);
    },
  );

  it.each<Role>(["product_owner", "security", "stakeholder"])("is not the %s’s, who is told whose", async (role) => {
    await expect(press(role, 0, null)).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("Tech Lead or Operator can do this") as string,
    });
    expect(await sweeps()).toEqual([]);
    expect(await events("drift.sweep")).toMatchObject([{ outcome: "refused", actor: { id: people[role].id } }]);
    expect((await view(role, 0)).may).toMatchObject({ allowed: false });
  });

  it("pressed by many at once, and again once it has ended, is one", async () => {
    await Promise.all(Array.from({ length: 6 }, (_, n) => press(n % 2 ? "operator" : "tech_lead", 0, null)));
    await run(1);
    await press("operator", 2, null);
    expect(await sweeps()).toHaveLength(1);
    expect(await events("drift.sweep")).toHaveLength(1);
  });

  it("right after another that somebody asked for is refused until half a minute later", async () => {
    await press("operator", 0, null);
    await run(1);
    const [one] = await sweeps();
    await expect(press("tech_lead", 1.25, one!.id)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    await press("tech_lead", 1.5, one!.id);
    expect(await sweeps()).toHaveLength(2);
  });
});

describe("the schedule", () => {
  it("sweeps at once where there was none, and an hour later again, each an event of the cockpit’s own", async () => {
    for (const minutes of [0, 1, 59, 60]) await run(minutes);
    expect((await sweeps()).map(({ askedAt, askedById }) => [askedAt, askedById])).toEqual([
      [at(0), null],
      [at(60), null],
    ]);
    const told = await events("drift.run-sweep");
    expect(told.map(({ actor, after }) => [actor.kind, (after as { status: string }).status])).toEqual([
      ["system", "asked"],
      ["system", "done"],
      ["system", "asked"],
      ["system", "done"],
    ]);
  });

  it("has one winner of many workers", async () => {
    await Promise.all([run(0), run(0), run(0), run(0)]);
    expect(await sweeps()).toMatchObject([{ problem: null }]);
  });

  it("goes on after the clock was set back, and says that the last result does not stand", async () => {
    await run(5000);
    expect(await view("operator", 0)).toMatchObject({ overdueAt: at(0).toISOString(), dueAt: at(0).toISOString() });
    await run(1);
    expect(await view("operator", 2)).toMatchObject({
      done: { begunAt: at(1).toISOString() },
      dueAt: at(61).toISOString(),
    });
  });
});

describe("a sweep that was begun and never ended", () => {
  const forsaken = () =>
    db().sweep.create({
      data: { sourceId: session.sourceId, askedById: people.operator.id, askedAt: at(0), begunAt: at(0) },
    });

  it("is said as such by the next worker, and keeps the next sweep from nothing", async () => {
    const { id } = await forsaken();
    await run(1);
    expect((await view("operator", 1)).recent).toMatchObject([
      { id, result: null, problem: expect.stringContaining("never ended") as string },
    ]);
    await press("operator", 1.5, id);
    await run(2);
    expect((await view("operator", 2)).recent[0]).toMatchObject({ problem: null, by: "operator" });
  });

  it("is left alone while the worker that runs it has the lease", async () => {
    await forsaken();
    const lease = await takeSourceLock(session.sourceId, "sweep");
    await run(1);
    expect(await sweeps()).toMatchObject([{ endedAt: null }]);
    await lease!.release();
  });
});

describe("what a sweep finds", () => {
  const copySample = async () => {
    for (const file of ["contract_telemetry.jsonl", "escalation_queue.jsonl", "run_registry.jsonl"])
      fs.copyFileSync(`samples/session/${file}`, session.at(file));
    await session.readOnce();
  };

  it("on the sample is what `cockpit sweep --audit` says of its files, which stay as they were", async () => {
    await copySample();
    const held = () =>
      fs.readdirSync(session.directory).map((name) => [name, fs.readFileSync(session.at(name), "utf8")]);
    const before = held();
    await run(0);
    expect(held()).toEqual(before);
    let out = "";
    const io = { out: (text: string) => void (out += text), err: () => undefined, now: () => at(0) };
    await commandSweep([session.directory, "--json", "--audit"], io);
    const said = JSON.parse(out) as { drift_issues: string[]; past_sla_count: number; audit: { valid_count: number } };
    const { result } = (await view("stakeholder", 1)).done!;
    expect([...result!.drift.says, ...result!.budget.says]).toEqual(said.drift_issues);
    expect(result!.past_sla.count).toBe(said.past_sla_count);
    expect(result!.audit).toMatchObject({
      verdict: "ok",
      says: [`${said.audit.valid_count} records of the run registry, whole.`],
    });
  });

  it("in a directory without anything is nothing", async () => {
    await run(0);
    expect(await verdicts()).toEqual({ drift: "ok", budget: "ok", past_sla: "ok", audit: "ok" });
  });

  it("of a registry that is broken is found, of one that is a link it is not known", async () => {
    session.write("run_registry.jsonl", '{"run_id":"run_1"}\n');
    await run(0);
    expect(await verdicts()).toMatchObject({ audit: "found", past_sla: "ok" });
    fs.renameSync(session.at("run_registry.jsonl"), session.at("other.jsonl"));
    fs.symlinkSync("other.jsonl", session.at("run_registry.jsonl"));
    await run(60);
    expect(await verdicts()).toMatchObject({ audit: "unknown", past_sla: "ok" });
  });

  it("of telemetry that nobody read is not known, which is not well; and what is read while it waits is", async () => {
    session.write("contract_telemetry.jsonl", '{"event_type":"normalization"}\n');
    const running = run(0);
    await pause(300);
    expect((await sweeps())[0]).toMatchObject({ endedAt: null });
    await session.readOnce();
    await running;
    expect(await verdicts()).toMatchObject({ drift: "ok", budget: "ok" });
    session.append("contract_telemetry.jsonl", '{"event_type":"normalization"}\n');
    await run(60);
    expect(await verdicts()).toEqual({ drift: "unknown", budget: "unknown", past_sla: "ok", audit: "ok" });
  });

  it("opens no item of the queue", async () => {
    await copySample();
    const items = await db().escalation.count();
    await run(0);
    expect(await db().escalation.count()).toBe(items);
  });

  it("that was kept and cannot be read any more is said, and the page stands", async () => {
    await run(0);
    await db().sweep.updateMany({ data: { result: { drift: "garbage" } } });
    expect((await view("operator", 1)).done).toMatchObject({
      result: null,
      problem: "What it found cannot be read any more.",
    });
  });
});

it("a source keeps its last 200 sweeps, and the last that has a result however old", async () => {
  await run(0);
  const [first] = await sweeps();
  const failed = { sourceId: session.sourceId, askedAt: at(1), begunAt: at(1), endedAt: at(1), problem: "-" };
  await db().sweep.createMany({ data: Array.from({ length: 210 }, () => failed) });
  await db().sweep.create({ data: { sourceId: session.sourceId, askedAt: at(2), begunAt: at(2) } });
  await run(3);
  const left = await sweeps();
  expect([left.length, left[0]!.id]).toEqual([201, first!.id]);
});

it("the worker carries out what is pressed, at once", async () => {
  const worker = startDelivery({ sourceId: session.sourceId, directory: session.directory });
  try {
    await sweepNow(as(people.operator, systemClock()), { seen: null });
    await vi.waitFor(
      async () => expect(await sweeps()).toMatchObject([{ endedAt: expect.any(Date) as Date, problem: null }]),
      15_000,
    );
  } finally {
    await worker.stop();
  }
});
