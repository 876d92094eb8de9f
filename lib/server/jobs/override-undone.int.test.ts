import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { readFindings } from "@/lib/areas/override/read/finding-list";
import { isHonoured } from "@/lib/areas/override/read/honoured";
import type { Ingest } from "@/lib/areas/source/ingest/ingest";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, inTransaction } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { scheduleDelivery } from "@/lib/kernel/effect/outbox";
import { systemClock } from "@/lib/kernel/time";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { cockpitMay } from "@/lib/testing/grants";
import { approve, ask, revoke } from "@/lib/testing/override-acts";
import { as, makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { honours, microsAt } from "@/lib/thegent/files/testing/honours";
import { startDelivery, type Delivery } from "./delivery";

const registry = "override_registry.jsonl";
const other = `{"owner": "ben:till", "reason": "by hand", "timestamp": "2026-03-01T10:00:00+00:00", "expires_at_utc": "2099-03-01T10:00:00+00:00"}\n`;

let session: Session;
let ingest: Ingest;
let delivery: Delivery;
let people: { olga: PersonActor; pia: PersonActor };
const text = () => fs.readFileSync(session.at(registry), "utf8");
const now = () => systemClock();
const effects = async (id: string) =>
  (await db().effect.findMany({ where: { subjectId: id }, orderBy: { createdAt: "asc" } })).map(
    ({ kind, status }) => `${kind} ${status}`,
  );
const findings = () =>
  db().finding.findMany({ where: { kind: { notIn: ["outside_override", "unbacked_run"] } }, orderBy: { at: "asc" } });
const passes = (owner = "ana:shop") => honours(fs.readFileSync(session.at(registry)), owner, microsAt(now()));

beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
  people = { olga: await makePerson("operator"), pia: await makePerson("product_owner") };
  fs.writeFileSync(path.join(session.directory, registry), other);
  ingest = session.follow();
  await ingest.settled();
  delivery = startDelivery({ sourceId: session.sourceId, directory: session.directory });
});
afterEach(async () => {
  await delivery.stop();
  expect((await verifyChain()).status).toBe("passed");
  await session.close();
});

/** Approved, in force and read. */
async function inForce(): Promise<string> {
  const id = await ask(as(people.olga, now()));
  await approve(as(people.pia, now()), id);
  await vi.waitFor(
    async () => expect(await db().override.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "active" }),
    20_000,
  );
  await ingest.settled();
  return id;
}

async function ended(): Promise<{ id: string; before: string }> {
  const id = await inForce();
  const before = text();
  await revoke(as(people.olga, now()), id);
  await vi.waitFor(
    async () => expect(await effects(id)).toEqual(["thegent.override applied", "thegent.end-override applied"]),
    20_000,
  );
  await ingest.settled();
  return { id, before };
}

