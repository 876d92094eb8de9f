import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { commentEscalation } from "@/lib/areas/escalation/acts/comment";
import { openEscalation } from "@/lib/areas/escalation/acts/open";
import { findEscalationDetail } from "@/lib/areas/escalation/acts/read-escalation";
import { reopenEscalation } from "@/lib/areas/escalation/acts/reopen";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import type { EscalationDetail } from "@/lib/areas/escalation/contract";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import type { FormSpec } from "@/lib/kernel/act/view";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { roles, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import {
  as,
  makeEscalation,
  makePeople,
  makePerson,
  makeSource,
  minutes,
  putOnDuty,
  t0,
} from "@/lib/testing/scenarios";

let people: Record<Role, PersonActor>;
let sourceId: string;

const detail = async (id: string, reader = people.operator, now = t0): Promise<EscalationDetail> =>
  (await findEscalationDetail(authoriseRead({ actor: reader }, "escalation.view"), id, now))!;
const done = { outcome: "unblocked" as const, note: "Done with it.", lateCause: null };

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  people = await makePeople();
});
beforeEach(async () => {
  sourceId = await makeSource();
});

describe("the whole story of one item", () => {
  it("tells what was done, in whose words, and how thegent takes it", async () => {
    const id = await makeEscalation({ sourceId });
    await claimEscalation(as(people.operator), { id, version: 1 });
    await commentEscalation(as(people.security, minutes(1)), { id, version: 2, text: "Mind the chain." });
    await resolveEscalation(as(people.operator, minutes(2)), { id, version: 3, ...done });
    const told = await detail(id);
    expect(told).toMatchObject({
      status: "resolved",
      note: "Done with it.",
      lateCause: null,
      effect: "pending",
      run: null,
      reopenedAs: null,
      comesNext: null,
    });
    expect(told.effectView).toMatchObject({
      kind: "thegent.resolve",
      status: "pending",
      attempts: 0,
      closedRecords: null,
    });
    expect(told.clocks).toEqual([
      {
        name: "resolve",
        kind: "sla",
        startedAt: t0.toISOString(),
        dueAt: minutes(30).toISOString(),
        stoppedAt: minutes(2).toISOString(),
        firedAt: null,
        level: 1,
        to: ["product_owner"],
      },
    ]);
    expect(told.timeline.map(({ kind, actor, letter, text }) => [kind, actor, letter, text])).toEqual([
      ["blocked", null, null, null],
      ["opened", null, null, null],
      ["claimed", "operator", "R", null],
      ["commented", "security", "C", "Mind the chain."],
      ["resolved", "operator", "R", "Done with it."],
    ]);
    expect(told.nextStep).toBe("Decided here; it is being written into thegent's queue file.");
  });

  it("says what comes next, whom it would reach at this moment, and who hears of it", async () => {
    const id = await makeEscalation({ sourceId });
    const nobodyOnDuty = await detail(id);
    expect(nobodyOnDuty.comesNext).toMatchObject({
      at: new Date(minutes(30).getTime() + 1).toISOString(),
      what: "miss",
      clock: "resolve",
      level: 1,
      reaches: [
        {
          role: "product_owner",
          letter: "A",
          onDuty: false,
          people: [{ id: people.product_owner.id, name: "product_owner" }],
        },
      ],
    });
    expect(nobodyOnDuty.hears.map(({ letter, role }) => [letter, role])).toEqual([
      ["R", "operator"],
      ["A", "product_owner"],
      ["C", "security"],
      ["I", "tech_lead"],
      ["I", "stakeholder"],
    ]);
    const other = await makePerson("product_owner");
    await putOnDuty(other, "product_owner");
    expect((await detail(id)).comesNext!.reaches).toEqual([
      { role: "product_owner", letter: "A", onDuty: true, people: [{ id: other.id, name: "product_owner" }] },
    ]);
    await db().duty.deleteMany();
    await db().roleHolding.deleteMany({ where: { personId: other.id } });
    await db().person.delete({ where: { id: other.id } });
  });

  it("says where it went when it opened, by hand and to the backup", async () => {
    await putOnDuty(people.security, "security");
    const { id } = await openEscalation(as(people.operator), {
      path: "policy_denial",
      subject: "run_by_hand",
      reason: "Nobody saw it",
      owner: null,
      lane: "standard",
      slaMinutes: 20,
    });
    await db().duty.deleteMany();
    const told = await detail(id);
    expect(told.route).toEqual({
      role: "security",
      person: { id: people.security.id, name: "security" },
      backup: true,
      standsInFor: "product_owner",
    });
    expect(told).toMatchObject({
      effect: "pending",
      effectView: { kind: "thegent.add", closedRecords: null },
      nextStep: "Unclaimed: claim it, or resolve it by its due time.",
    });
    expect(told.timeline.map(({ kind, text }) => [kind, text])).toEqual([["opened", "Nobody saw it"]]);
  });

  it("names what it reopens, and what reopens it", async () => {
    const first = await makeEscalation({ sourceId, path: "contract_drift", subject: "provider x" });
    await resolveEscalation(as(people.operator), { id: first, version: 1, ...done });
    const { id: second } = await reopenEscalation(as(people.operator, minutes(5)), {
      id: first,
      version: 2,
      reason: "It is back.",
    });
    expect(await detail(first)).toMatchObject({ previous: null, reopenedAs: { id: second, subject: "provider x" } });
    expect(await detail(second)).toMatchObject({
      previous: { id: first, subject: "provider x" },
      reopenedAs: null,
      effectView: null,
    });
    expect((await detail(first)).timeline.at(-1)).toMatchObject({ kind: "reopened", text: "It is back." });
  });
});

