import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findEscalationDetail } from "@/lib/areas/escalation/acts/read-escalation";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { approveOverride } from "@/lib/areas/override/acts/approve";
import { delegateDecisions } from "@/lib/areas/override/acts/delegate";
import { passTimeOfOverrides } from "@/lib/areas/override/acts/pass-time";
import { findOverrideDetail } from "@/lib/areas/override/acts/read-override";
import type { OverrideDetail } from "@/lib/areas/override/contract";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";
import { takeUp } from "@/lib/server/jobs/take-up";
import { countStatements } from "@/lib/testing/count-statements";
import { freshDatabase } from "@/lib/testing/database";
import { advise, approve, ask, deny, revoke, withdraw } from "@/lib/testing/override-acts";
import { justification } from "@/lib/testing/overrides";
import { as, makeEscalation, makePeople, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { listDelegationsView } from "./delegations";
import { readFindings } from "./finding-list";

let people: Record<Role, PersonActor>;
let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 8);
});
beforeEach(async () => {
  sourceId = await makeSource();
  people = await makePeople();
});

async function detail(id: string, reader = people.product_owner, now = minutes(1)): Promise<OverrideDetail> {
  const found = await findOverrideDetail(authoriseRead(as(reader), "override.view"), id, now);
  if (!found) throw new Error("There is no such override.");
  return found;
}
const may = async (id: string, reader: PersonActor, now = minutes(1)) =>
  (await detail(id, reader, now)).acts.flatMap((act) => (act.allowed && act.offered ? [act.name] : []));
const view = async (name: string, id: string, reader: PersonActor, now = minutes(1)) =>
  (await detail(id, reader, now)).acts.find((act) => act.name === name)!;
const refOf = ({ id, name }: PersonActor) => ({ id, name });

/** A worker whose thegent takes everything. */
const nothing = () => Promise.resolve();
const carry = (now: Date) =>
  takeUp({
    sourceId,
    write: { add: nothing, override: nothing, endOverride: nothing, resolve: () => Promise.resolve(new Map()) },
    now: () => now,
    requestId: uuidv7(),
  });

let lines = 0;
async function writeRegistry(...records: Record<string, unknown>[]): Promise<void> {
  const path = "override_registry.jsonl";
  const file = await db().sourceFile.upsert({
    where: { sourceId_path: { sourceId, path } },
    create: { id: uuidv7(), sourceId, path, kind: "override_registry" },
    update: {},
  });
  for (const record of records) {
    const bytes = Buffer.from(JSON.stringify(record));
    // As a file has it: the column is json, so that no text is refused or changed.
    await db().$executeRaw`
      INSERT INTO "SourceRecord" ("fileId", "line", "byteOffset", "sha256", "occurrence", "bytes", "parsed", "kind", "firstSeenAt")
      VALUES (${file.id}::uuid, ${++lines}, 0, ${createHash("sha256").update(`${lines}`).digest()}, 0, ${bytes}, ${JSON.stringify(record)}::json, 'override', ${t0})`;
  }
}

