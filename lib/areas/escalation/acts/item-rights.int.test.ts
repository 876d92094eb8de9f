import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/kernel/act/context";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { itemActions, type ItemActionId } from "@/lib/model/actions";
import type { PersonActor } from "@/lib/model/decide";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Letter, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePeople, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { addAgain } from "./add-again";
import { assignEscalation } from "./assign";
import { claimEscalation } from "./claim";
import { adviseEscalation, commentEscalation } from "./comment";
import { openEscalation, reopenEscalation } from "./open";
import { releaseEscalation } from "./release";
import { reportFinding } from "./report";
import { cancelEscalation, resolveEscalation } from "./resolve";
import { retryEscalation } from "./retry";
import { signOffBreach } from "./sign-off";

let people: Record<Role, PersonActor>;
let sourceId: string;
let id: string;

/** The document's rows of the four paths: 4.1 escalation queue, 4.2 drift, 4.3 audit, 4.4 post-launch observation. */
const letters: Record<EscalationPath, Record<Role, Letter>> = {
  policy_denial: { product_owner: "A", tech_lead: "I", operator: "R", security: "C", stakeholder: "I" },
  contract_drift: { product_owner: "I", tech_lead: "R", operator: "R", security: "I", stakeholder: "I" },
  integrity: { product_owner: "I", tech_lead: "R", operator: "I", security: "R", stakeholder: "C" },
  incident: { product_owner: "A", tech_lead: "R", operator: "R", security: "I", stakeholder: "I" },
};

type Act = {
  act: (ctx: Context, path: EscalationPath) => Promise<unknown>;
  /** Makes the item what the act needs; done by somebody who may. */
  prepare?: (able: Context) => Promise<unknown>;
  may: "RA" | "CRA" | "product_owner";
  ends: string;
  /** Paths on which the act has a meaning; all unless said otherwise. */
  paths?: readonly EscalationPath[];
  /** Whether a refusal names the item. */
  unnamed?: true;
};

const note = "Confidence raised.";
const close = (ctx: Context) => resolveEscalation(ctx, { id, version: 1, outcome: "unblocked", note, lateCause: null });

const acts: Record<ItemActionId | "escalation.sign-off", Act> = {
  "escalation.claim": { act: (ctx) => claimEscalation(ctx, { id, version: 1 }), may: "RA", ends: "claimed" },
  "escalation.assign": {
    act: (ctx, path) => assignEscalation(ctx, { id, version: 1, toId: people[path === "integrity" ? "security" : "operator"].id }),
    may: "RA",
    ends: "claimed",
  },
  "escalation.release": { act: (ctx) => releaseEscalation(ctx, { id, version: 2 }), prepare: (able) => claimEscalation(able, { id, version: 1 }), may: "RA", ends: "open" },
  "escalation.report": {
    act: (ctx) => reportFinding(ctx, { id, version: 1, finding: "The adapter drops a field.", adapterChange: false }),
    may: "RA",
    ends: "open",
    paths: ["contract_drift", "integrity"],
  },
  "escalation.resolve": { act: close, may: "RA", ends: "resolved" },
  "escalation.cancel": { act: (ctx) => cancelEscalation(ctx, { id, version: 1, note: "Opened by mistake.", lateCause: null }), may: "RA", ends: "cancelled" },
  "escalation.reopen": { act: (ctx) => reopenEscalation(ctx, { id, version: 2, reason: "It is back." }), prepare: close, may: "RA", ends: "resolved" },
  "escalation.retry": {
    act: (ctx) => retryEscalation(ctx, { id }),
    prepare: async (able) => {
      await close(able);
      await db().effect.updateMany({ where: { subjectId: id }, data: { status: "failed" } });
    },
    may: "RA",
    ends: "resolved",
    paths: ["policy_denial"],
  },
  "escalation.add-again": {
    act: (ctx) => addAgain(ctx, { id, version: 1 }),
    prepare: () => db().escalation.update({ where: { id }, data: { lostAt: t0 } }),
    may: "RA",
    ends: "open",
    paths: ["policy_denial"],
  },
  "escalation.comment": { act: (ctx) => commentEscalation(ctx, { id, version: 1, text: "Asked the vendor." }), may: "CRA", ends: "open" },
  "escalation.advise": { act: (ctx) => adviseEscalation(ctx, { id, version: 1, text: "Do not override this one." }), may: "CRA", ends: "open" },
  "escalation.open": {
    act: (ctx, path) =>
      openEscalation(ctx, path === "policy_denial" ? { path, subject: `run_${ctx.requestId}`, reason: "Seen by hand", owner: null, lane: "standard", slaMinutes: 30 } : { path, subject: `by hand ${ctx.requestId}`, reason: "Seen by hand", owner: null, lane: "standard", severity: "P2" }),
    may: "RA",
    ends: "open",
    unnamed: true,
  },
  "escalation.sign-off": {
    act: (ctx) => signOffBreach(ctx, { id, version: 1, note: "Seen; the night shift was short of people." }),
    prepare: () => db().escalation.update({ where: { id }, data: { breachedAt: t0 } }),
    may: "product_owner",
    ends: "open",
  },
};

