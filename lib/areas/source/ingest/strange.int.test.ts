import fs from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/kernel/db/client";
import { openSession, type Session } from "@/lib/testing/session";
import { asNobody, pendingLine } from "@/lib/thegent/files/testing/queue-fixture";
import { openVault, strangeFiles, type Vault } from "@/lib/thegent/files/testing/strange-files";
import { formats } from "@/lib/thegent/records/formats";

const override =
  '{"owner": "ana", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "2026-03-02T09:00:00+00:00"}';
const good: Record<string, string> = {
  "escalation_queue.jsonl": `${pendingLine("a")}\n`,
  "override_registry.jsonl": `${override}\n`,
  "agent_x/s0.json": '{"session_id": "s0"}',
};
/** One of each kind of file that is read; session documents lie in a directory of their owner's. */
const places = [
  "run_registry.jsonl",
  "escalation_queue.jsonl",
  "override_registry.jsonl",
  "contract_telemetry.jsonl",
  "checkpoint_registry.jsonl",
  "circuit_breakers.jsonl",
  "handoff_registry.jsonl",
  "env_transition_state.json",
  "agent_x/s1.json",
  "circuit_breakers.json",
  "escalations/a.json",
  "governance_events.jsonl",
];

let session: Session;
let vault: Vault;
beforeEach(async () => {
  session = await openSession();
  vault = openVault();
});
afterEach(async () => {
  await session.close();
  vault.close();
});

/** Every text that the database holds of the source, wherever. */
async function stored(): Promise<string> {
  const [records, lines, items, files, source] = await Promise.all([
    db().sourceRecord.findMany(),
    db().quarantinedLine.findMany(),
    db().escalation.findMany(),
    db().sourceFile.findMany(),
    db().source.findMany(),
  ]);
  const bytes = [...records, ...lines].map((row) => Buffer.from(row.bytes).toString("latin1"));
  return [
    ...bytes,
    ...[items, files, source].map((rows) =>
      JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ),
  ].join("\n");
}

const texts = async (name: string) => (await session.records(name)).map(({ text }) => text);
const source = () => db().source.findUniqueOrThrow({ where: { id: session.sourceId } });

it("a place of every kind is tried", () => {
  expect(places.map((place) => formats.find(({ matches }) => matches(place))?.kind).sort()).toEqual(
    formats.map(({ kind }) => kind).sort(),
  );
});

describe("in place of every file of thegent's but one, that one is read on and nothing of what is led to is stored, with", () => {
  const cases = strangeFiles.flatMap((strange) => Object.keys(good).map((kept) => ({ ...strange, kept })));
  it.each(cases)("$what; kept: $kept", async ({ put, is, kept }) => {
    for (const directory of ["agent_x", "escalations"]) fs.mkdirSync(session.at(directory));
    session.write(kept, good[kept]!);
    const strange = places.filter((place) => place !== kept);
    for (const place of strange) await put(session.at(place), vault);
    await session.readOnce();

    expect((await texts(kept)).join("\n").trim()).toBe(good[kept]!.trim());
    for (const place of strange) {
      expect([place, (await session.file(place))?.problem]).toEqual([
        place,
        expect.stringMatching(new RegExp(`^It ${is.replace(/[()]/g, "\\$&")}; the cockpit .*\\.$`)),
      ]);
      expect([place, await texts(place), await session.quarantined(place)]).toEqual([place, [], []]);
    }
    expect(await stored()).not.toMatch(/the-secret-of-somebody-else|run_secret|root:|mallory/);
    expect(vault.untouched()).toBe(true);
    if (kept === "escalation_queue.jsonl") expect(await db().escalation.count()).toBe(1);
  });
});

describe("a directory that is a link", () => {
  it.each([
    ["another directory", () => vault.directory],
    ["the root of everything", () => "/"],
    ["nothing", () => "/nowhere"],
    ["itself", () => session.at("agent_y")],
    ["the directory itself", () => session.directory],
  ])("to %s is said, and nothing below it is looked at", async (_, to) => {
    session.write("escalation_queue.jsonl", good["escalation_queue.jsonl"]!);
    fs.symlinkSync(to(), session.at("agent_y"));
    await session.readOnce();
    expect(await source()).toMatchObject({
      problem: null,
      lastReadAt: expect.any(Date),
      amissCount: 1,
      amiss: [
        { path: "agent_y", problem: "It is a link; the cockpit reads only files that lie in the session directory." },
      ],
    });
    expect(await db().sourceFile.findMany({ select: { path: true } })).toEqual([{ path: "escalation_queue.jsonl" }]);
    expect(await texts("escalation_queue.jsonl")).toHaveLength(1);
  });

  it("that takes a directory's name keeps what was read from it, and reads no more", async () => {
    fs.mkdirSync(session.at("agent_x"));
    session.write("agent_x/s1.json", '{"session_id": "s1"}');
    const ingest = session.follow();
    await ingest.settled();
    fs.rmSync(session.at("agent_x"), { recursive: true });
    fs.symlinkSync(vault.directory, session.at("agent_x"));
    await expect.poll(async () => (await source()).amissCount, { timeout: 10_000 }).toBe(1);
    await ingest.settled();
    expect(await texts("agent_x/s1.json")).toEqual(['{"session_id": "s1"}']);
    expect(await stored()).not.toMatch(/the-secret-of-somebody-else/);
  });
});

it("of many strange names the first are kept, with their number", async () => {
  for (let n = 0; n < 150; n += 1) fs.symlinkSync("/nowhere", session.at(`agent_${n}`));
  await session.readOnce();
  const { amiss, amissCount } = await source();
  expect([amissCount, (amiss as unknown[]).length]).toEqual([150, 100]);
});

describe("a directory of an owner's that cannot be listed", () => {
  it("is said, stops nothing else, makes nothing in it gone, and is read again when it can be", async () => {
    fs.chmodSync(session.directory, 0o755);
    fs.mkdirSync(session.at("agent_x"));
    session.write("agent_x/s1.json", '{"session_id": "s1"}');
    session.write("escalation_queue.jsonl", good["escalation_queue.jsonl"]!);
    await session.readOnce();
    fs.chmodSync(session.at("agent_x"), 0o000);
    await asNobody(async () => {
      const ingest = session.follow();
      await ingest.settled();
      expect(await source()).toMatchObject({
        problem: null,
        amissCount: 1,
        amiss: [{ path: "agent_x", problem: "It cannot be listed: permission denied." }],
      });
      expect((await session.file("agent_x/s1.json"))!.goneAt).toBeNull();
      await ingest.stop();
    });
    session.append("escalation_queue.jsonl", `${pendingLine("b")}\n`);
    await asNobody(() => session.readOnce());
    expect(await db().escalation.count()).toBe(2);

    fs.chmodSync(session.at("agent_x"), 0o755);
    session.write("agent_x/s2.json", '{"session_id": "s2"}');
    await asNobody(() => session.readOnce());
    expect(await source()).toMatchObject({ amissCount: 0, amiss: [] });
    expect(await texts("agent_x/s2.json")).toHaveLength(1);
  });
});
