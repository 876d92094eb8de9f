import fs from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, inTransaction } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { cancelEscalation } from "@/lib/areas/escalation/acts/cancel";
import { closeRecovered } from "@/lib/areas/escalation/port";
import { cockpitMay } from "@/lib/testing/grants";
import { as, makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { readEpisodes } from "@/lib/areas/drift/read/episodes";
import { lookAtDrift } from "./look-at-drift";

const file = "contract_telemetry.jsonl";
const start = new Date("2026-03-01T09:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const good = JSON.stringify({
  event_type: "normalization",
  provider: "claude",
  contract: "csm-v1",
  confidence: 0.9,
  success: true,
});
const bad = JSON.stringify({ event_type: "schema.drift.structural", provider: "claude", contract: "csm-v1" });
const lines = (count: number, line: string) => `${line}\n`.repeat(count);

let session: Session;
let lead: PersonActor;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
  lead = await makePerson("tech_lead");
});
afterEach(() => session.close());

function decideView() {
  const decision = decide(operatingModel, "drift.view", lead);
  if (!decision.allowed) throw new Error(decision.because);
  return decision.grant;
}
const look = (minutes: number) =>
  lookAtDrift({ sourceId: session.sourceId, now: () => at(minutes), requestId: "look" });
const episodes = () =>
  db().driftEpisode.findMany({
    where: { sourceId: session.sourceId },
    orderBy: { openedAt: "asc" },
    include: { escalation: true },
  });
const states = async () => (await episodes()).map(({ escalation, fineSince }) => [escalation.status, fineSince]);
const write = async (content: string) => {
  session.write(file, content);
  await session.readOnce();
};

describe("an episode of drift", () => {
  it("is an item of the queue with its two clocks, opened once however often and by however many it is looked at", async () => {
    await write(lines(18, good) + lines(2, bad));
    await Promise.all([look(0), look(0), look(0)]);
    await look(1);
    expect(await episodes()).toMatchObject([
      {
        provider: null,
        findings: [{ what: "structural", says: expect.stringContaining("10.0 % of at most 5.0 %") }],
        figures: { ok: true, value: { within_budget: false, structural_rate_pct: 10 } },
        escalation: { path: "contract_drift", subject: "drift: all providers", status: "open" },
      },
    ]);
    const [{ escalation }] = (await episodes()) as [Awaited<ReturnType<typeof episodes>>[number]];
    expect((escalation.clocks as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["investigate", "remediate"]),
    );
    const told = await db().notice.findMany({ where: { subjectId: escalation.id, personId: lead.id } });
    expect(told).toMatchObject([{ kind: "action" }]);
  });

  it("of the sample is opened from what thegent finds there, one for each provider and one for all", async () => {
    await write(fs.readFileSync(`samples/session/${file}`, "utf8"));
    await look(0);
    const found = await episodes();
    expect(found.map(({ provider }) => provider)).toContain(null);
    const shown = await readEpisodes(decideView(), session.sourceId);
    expect(shown.map(({ status, found: says }) => [status, says.length > 0])).toEqual(
      found.map(() => ["detected", true]),
    );
    expect(new Set(found.map(({ provider }) => provider)).size).toBe(found.length);
  });

  it("recovers by itself once nothing was found for an hour, which is no remediation, and asks nobody for anything any more", async () => {
    await write(lines(18, good) + lines(2, bad));
    await look(0);
    session.append(file, lines(40, good));
    await session.readOnce();
    await look(10);
    await look(69);
    expect(await states()).toEqual([["open", at(10)]]);
    await look(70);
    await look(71);
    expect(await states()).toEqual([["recovered", at(10)]]);
    const [one] = await episodes();
    const events = await db().auditEvent.findMany({ where: { subjectId: one!.id }, orderBy: { seq: "asc" } });
    const told = events.map(({ body }) => JSON.parse(body) as AuditEvent);
    expect(told.filter(({ action }) => action === "drift.recover")).toMatchObject([
      { actor: { kind: "system" }, before: { status: "open" }, after: { status: "recovered", quietMinutes: 60 } },
    ]);
    expect(await db().notice.count({ where: { subjectId: one!.id, endedAt: null, step: { not: "breach" } } })).toBe(0);
  });

  it("that flaps is one, and one that came back after it recovered is another", async () => {
    await write(lines(18, good) + lines(2, bad));
    await look(0);
    await write(lines(20, good));
    await look(10);
    await write(lines(18, good) + lines(2, bad));
    await look(30);
    await write(lines(20, good));
    await look(40);
    await look(99);
    expect(await states()).toEqual([["open", at(40)]]);
    await look(100);
    await write(lines(18, good) + lines(2, bad));
    await look(110);
    expect(await states()).toEqual([
      ["recovered", at(40)],
      ["open", null],
    ]);
  });

  it("that somebody remediates is theirs to end, and recovers by no look", async () => {
    await write(lines(18, good) + lines(2, bad));
    await look(0);
    const [one] = await episodes();
    await db().escalation.update({ where: { id: one!.id }, data: { finding: "The adapter cuts its output." } });
    await write(lines(20, good));
    await look(10);
    await look(600);
    expect(await states()).toEqual([["open", at(10)]]);
  });

  it("neither opens nor recovers while thegent's own figures fail, or its telemetry is not read to its end", async () => {
    await write(lines(18, good) + lines(2, bad) + "[1]\n");
    await look(0);
    expect(await episodes()).toEqual([]);
    await write(lines(18, good) + lines(2, bad));
    await db().sourceFile.updateMany({ where: { sourceId: session.sourceId, path: file }, data: { size: 1_000_000 } });
    await look(1);
    expect(await episodes()).toEqual([]);
  });

  it("closed by a person at the same moment stays as they closed it", async () => {
    await write(lines(18, good) + lines(2, bad));
    await look(0);
    const [one] = await episodes();
    const note = "Not ours.";
    await cancelEscalation(as(lead, at(5)), { id: one!.id, version: 1, note, lateCause: null });
    const closed = await inTransaction((tx) =>
      closeRecovered(tx, cockpitMay("drift.recover"), [one!.id], { now: at(70), requestId: "r" }, {}),
    );
    expect([closed.size, await states()]).toEqual([0, [["cancelled", null]]]);
  });
});