describe("an override that was ended here", () => {
  it.each<[string, (before: string) => void]>([
    ["in place, by a restored backup", (before) => fs.writeFileSync(session.at(registry), before)],
    ["as another file, by an editor", (before) => session.replace(registry, before)],
    ["as a line more, by a merge", (before) => session.append(registry, before)],
  ])(
    "is ended again within seconds when its old text returns %s, and who is accountable is shown that",
    async (_, restore) => {
      const { id, before } = await ended();
      expect(passes()).toBe(false);
      restore(before);
      expect(passes()).toBe(true);
      await vi.waitFor(() => expect(passes()).toBe(false), 20_000);
      await vi.waitFor(
        async () => expect(await effects(id)).toEqual(["thegent.override applied", "thegent.end-override applied"]),
        20_000,
      );
      await vi.waitFor(async () => expect(await isHonoured(session.sourceId, "ana:shop", now())).toBe(false), 20_000);
      expect(await db().override.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "revoked" });
      expect(passes("ben:till")).toBe(true);
      expect(await findings()).toMatchObject([{ kind: "override_back", owner: "ana:shop", seenAt: null }]);
      const view = decide(operatingModel, "override.view", people.olga);
      expect(view.allowed && (await readFindings(view.grant, {}, now()))).toMatchObject({
        rows: [
          { kind: "override_back", overrideId: id },
          { kind: "outside_override", overrideId: null },
        ],
        accountable: [{ id: people.pia.id }],
      });
      const synced = (
        await db().auditEvent.findMany({ where: { action: "override.sync" }, orderBy: { seq: "desc" }, take: 1 })
      ).map(({ body }) => (JSON.parse(body) as AuditEvent).after);
      expect(synced).toMatchObject([{ found: { count: 1 }, ended: [id], written: [] }]);
    },
  );

  it("is found each time it comes back", async () => {
    const { before } = await ended();
    for (const times of [1, 2]) {
      fs.writeFileSync(session.at(registry), before);
      await vi.waitFor(async () => expect(await findings()).toHaveLength(times), 20_000);
      await vi.waitFor(() => expect(passes()).toBe(false), 20_000);
      await vi.waitFor(
        async () => expect(await db().effect.count({ where: { status: { not: "applied" } } })).toBe(0),
        20_000,
      );
      await ingest.settled();
    }
  });

  it("is left as it is while its line stays ended, however the file is rewritten, or is gone from it", async () => {
    await ended();
    session.replace(registry, `\n${text()}`);
    await ingest.settled();
    session.replace(registry, other);
    await ingest.settled();
    expect(await findings()).toEqual([]);
    expect(await db().effect.count({ where: { status: { not: "applied" } } })).toBe(0);
    expect(text()).toBe(other);
  });
});

describe("an override in force", () => {
  it("whose line vanished is written again while it runs, and who is accountable is shown that", async () => {
    const id = await inForce();
    const before = text();
    fs.writeFileSync(session.at(registry), other);
    await vi.waitFor(() => expect(text()).toBe(before), 20_000);
    await vi.waitFor(async () => expect(await effects(id)).toEqual(["thegent.override applied"]), 20_000);
    expect(await findings()).toMatchObject([{ kind: "override_gone", owner: "ana:shop" }]);
    expect(await db().override.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "active" });
  });

  it("whose line vanished right after it was taken up is found missing, also when delivery was woken again while it was written", async () => {
    const id = await ask(as(people.olga, now()));
    await approve(as(people.pia, now()), id);
    await vi.waitFor(() => expect(text()).not.toBe(other), { timeout: 20_000, interval: 2 });
    await inTransaction((tx) => scheduleDelivery(tx, cockpitMay("escalation.take-up"), session.sourceId));
    await vi.waitFor(async () => expect(await effects(id)).toEqual(["thegent.override applied"]), {
      timeout: 20_000,
      interval: 2,
    });
    fs.writeFileSync(session.at(registry), other);
    await vi.waitFor(
      async () => expect(await findings()).toMatchObject([{ kind: "override_gone", owner: "ana:shop" }]),
      20_000,
    );
    await vi.waitFor(() => expect(passes()).toBe(true), 20_000);
    await vi.waitFor(async () => expect(await effects(id)).toEqual(["thegent.override applied"]), 20_000);
  });

  it("whose line somebody cut short is told of once, and not made longer", async () => {
    await inForce();
    const cut = text().replace(/(ana:shop.*"expires_at_utc": ")\d{4}/, "$12001");
    fs.writeFileSync(session.at(registry), cut);
    await vi.waitFor(
      async () => expect(await findings()).toMatchObject([{ kind: "override_cut", owner: "ana:shop" }]),
      20_000,
    );
    session.replace(registry, `\n${cut}`);
    await ingest.settled();
    expect(await findings()).toHaveLength(1);
    expect(text()).toBe(`\n${cut}`);
    expect(passes()).toBe(false);
  });

  it("is not written again into a file that is gone as a whole: what that says is not known", async () => {
    await inForce();
    fs.rmSync(session.at(registry));
    await ingest.settled();
    expect(fs.existsSync(session.at(registry))).toBe(false);
    expect(await findings()).toEqual([]);
  });
});

it("an override that nobody here decided is never written again", async () => {
  await inForce();
  const own = text().slice(other.length);
  session.replace(registry, own);
  await ingest.settled();
  expect(text()).toBe(own);
  expect(await findings()).toEqual([]);
});