const cases = Object.entries(acts).flatMap(([action, act]) => (act.paths ?? escalationPaths).map((path) => ({ action, path, ...act })));

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 20);
  people = await makePeople();
  sourceId = await makeSource();
});

const stored = () => db().escalation.findUniqueOrThrow({ where: { id } });
const since = async (seq: bigint): Promise<AuditEvent[]> => (await db().auditEvent.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" } })).map(({ body }) => JSON.parse(body) as AuditEvent);
const head = async () => (await db().auditHead.findUniqueOrThrow({ where: { id: 1 } })).seq;

it("every right on an item has its row here", () => {
  expect(Object.keys(acts).sort()).toEqual([...itemActions, "escalation.sign-off"].sort());
});

describe.each(cases)("$action on $path", ({ action, path, act, prepare, may, ends, unnamed }) => {
  beforeEach(async () => {
    id = await makeEscalation({ sourceId, path });
    const able = roles.find((role) => letters[path][role] === "R")!;
    await prepare?.(as(people[able]));
  });

  it.each(roles)("by %s: allowed or refused exactly as the document says, and recorded", async (role) => {
    const letter = letters[path][role];
    const before = await stored();
    const start = await head();
    const allowed = may === "product_owner" ? role === "product_owner" : may.includes(letter);
    const done = act(as(people[role], minutes(1)), path).then(() => true);
    if (allowed) {
      await expect(done).resolves.toBe(true);
      expect((await stored()).status).toBe(ends);
      const recorded = (await since(start)).find((event) => event.action === action);
      expect(recorded).toMatchObject({ outcome: "done", role, letter: may === "product_owner" ? "A" : letter, actor: { id: people[role].id, name: role }, because: null });
    } else {
      await expect(done).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining(" can do this") });
      expect(await stored()).toEqual(before);
      expect(await since(start)).toMatchObject([{ action, outcome: "refused", role: null, letter: null, actor: { id: people[role].id }, subject: { id: unnamed ? null : id } }]);
    }
  });

  it("by nobody and by somebody without a role: refused and recorded", async () => {
    const start = await head();
    await expect(act(as(null), path)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(act(as(await makePerson()), path)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await since(start)).map(({ outcome, actor }) => `${outcome} ${actor.kind}`)).toEqual(["refused nobody", "refused person"]);
  });
});

it.each(escalationPaths.filter((path) => path !== "policy_denial"))("to write a decision on an item of %s again is judged by that path, though nothing of it is written", async (path) => {
  id = await makeEscalation({ sourceId, path });
  for (const role of roles) await expect(retryEscalation(as(people[role]), { id })).rejects.toMatchObject({ code: "RA".includes(letters[path][role]) ? "CONFLICT" : "FORBIDDEN" });
});

it.each(Object.entries(acts).filter(([, { unnamed }]) => !unnamed))("%s on an item that is not there: NOT_FOUND, and nothing is recorded as done", async (_, { act }) => {
  id = "019a0000-0000-7000-8000-000000000000";
  const start = await head();
  await expect(act(as(people.product_owner), "policy_denial")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await since(start)).toEqual([]);
});