describe("a request", () => {
  it("shows what an approval would be bound to now, until when runs would pass, and how long at most", async () => {
    await makeEscalation({ sourceId, subject: "run_1", owner: "ana:shop", reason: "Circuit open" });
    const id = await ask(as(people.operator), { seconds: 7200 });
    const found = await detail(id, people.product_owner, minutes(2));
    expect(found).toMatchObject({
      status: "requested",
      justification,
      requestedBy: refOf(people.operator),
      decidedBy: null,
      receipt: null,
      effects: [],
      honoured: false,
      consultationOpen: true,
      mostSeconds: 7200,
      passesUntil: minutes(122).toISOString(),
      previous: null,
      renewals: [],
      now: minutes(2).toISOString(),
      content: {
        owner: "ana:shop",
        justification,
        requestedSeconds: 7200,
        radius: {
          owner: "ana:shop",
          denials: [{ runId: "run_1", reason: "Circuit open", lane: "standard" }],
          live: [],
        },
      },
    });
    await makeEscalation({ sourceId, subject: "run_2", owner: "ana:shop" });
    const later = await detail(id, people.product_owner, minutes(16));
    expect(later.content.radius.denials).toHaveLength(2);
    expect(later.contentHash).not.toBe(found.contentHash);
    expect(later.consultationOpen).toBe(false);
  });

  it("shows who would decide that their own advice, or that of whom they stand in for, leaves the consultation open", async () => {
    const id = await ask(as(people.operator));
    await advise(as(people.security, minutes(1)), id);
    const [deputy, both] = [await makePerson("security"), await makePerson("product_owner", "security")];
    await delegateDecisions(as(people.product_owner), {
      toId: deputy.id,
      from: t0.toISOString(),
      until: minutes(60).toISOString(),
    });
    const open = async (reader: PersonActor) => (await detail(id, reader, minutes(2))).consultationOpen;
    expect(await Promise.all([people.product_owner, deputy, both, people.security].map(open))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    await advise(as(both, minutes(1)), id);
    expect(await Promise.all([people.product_owner, deputy, both].map(open))).toEqual([false, false, true]);
    await delegateDecisions(as(both), { toId: deputy.id, from: t0.toISOString(), until: minutes(60).toISOString() });
    await advise(as(deputy, minutes(1)), id);
    expect(await Promise.all([people.product_owner, deputy, both].map(open))).toEqual([false, true, false]);
  });

  it("is approved with the hash that the page was given, and no more once what it shows has changed", async () => {
    const id = await ask(as(people.operator));
    const { version, contentHash: seenHash } = await detail(id);
    await makeEscalation({ sourceId, owner: "ana:shop" });
    const approval = { id, version, seconds: 3600, note: "Checked.", withoutConsultation: "Production is down." };
    await expect(
      approveOverride(as(people.product_owner, minutes(1)), { ...approval, seenHash }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    await approveOverride(as(people.product_owner, minutes(1)), {
      ...approval,
      seenHash: (await detail(id)).contentHash,
    });
    expect((await detail(id)).status).toBe("approved");
  });

  it("says who may do what, and why others may not", async () => {
    const id = await ask(as(people.operator));
    expect(await may(id, people.operator)).toEqual(["withdraw"]);
    expect(await may(id, people.product_owner)).toEqual(["approve", "deny"]);
    expect(await may(id, people.security)).toEqual(["advise"]);
    for (const reader of [people.tech_lead, people.stakeholder]) expect(await may(id, reader)).toEqual([]);
    expect(await may(id, await makePerson("operator"))).toEqual([]);
    expect(await view("approve", id, people.product_owner)).toMatchObject({
      allowed: true,
      offered: true,
      blocked: null,
    });
    expect(await view("withdraw", id, people.product_owner)).toMatchObject({
      allowed: false,
      because: "Only who asked for an override takes the request back.",
    });
    expect(await view("advise", id, people.product_owner)).toMatchObject({
      because: "Security/Compliance is consulted on overrides; your role decides or asks, so write it there.",
      whoCan: ["security"],
    });
  });

  it("is never decided or advised on by who asked, whatever their roles, nor by their delegate", async () => {
    const both = await makePerson("operator", "product_owner", "security");
    const id = await ask(as(both));
    const never = {
      allowed: false,
      because: "Who asked for an override never decides it, whatever their roles, nor in somebody’s place.",
      whoCan: ["product_owner"],
    };
    for (const act of ["approve", "deny"]) expect(await view(act, id, both)).toMatchObject(never);
    expect(await view("advise", id, both)).toMatchObject({
      allowed: false,
      because: "Who asked for an override does not advise on it.",
    });
    await delegateDecisions(as(both), {
      toId: people.security.id,
      from: t0.toISOString(),
      until: minutes(60).toISOString(),
    });
    expect(await view("approve", id, people.security)).toMatchObject({
      allowed: false,
      because: expect.stringContaining("nor in somebody’s place"),
    });
  });

  it("is decided by a delegate, with the accountable letter, only while the delegation holds", async () => {
    const id = await ask(as(people.operator));
    expect(await view("approve", id, people.security)).toMatchObject({ allowed: false, whoCan: ["product_owner"] });
    await delegateDecisions(as(people.product_owner), {
      toId: people.security.id,
      from: minutes(10).toISOString(),
      until: minutes(20).toISOString(),
    });
    expect(await may(id, people.security, minutes(9))).toEqual(["advise"]);
    expect(await may(id, people.security, minutes(10))).toEqual(["approve", "deny", "advise"]);
    expect(await may(id, people.security, minutes(20))).toEqual(["advise"]);
  });
});

describe("a decided override", () => {
  it("keeps what was decided on, and has a receipt: the decision's place in the chain, its hash, role and letter", async () => {
    const id = await ask(as(people.operator));
    await approve(as(people.product_owner, minutes(1)), id, { seconds: 600 });
    await makeEscalation({ sourceId, owner: "ana:shop" });
    const event = await db().auditEvent.findFirstOrThrow({ where: { subjectId: id, action: "override.decide" } });
    const found = await detail(id);
    expect(found).toMatchObject({
      status: "approved",
      approvedSeconds: 600,
      expiresAt: minutes(11).toISOString(),
      passesUntil: minutes(11).toISOString(),
      decidedBy: refOf(people.product_owner),
      decidedFor: null,
      decisionNote: "Checked.",
      withoutConsultation: "Production is down, there is no time.",
      receipt: { seq: String(event.seq), hash: event.hash, role: "product_owner", letter: "A" },
      effects: [{ says: "write", status: "pending", attempts: 0 }],
      content: { radius: { denials: [] } },
    });
    expect(JSON.parse(event.body)).toMatchObject({ after: { contentHash: found.contentHash } });
    expect(await may(id, people.operator)).toEqual(["revoke", "renew"]);
    expect(await view("approve", id, people.product_owner)).toMatchObject({
      allowed: false,
      because: "This request is approved already.",
    });
  });

  it("denied or taken back keeps what it was about, too", async () => {
    const [denied, withdrawn] = [await ask(as(people.operator)), await ask(as(people.operator), { owner: "bo:api" })];
    const before = [(await detail(denied)).contentHash, (await detail(withdrawn)).contentHash];
    await deny(as(people.product_owner, minutes(1)), denied);
    await withdraw(as(people.operator, minutes(1)), withdrawn);
    await makeEscalation({ sourceId, owner: "ana:shop" });
    await makeEscalation({ sourceId, owner: "bo:api" });
    expect([(await detail(denied)).contentHash, (await detail(withdrawn)).contentHash]).toEqual(before);
    expect((await detail(denied)).receipt).toMatchObject({ role: "product_owner" });
    expect(await detail(withdrawn)).toMatchObject({
      receipt: null,
      endedBy: refOf(people.operator),
      endedAt: minutes(1).toISOString(),
    });
    for (const id of [denied, withdrawn]) expect(await may(id, people.operator)).toEqual([]);
  });

  it("tells its whole story, refused attempts too", async () => {
    const id = await ask(as(people.operator));
    await advise(as(people.security, minutes(1)), id);
    await expect(approve(as(people.tech_lead, minutes(2)), id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const deputy = await makePerson("security");
    await delegateDecisions(as(people.product_owner), {
      toId: deputy.id,
      from: t0.toISOString(),
      until: minutes(60).toISOString(),
    });
    await approve(as(deputy, minutes(3)), id);
    await carry(minutes(4));
    await revoke(as(people.operator, minutes(5)), id);
    await carry(minutes(6));
    const found = await detail(id);
    expect(found.timeline.map(({ kind, says, actor, text }) => [kind, actor, says, text])).toEqual([
      ["opened", "operator", "Asked for the override, for 1 h", justification],
      ["advised", "security", "Advised against it", "Rather not."],
      ["refused", "tech_lead", expect.stringMatching(/^Was refused: Product Owner can do this/), null],
      ["approved", deputy.name, "Approved it for 1 h, in the place of product_owner", "Checked."],
      ["taken-up", "The cockpit", "Wrote it into thegent's override file: thegent honours it", null],
      ["revoked", "operator", "Ended it before its time", "The cause is gone."],
      ["taken-up", "The cockpit", "Ended it in thegent's override file: thegent honours it no more", null],
    ]);
    expect(found).toMatchObject({
      status: "revoked",
      decidedBy: refOf(deputy),
      decidedFor: refOf(people.product_owner),
      advice: "against",
      adviceText: "Rather not.",
      effects: [
        { says: "write", status: "applied" },
        { says: "end", status: "applied" },
      ],
    });
  });

  it("tells what time did: the deadline, the warning, the end; and may be renewed by a new request that names it", async () => {
    const waits = await ask(as(people.operator), { owner: "bo:api" });
    const id = await ask(as(people.operator));
    await approve(as(people.product_owner, minutes(1)), id);
    for (const minute of [31, 52, 61])
      await passTimeOfOverrides({ sourceId, now: () => minutes(minute), requestId: uuidv7() });
    const found = await detail(id);
    expect(found.timeline.slice(2).map(({ kind }) => kind)).toEqual(["warned", "expired"]);
    expect((await detail(waits)).timeline.at(-1)).toMatchObject({
      kind: "missed",
      says: "The deadline passed and nobody had decided; the request still waits",
    });
    expect(found).toMatchObject({
      status: "expired",
      endedBy: null,
      endReason: null,
      warnedAt: minutes(52).toISOString(),
    });
    expect(await may(id, people.operator)).toEqual(["renew"]);
    const renewal = await ask(as(people.operator, minutes(62)), { previousId: id, owner: null });
    expect((await detail(renewal)).previous).toEqual({ id, status: "expired" });
    expect((await detail(id)).renewals).toEqual([{ id: renewal, status: "requested" }]);
  });

  it("is not there for another source, nor under an id that is none", async () => {
    const id = await ask(as(people.operator));
    await makeSource();
    await expect(detail(id)).rejects.toThrow("no such override");
    await expect(detail(uuidv7())).rejects.toThrow("no such override");
  });

  it("costs few statements, however long its story", async () => {
    const id = await ask(as(people.operator));
    await detail(id);
    expect(await countStatements(() => detail(id))).toBeLessThanOrEqual(9);
    for (let turn = 0; turn < 5; turn++) await advise(as(people.security, minutes(turn)), id);
    expect(await countStatements(() => detail(id))).toBeLessThanOrEqual(9);
  });
});

describe("whether thegent honours an owner", () => {
  const until = (minute: number) =>
    `2026-03-01T${String(10 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00.000000+00:00`;

  it("is as its file says: any record of exactly that owner whose end lies ahead, until that instant", async () => {
    const id = await ask(as(people.operator), { owner: "José:Catálogo" });
    const honoured = async (minute: number) => (await detail(id, people.operator, minutes(minute))).honoured;
    await writeRegistry(
      { owner: "José:catálogo", expires_at_utc: until(90) },
      { owner: "ana:shop", expires_at_utc: until(90) },
    );
    expect(await honoured(1)).toBe(false);
    await writeRegistry(
      { owner: "José:Catálogo", expires_at_utc: until(30) },
      { owner: "José:Catálogo", expires_at_utc: until(5), reason: "a newer one that ended" },
    );
    expect(await honoured(29)).toBe(true);
    expect(await honoured(30)).toBe(false);
    await db().sourceRecord.updateMany({ where: { file: { sourceId } }, data: { goneAt: t0 } });
    expect(await honoured(1)).toBe(false);
  });

  it("is read past records that hold what a database does not take for text", async () => {
    const id = await ask(as(people.operator), { owner: "🦊:den" });
    await writeRegistry({ owner: "🦊:den", reason: "a\u0000b", expires_at_utc: until(30) });
    await writeRegistry(
      { owner: "x", reason: "half \ud800", expires_at_utc: "never" },
      { owner: ["🦊:den"], expires_at_utc: until(30) },
    );
    expect((await detail(id)).honoured).toBe(true);
  });
});

describe("an item", () => {
  const item = async (id: string, reader: PersonActor) =>
    (await findEscalationDetail(authoriseRead(as(reader), "escalation.view"), id, minutes(1)))!;

  const asking = ({ acts }: EscalationDetail) => acts.find(({ name }) => name === "override");

  it("names the overrides that were asked for from it, and says who may ask for one", async () => {
    const id = await makeEscalation({ sourceId });
    expect(asking(await item(id, people.operator))).toMatchObject({ allowed: true, offered: true, blocked: null });
    expect(asking(await item(id, people.tech_lead))).toMatchObject({
      allowed: false,
      whoCan: ["product_owner", "operator"],
    });
    const override = await ask(as(people.operator), { escalationId: id });
    expect((await item(id, people.operator)).overrides).toEqual([
      { id: override, status: "requested", requestedBy: refOf(people.operator), expiresAt: null },
    ]);
    expect(asking(await item(id, people.product_owner))).toMatchObject({
      offered: true,
      blocked: "operator has asked for an override of this item, and it waits for a decision.",
    });
    await approve(as(people.product_owner), override);
    const closed = await item(id, people.operator);
    expect(closed).toMatchObject({
      status: "overridden",
      overrides: [{ id: override, status: "approved", expiresAt: minutes(60).toISOString() }],
    });
    expect(asking(closed)).toMatchObject({
      allowed: false,
      because: "Only an open policy denial can be overridden.",
      spoken: null,
    });
    expect(closed.timeline.map(({ says }) => says)).toContain(
      "Approved an override of its owner, which closed the item as “overridden”",
    );
  });

  it("without an owner, or of another path, cannot be overridden", async () => {
    const [nobodys, drift] = [
      await makeEscalation({ sourceId }),
      await makeEscalation({ sourceId, path: "contract_drift" }),
    ];
    await db().escalation.update({ where: { id: nobodys }, data: { owner: null } });
    expect(asking(await item(nobodys, people.operator))).toMatchObject({
      because: "This run names no owner, and an override belongs to an owner.",
    });
    expect(asking(await item(drift, people.operator))).toMatchObject({
      because: "Only an open policy denial can be overridden.",
    });
  });
});

describe("findings", () => {
  const read = async (after?: string, reader = people.product_owner) =>
    readFindings(authoriseRead(as(reader), "override.view"), { after }, minutes(60));
  const make = (minute: number, seen: boolean, kind: "unbacked_run" | "outside_override" = "unbacked_run") =>
    db().finding.create({
      data: {
        id: uuidv7(),
        sourceId,
        kind,
        subject: `subject-${uuidv7()}`,
        owner: "ana:shop",
        reason: "Overridden: hurry",
        at: minutes(minute),
        foundAt: minutes(minute),
        expiresAt: kind === "outside_override" ? minutes(minute + 60) : null,
        ...(seen && { seenById: people.product_owner.id, seenAt: minutes(50), seenNote: "It was me." }),
      },
    });

  it("are shown with what nobody has looked at first, then the newest, and with whose they are", async () => {
    const [old, seen, young] = [await make(1, false), await make(30, true), await make(20, false, "outside_override")];
    const page = await read();
    expect(page.rows.map(({ id }) => id)).toEqual([young.id, old.id, seen.id]);
    expect(page.rows).toMatchObject([
      { kind: "outside_override", runId: null, expiresAt: minutes(80).toISOString() },
      { runId: old.subject, seenBy: null },
      { seenBy: refOf(people.product_owner), seenNote: "It was me." },
    ]);
    expect(page.accountable).toContainEqual(refOf(people.product_owner));
    expect(page.may).toMatchObject({ allowed: true });
    expect((await read(undefined, people.operator)).may).toMatchObject({ allowed: false, whoCan: ["product_owner"] });
  });

  it("are read to their end by pages, each once", async () => {
    for (let index = 0; index < 120; index++) await make(index % 3, index % 2 === 0);
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await read(after);
      seen.push(...page.rows.map(({ id }) => id));
      if (!page.next) break;
      after = page.next;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    expect((await read("seen_x")).rows).toHaveLength(50);
  });
});

describe("delegations", () => {
  it("are shown to everybody while they hold or will, and to whom the reader may delegate", async () => {
    await db().delegation.deleteMany();
    await delegateDecisions(as(people.product_owner), {
      toId: people.security.id,
      from: minutes(10).toISOString(),
      until: minutes(20).toISOString(),
    });
    const view = (reader: PersonActor, now = minutes(1)) =>
      listDelegationsView(authoriseRead(as(reader), "override.view"), now);
    const one = {
      id: expect.any(String),
      from: refOf(people.product_owner),
      to: refOf(people.security),
      since: minutes(10).toISOString(),
      until: minutes(20).toISOString(),
    };
    expect((await view(people.product_owner)).delegations).toEqual([{ ...one, mine: true }]);
    expect(await view(people.operator)).toMatchObject({
      delegations: [{ ...one, mine: false }],
      may: { allowed: false },
    });
    expect((await view(people.product_owner, minutes(20))).delegations).toEqual([]);
    expect((await view(people.product_owner)).candidates).toContainEqual(refOf(people.security));
    expect((await view(people.security)).candidates).not.toContainEqual(refOf(people.security));
  });
});
