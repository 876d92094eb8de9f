/** What a later thegent writes, beside or over what the reference wrote. */
import fs from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findEscalationDetail } from "@/lib/areas/escalation/acts/read-escalation";
import { queueSummary } from "@/lib/areas/escalation/read/queue-summary";
import { sourceView } from "@/lib/areas/source/read/view";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { systemClock } from "@/lib/kernel/time";
import { decide, type Grant, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";

const queue = "escalation_queue.jsonl";
const overrides = "override_registry.jsonl";
const denial = (run: string, priority = 2, status = "pending") =>
  `{"run_id": "${run}", "reason": "Denied", "owner": "ana:shop", "agent": "codex", "lane": "critical", "priority": ${priority}, "blocked_at_utc": "2026-03-01T09:00:00+00:00", "escalate_by_utc": "2099-03-01T09:30:00+00:00", "sla_minutes": 30, "status": "${status}"}`;
const laterDenial = (run: string, priority = 1) =>
  `{"escalate_by_utc": "2099-03-01T09:30:00Z", "owner": null, "priority": ${priority}, "reason": "Denied", "run_id": "${run}", "sla_minutes": 30, "status": "pending"}`;
const withoutSla = (run: string) =>
  `{"_from_add": true, "owner": "ana:shop", "priority": 5, "reason": "look", "run_id": "${run}", "status": "pending"}`;
const override = (owner: string, end = "2026-03-02T09:00:00+00:00") =>
  `{"owner": "${owner}", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "${end}"}`;
const laterOverride = (owner: string) =>
  `{"expires_at_utc": "2026-03-01T10:00:00+00:00", "owner": "${owner}", "reason": "CHG-7", "status": "active", "timestamp": "2026-03-01T09:00:00+00:00"}`;
const lines = (...some: string[]) => some.map((line) => `${line}\n`).join("");

let session: Session;
let reader: PersonActor;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
  reader = await makePerson("operator");
});
afterEach(() => session.close());

const mayRead = <Action extends "source.view" | "escalation.view">(
  right: { allowed: true; grant: Grant<Action> } | { allowed: false },
) => {
  if (!right.allowed) throw new Error("It may be read.");
  return right.grant;
};
const ofItems = () => mayRead(decide(operatingModel, "escalation.view", reader));
const view = () => sourceView(mayRead(decide(operatingModel, "source.view", reader)), systemClock());
const seen = async (path: string) => (await view()).files.find((file) => file.path === path);
/** At most a second old. */
const standing = () =>
  expect.poll(async () => (await queueSummary(ofItems(), systemClock())).standing, { timeout: 5000 });
const items = () =>
  db().escalation.findMany({
    where: { path: "policy_denial" },
    orderBy: { runId: "asc" },
    select: { id: true, runId: true, priority: true, status: true, lostAt: true },
  });
const told = () =>
  db().escalation.findMany({
    where: { path: "integrity" },
    orderBy: { subject: "asc" },
    select: { subject: true, reason: true, severity: true },
  });

describe("a file that both wrote", () => {
  it("is known as such whichever wrote its first and its newest line, as it is read on; each record is taken as its writer meant it", async () => {
    session.write(queue, lines(denial("run_1"), laterDenial("run_2"), denial("run_3")));
    await session.readOnce();
    expect((await seen(queue))?.dialects).toEqual({ reference: 2, later: 1 });
    session.append(queue, lines(withoutSla("run_4"), denial("run_5")));
    await session.readOnce();
    expect((await seen(queue))?.dialects).toEqual({ reference: 3, later: 2 });
    expect((await items()).map(({ priority }) => priority)).toEqual([2, 4, 2, 0, 2]);
    expect(await session.quarantined(queue)).toEqual([]);
  });

  it("is the reference's again once no line of the later one stands there", async () => {
    session.write(overrides, lines(override("ana"), laterOverride("bo"), override("cleo")));
    await session.readOnce();
    expect((await seen(overrides))?.dialects).toEqual({ reference: 2, later: 1 });
    session.replace(overrides, lines(override("ana"), override("bo"), override("cleo")));
    await session.readOnce();
    expect((await seen(overrides))?.dialects).toEqual({ reference: 3, later: 0 });
  });

  it("that was read before this was kept tells by its first and its newest record", async () => {
    session.write(overrides, lines(override("ana"), laterOverride("bo")));
    await session.readOnce();
    await db().sourceRecord.updateMany({ data: { dialect: null } });
    expect((await seen(overrides))?.dialects).toEqual({ reference: 1, later: 1 });
  });
});

