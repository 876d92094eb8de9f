import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { isInForce, type OverrideStatus } from "@/lib/areas/override/domain/override";
import type { Context } from "@/lib/kernel/act/context";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { roles, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { advise, approve, ask, deny, findStored, revoke, withdraw } from "@/lib/testing/override-acts";
import { as, makePeople, makePerson, makeSource, minutes } from "@/lib/testing/scenarios";
import { delegateDecisions, withdrawDelegation } from "./delegate";

let people: Record<Role, PersonActor>;
let olga: PersonActor;
let id: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 10);
  people = await makePeople();
  olga = await makePerson("operator");
  await makeSource();
});

type ActName = "request" | "advise" | "approve" | "deny" | "withdraw" | "revoke" | "renew" | "delegate";
const owner = () => `owner:${uuidv7()}`;
const span = { from: minutes(0).toISOString(), until: minutes(60).toISOString() };

const acts: Record<
  ActName,
  { action: string; act: (ctx: Context) => Promise<unknown>; prepared?: true; ends: OverrideStatus | null }
> = {
  request: { action: "override.request", act: (ctx) => ask(ctx, { owner: owner() }), ends: "requested" },
  advise: { action: "override.advise", act: (ctx) => advise(ctx, id), ends: "requested" },
  approve: { action: "override.decide", act: (ctx) => approve(ctx, id), ends: "approved" },
  deny: { action: "override.decide", act: (ctx) => deny(ctx, id), ends: "denied" },
  withdraw: { action: "override.withdraw", act: (ctx) => withdraw(ctx, id), ends: "withdrawn" },
  revoke: { action: "override.revoke", act: (ctx) => revoke(ctx, id), prepared: true, ends: "revoked" },
  renew: {
    action: "override.request",
    act: (ctx) => ask(ctx, { owner: null, previousId: id }),
    prepared: true,
    ends: "approved",
  },
  delegate: {
    action: "override.delegate",
    act: async (ctx) => delegateDecisions(ctx, { ...span, toId: (await makePerson("security")).id }),
    ends: null,
  },
};

/** By hand, from the row "Override approval": A is the Product Owner, R the Operator, C Security, I the others. */
const renewedBy: Role[] = ["product_owner", "operator"];
/** Whoever asked, being Operator and this too. */
const byRequester: Record<ActName, Role[]> = {
  request: [...roles],
  advise: [],
  approve: [],
  deny: [],
  withdraw: [...roles],
  revoke: [...roles],
  renew: [...roles],
  delegate: ["product_owner"],
};
/** A person of the backup role, in the place of a Product Owner who did not ask. */
const byDelegate: ActName[] = ["advise", "approve", "deny"];

const head = async () => (await db().auditHead.findUniqueOrThrow({ where: { id: 1 } })).seq;
const since = async (seq: bigint): Promise<AuditEvent[]> =>
  (await db().auditEvent.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );

/** A request of this person's, in force already where the act needs that. */
async function prepare(act: ActName, requester: PersonActor): Promise<void> {
  id = await ask(as(requester), { owner: owner() });
  if (acts[act].prepared) await approve(as(people.product_owner, minutes(1)), id);
}

async function expectDone(name: ActName, actor: PersonActor): Promise<void> {
  const start = await head();
  await acts[name].act(as(actor, minutes(2)));
  if (acts[name].ends && name !== "request") expect((await findStored(id))!.status).toBe(acts[name].ends);
  expect((await since(start)).filter(({ action }) => action === acts[name].action)).toMatchObject([
    { outcome: "done", actor: { id: actor.id } },
  ]);
}

async function expectRefused(name: ActName, actor: PersonActor | null): Promise<void> {
  const [start, before] = [await head(), await findStored(id)];
  await expect(acts[name].act(as(actor, minutes(2)))).rejects.toMatchObject({
    code: actor ? "FORBIDDEN" : "UNAUTHENTICATED",
  });
  expect(await findStored(id)).toEqual(before);
  expect(await since(start)).toMatchObject([
    { action: acts[name].action, outcome: "refused", role: null, letter: null, actor: { id: actor?.id ?? null } },
  ]);
}

/** The acts that are no renewal are tried by every role who did not ask, by nobody and without a role over HTTP: e2e/rights.spec.ts. */
describe("renew", () => {
  const name = "renew";
  it.each(roles)("by %s, who did not ask", async (role) => {
    await prepare(name, olga);
    await (renewedBy.includes(role) ? expectDone : expectRefused)(name, people[role]);
  });
  it("by nobody, and by somebody without a role", async () => {
    await prepare(name, olga);
    await expectRefused(name, null);
    await expectRefused(name, await makePerson());
  });
});

describe.each(Object.keys(acts) as ActName[])("%s", (name) => {
  it.each(roles)("by an Operator who is %s too, and asked", async (role) => {
    const requester = await makePerson(...new Set<Role>(["operator", role]));
    await prepare(name, requester);
    await (byRequester[name].includes(role) ? expectDone : expectRefused)(name, requester);
  });
  it("by who holds every role and asked", async () => {
    const requester = await makePerson(...roles);
    await prepare(name, requester);
    await (["advise", "approve", "deny"].includes(name) ? expectRefused : expectDone)(name, requester);
  });
  it("by a delegate of a Product Owner", async () => {
    const [pia, sam] = [await makePerson("product_owner"), await makePerson("security")];
    await delegateDecisions(as(pia), { ...span, toId: sam.id });
    await prepare(name, olga);
    await (byDelegate.includes(name) ? expectDone : expectRefused)(name, sam);
    if (name === "approve" || name === "deny")
      expect(await findStored(id)).toMatchObject({ decidedById: sam.id, decidedForId: pia.id });
  });
});