describe("what belongs to it", () => {
  it("are its run's other items, and the open ones of its owner and of its reason, each once with why", async () => {
    const old = await makeEscalation({ sourceId, subject: "run_1", owner: "ana", reason: "A" });
    await resolveEscalation(as(people.operator), { id: old, version: 1, ...done });
    const id = await makeEscalation({ sourceId, subject: "run_1", owner: "ana", reason: "A" });
    const both = await makeEscalation({ sourceId, subject: "run_2", owner: "ana", reason: "A", dueAt: minutes(1) });
    const owner = await makeEscalation({ sourceId, subject: "run_3", owner: "ana", reason: "B", dueAt: minutes(2) });
    const reason = await makeEscalation({ sourceId, subject: "run_4", owner: "bo", reason: "A", dueAt: minutes(3) });
    await makeEscalation({ sourceId, subject: "run_5", owner: "bo", reason: "B" });
    const { related } = await detail(id);
    expect(related.map((one) => [one.id, one.because])).toEqual([
      [old, ["run"]],
      [both, ["owner", "reason"]],
      [owner, ["owner"]],
      [reason, ["reason"]],
    ]);
    expect(related[0]).toMatchObject({
      subject: "run_1",
      reason: "A",
      status: "resolved",
      dueAt: minutes(30).toISOString(),
      closedAt: t0.toISOString(),
    });
  });
  it("are at most twenty", async () => {
    const id = await makeEscalation({ sourceId, owner: "ana", reason: "A" });
    for (let n = 0; n < 15; n++) {
      await makeEscalation({ sourceId, owner: "ana", reason: `B${n}` });
      await makeEscalation({ sourceId, owner: "bo", reason: "A" });
    }
    const { related } = await detail(id);
    expect(related).toHaveLength(20);
    expect(new Set(related.map((one) => one.id)).size).toBe(20);
  });
});

describe("what this reader may do", () => {
  it.each<[Parameters<typeof makeEscalation>[0]["path"], Role[]]>([
    ["policy_denial", ["product_owner", "operator"]],
    ["contract_drift", ["tech_lead", "operator"]],
    ["integrity", ["tech_lead", "security"]],
    ["incident", ["product_owner", "tech_lead", "operator"]],
  ])("with an item of %s is a right of its path, and so is to whom it may be given", async (path, workers) => {
    const id = await makeEscalation({ sourceId, path, subject: "x", severity: path === "incident" ? "P2" : undefined });
    for (const role of roles) {
      const allowed = new Map((await detail(id, people[role])).acts.map((act) => [act.name, act.allowed]));
      for (const act of ["claim", "assign", "release", "report", "resolve", "cancel", "reopen", "retry"])
        expect([role, act, allowed.get(act)]).toEqual([role, act, workers.includes(role)]);
      expect([role, allowed.get("sign-off")]).toEqual([role, role === "product_owner"]);
    }
    const assign = (await detail(id, people[workers[0]!])).acts.find(({ name }) => name === "assign");
    expect(assign).toMatchObject({
      offered: true,
      form: {
        fields: [
          {
            kind: "select",
            options: expect.arrayContaining(
              workers.map((role): unknown => expect.objectContaining({ value: people[role].id })),
            ) as unknown,
          },
        ],
      },
    });
    const [given] = (assign as { form: FormSpec }).form.fields;
    expect((given as { options: unknown[] }).options).toHaveLength(workers.length);
  });
});

it("is nothing where there is no such item, or it is another source's", async () => {
  const elsewhere = await makeEscalation({ sourceId });
  await makeSource();
  const grant = authoriseRead({ actor: people.operator }, "escalation.view");
  expect(await findEscalationDetail(grant, elsewhere, t0)).toBeNull();
  expect(await findEscalationDetail(grant, "019a0000-0000-7000-8000-000000000000", t0)).toBeNull();
});