describe("what only a later thegent writes", () => {
  it("is read and known; none of it is an item, and all clear is not said over its second queue", async () => {
    session.write(
      "circuit_breakers.json",
      '{"agent:codex": {"failures": [1772355600.5], "last_failure": 1772355600.5, "state": "open"}}',
    );
    session.write(
      "governance_events.jsonl",
      lines(
        '{"event_id": "hitl_1", "run_id": "run_1", "policy": "confidence", "status": "await_approval", "emitted_at_utc": "2026-03-01T09:00:00Z"}',
      ),
    );
    fs.mkdirSync(session.at("ana"));
    session.write("ana/s1.json", '{"session_id": "s1"}');
    await session.readOnce();
    await standing().toMatchObject({ kind: "reconciled" });
    fs.mkdirSync(session.at("escalations"));
    for (const id of ["a", "b"])
      session.write(`escalations/${id}.json`, `{"id": "${id}", "reason": "DLQ Enqueue: run_9"}`);
    await session.readOnce();
    const { files, quarantine } = await view();
    expect(files.map(({ path, kind, records }) => `${path} ${kind} ${records}`).sort()).toEqual([
      "ana/s1.json session_meta 1",
      "circuit_breakers.json circuit_state 1",
      "escalations/a.json second_queue 1",
      "escalations/b.json second_queue 1",
      "governance_events.jsonl governance_events 1",
    ]);
    expect(quarantine).toEqual([]);
    expect(await items()).toEqual([]);
    await standing().toMatchObject({
      kind: "unknown",
      because: expect.stringMatching(/second queue .*2 items/) as string,
    });
    fs.rmSync(session.at("escalations"), { recursive: true });
    await session.readOnce();
    await standing().toMatchObject({ kind: "reconciled" });
  });

  it("is not read where it is a link out of the directory", async () => {
    fs.mkdirSync(session.at("escalations"));
    fs.symlinkSync("/etc/hostname", session.at("escalations/a.json"));
    fs.symlinkSync("/etc/hostname", session.at("governance_events.jsonl"));
    await session.readOnce();
    expect((await view()).files.map(({ records, problem }) => [records, problem !== null])).toEqual([
      [0, true],
      [0, true],
    ]);
  });
});

describe("an item whose record vanished", () => {
  const detail = async () => (await findEscalationDetail(ofItems(), (await items())[0]!.id, systemClock()))!;

  it("stays open; where a later thegent writes it says that this may be how the item was resolved there", async () => {
    session.write(queue, lines(denial("run_1"), laterDenial("run_2")));
    await session.readOnce();
    expect((await detail()).resolvesByRemoving).toBe(false);
    session.replace(queue, lines(laterDenial("run_2")));
    await session.readOnce();
    expect(await detail()).toMatchObject({
      status: "open",
      resolvesByRemoving: true,
      nextStep: expect.stringMatching(/may be a resolution there/) as string,
    });
    await standing().toMatchObject({ because: expect.stringMatching(/may be a resolution there/) as string });
    session.replace(queue, "");
    await session.readOnce();
    expect(await detail()).toMatchObject({ status: "open", resolvesByRemoving: true });
  });

  it("says that nobody resolved it where only the reference writes", async () => {
    session.write(queue, lines(denial("run_1"), denial("run_2")));
    await session.readOnce();
    session.replace(queue, lines(denial("run_2")));
    await session.readOnce();
    expect(await detail()).toMatchObject({
      status: "open",
      resolvesByRemoving: false,
      nextStep: expect.stringMatching(/nobody resolved it/) as string,
    });
  });

  it("shows of each record which thegent wrote it", async () => {
    session.write(queue, lines(denial("run_1"), laterDenial("run_1")));
    await session.readOnce();
    expect((await detail()).records.map(({ priority, dialect }) => [priority, dialect])).toEqual([
      [2, "reference"],
      [1, "later"],
    ]);
  });
});

describe("a file that shrank is said at once", () => {
  it("to Security, when overrides are gone from their registry, by whoever's hand; once until they have looked", async () => {
    session.write(overrides, lines(override("ana"), override("bo"), laterOverride("cleo")));
    await session.readOnce();
    session.replace(overrides, lines(laterOverride("cleo")));
    await session.readOnce();
    session.replace(overrides, "");
    await session.readOnce();
    expect(await told()).toEqual([
      {
        subject: overrides,
        severity: "P1",
        reason: expect.stringMatching(/^override_registry\.jsonl shrank from 3 records to 1: /) as string,
      },
    ]);
    expect(await seen(overrides)).toMatchObject({ lost: 1 });
  });

  it("and not when an end is changed in place, or a blank line taken out", async () => {
    session.write(overrides, `${lines(override("ana"))}\n${lines(override("bo"))}`);
    await session.readOnce();
    session.replace(overrides, lines(override("ana", "2026-03-01T09:00:00+00:00"), override("bo")));
    await session.readOnce();
    expect(await session.records(overrides)).toHaveLength(2);
    expect([await told(), (await seen(overrides))?.lost]).toEqual([[], 0]);
  });

  it("and not of the queue, which thegent writes anew in place: the sources page says how many, and each open item that it is lost", async () => {
    session.write(queue, lines(denial("run_1"), denial("run_2", 2, "resolved"), denial("run_3")));
    await session.readOnce();
    session.replace(queue, lines(denial("run_3")));
    await session.readOnce();
    expect([await told(), (await seen(queue))?.lost]).toEqual([[], 2]);
    expect((await items()).map(({ runId, lostAt }) => [runId, lostAt !== null])).toEqual([
      ["run_1", true],
      ["run_3", false],
    ]);
  });
});