describe.each(["approve", "deny"] as const)("%s by a delegate", (name) => {
  let pia: PersonActor;
  beforeEach(async () => {
    pia = await makePerson("product_owner", "operator");
  });
  it("in the place of who asked is refused", async () => {
    const sam = await makePerson("security");
    await delegateDecisions(as(pia), { ...span, toId: sam.id });
    await prepare(name, pia);
    await expectRefused(name, sam);
  });
  it("who asked is refused", async () => {
    const sam = await makePerson("security", "operator");
    await delegateDecisions(as(pia), { ...span, toId: sam.id });
    await prepare(name, sam);
    await expectRefused(name, sam);
  });
  it.each<[string, { from: number; until: number }]>([
    ["before it begins", { from: 3, until: 60 }],
    ["at its end", { from: 0, until: 2 }],
  ])("%s is refused", async (_, { from, until }) => {
    const sam = await makePerson("security");
    await delegateDecisions(as(pia), {
      from: minutes(from).toISOString(),
      until: minutes(until).toISOString(),
      toId: sam.id,
    });
    await prepare(name, olga);
    await expectRefused(name, sam);
  });
  it("whose delegation was taken back is refused", async () => {
    const sam = await makePerson("security");
    await delegateDecisions(as(pia), { ...span, toId: sam.id });
    const { id: delegation } = await db().delegation.findFirstOrThrow({ where: { toId: sam.id } });
    await expect(withdrawDelegation(as(people.product_owner, minutes(1)), { id: delegation })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await withdrawDelegation(as(pia, minutes(1)), { id: delegation });
    await prepare(name, olga);
    await expectRefused(name, sam);
  });
  it("whose Product Owner is one no more is refused", async () => {
    const sam = await makePerson("security");
    await delegateDecisions(as(pia), { ...span, toId: sam.id });
    await db().roleHolding.deleteMany({ where: { personId: pia.id, role: "product_owner" } });
    await prepare(name, olga);
    await expectRefused(name, sam);
  });
  it("whose Product Owner may not sign in any more is refused", async () => {
    const sam = await makePerson("security");
    await delegateDecisions(as(pia), { ...span, toId: sam.id });
    await db().person.update({ where: { id: pia.id }, data: { disabledAt: minutes(1) } });
    await prepare(name, olga);
    await expectRefused(name, sam);
  });
});

it("advice answers the consultation of whoever decides only when somebody else gave it", async () => {
  const both = await makePerson("product_owner", "security");
  id = await ask(as(olga), { owner: owner() });
  await advise(as(both, minutes(1)), id);
  const unexplained = { withoutConsultation: null };
  await expect(approve(as(both, minutes(2)), id, unexplained)).rejects.toMatchObject({
    code: "REJECTED",
    message: expect.stringContaining("Nobody else of Security/Compliance has advised yet"),
  });
  await advise(as(people.security, minutes(2)), id);
  await approve(as(both, minutes(3)), id, unexplained);
  expect(await findStored(id)).toMatchObject({ status: "approved", decidedById: both.id, withoutConsultation: null });
});

it("a delegation goes to the backup role only, whoever asks for it", async () => {
  for (const role of roles.filter((role) => role !== "security")) {
    await expect(
      delegateDecisions(as(people.product_owner), { ...span, toId: (await makePerson(role)).id }),
    ).rejects.toMatchObject({ code: "REJECTED" });
  }
});

describe("the database itself", () => {
  const decided = `"status" = 'approved', "decidedAt" = now(), "decisionNote" = 'x', "approvedSeconds" = 60, "expiresAt" = now() + interval '60 seconds', "contentHash" = 'x'`;
  beforeEach(async () => {
    id = await ask(as(olga), { owner: owner() });
  });
  it.each<[string, string, string]>([
    ["a decision by who asked", `${decided}, "decidedById" = "requestedById"`, "override_not_decided_by_requester"],
    [
      "a decision in the place of who asked",
      `${decided}, "decidedById" = gen_random_uuid(), "decidedForId" = "requestedById"`,
      "override_not_decided_by_requester",
    ],
    [
      "a denial by who asked",
      `"status" = 'denied', "decidedAt" = now(), "decisionNote" = 'x', "decidedById" = "requestedById"`,
      "override_not_decided_by_requester",
    ],
    ["an approval by nobody", `${decided}`, "override_decision_whole"],
    [
      "an approval for longer than was asked",
      `${decided.replace('"approvedSeconds" = 60', '"approvedSeconds" = 3601')}, "decidedById" = gen_random_uuid()`,
      "override_approval_whole",
    ],
    [
      "an end after what was approved",
      `${decided.replace("60 seconds", "61 seconds")}, "decidedById" = gen_random_uuid()`,
      "override_approval_whole",
    ],
    [
      "an approval of no content",
      `${decided.replace(`"contentHash" = 'x'`, '"contentHash" = NULL')}, "decidedById" = gen_random_uuid()`,
      "override_approval_whole",
    ],
    ["a withdrawal at no time", `"status" = 'withdrawn'`, "override_ended_says_when"],
  ])("refuses %s", async (_, change, constraint) => {
    await expect(pool().query(`UPDATE "Override" SET ${change} WHERE "id" = $1`, [id])).rejects.toMatchObject({
      code: "23514",
      constraint,
    });
  });
  it("takes a decision of somebody else, so that the refusals mean something", async () => {
    await pool().query(`UPDATE "Override" SET ${decided}, "decidedById" = $2 WHERE "id" = $1`, [
      id,
      (await makePerson("product_owner")).id,
    ]);
    expect(isInForce((await findStored(id))!.status)).toBe(true);
  });
});

it("after all of it the chain passes", async () => {
  expect((await verifyChain()).status).toBe("passed");
});
