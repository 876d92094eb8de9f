/**
 * Every right there is, tried by every role, without the page: the cases are generated from the table of actions, the build's acts and what each
 * act says of itself; who may is the document's (lib/testing/raci.ts). Acts on items: item-rights.spec.ts; on drift: drift-rights.spec.ts. What hangs on who asked, or on a
 * delegation, is in lib/areas/override/acts/doors.int.test.ts; what cannot be used at all, in doors.spec.ts.
 */
import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { episodeActNames } from "@/lib/areas/drift/contract";
import {
  overrideActNames,
  type DelegationsView,
  type FindingPage,
  type OverrideActName,
  type OverrideDetail,
} from "@/lib/areas/override/contract";
import { actions, itemActNames, type ActionId, type PersonActionId, type ViewAction } from "@/lib/model/actions";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Role } from "@/lib/model/roles";
import { callAction, personOf } from "./support/actions";
import type { Staffed } from "./support/cockpit";
import { query } from "./support/database";
import { doors } from "./support/doors";
import { overrideInThegent } from "./support/override-file";
import { askFor, forgeApproval, justification, readOverride } from "./support/overrides";
import { fieldsOf, filledIn, named } from "./support/standings";
import { expect } from "./support/test";
import {
  expectAnswered,
  expectRefusals,
  expectStrangersRefused,
  expectTried,
  granted,
  may,
  rowOf,
  test,
  type Here,
  type Try,
} from "./support/tried";

/** Asked by a colleague, in force already where the act needs that. */
async function tryOnOverride(
  { cockpit, world }: Here,
  act: OverrideActName,
  to: Role,
  asker: "a colleague" | Role = "a colleague",
): Promise<Try> {
  const id = await askFor(await world.as(asker), cockpit, { owner: `rights:${randomUUID()}` });
  if (act === "revoke") {
    expect(await forgeApproval(await world.as("product_owner"), cockpit, id)).toBe(200);
    // thegent's file holds it: nothing more happens to it by itself.
    await expect
      .poll(async () => (await readOverride(await world.as(to), id)).status, { intervals: [50] })
      .toBe("active");
  }
  const { version, acts, contentHash, mostSeconds } = await readOverride(await world.as(to), id);
  const approval = {
    seconds: mostSeconds,
    note: "Tried without the page.",
    seenHash: contentHash,
    withoutConsultation: "Tried without the page.",
  };
  const input = { act, id, version, ...(act === "approve" ? approval : filledIn(named(acts, act))) };
  return {
    subject: id,
    asks: { input, fields: fieldsOf(named(acts, act)) },
    send: (context) => callAction(context, cockpit, "actOnOverride", input),
    stand: () => query(cockpit.dataDir, `SELECT * FROM "Override" WHERE "id" = $1`, [id]),
  };
}

/** What an override is afterwards. By hand. */
const overrideEnds: Record<OverrideActName, OverrideDetail["status"][]> = {
  approve: ["approved", "active"],
  deny: ["denied"],
  advise: ["requested"],
  withdraw: ["withdrawn"],
  revoke: ["revoked"],
};

for (const act of overrideActNames) {
  const action = doors[`actOnOverride ${act}`]!.is;
  test(`${act} of an override that a colleague asked for is done by whom the document names, as the page says, and refused to the others`, async ({
    cockpit,
    world,
  }) => {
    const here = { cockpit, world };
    const letters = rowOf(action, null);
    const to = roles.find((role) => may(action, letters[role])) ?? "operator";
    const refused = await tryOnOverride(here, act, to);
    for (const role of roles) {
      const allowed = granted(action, letters[role]);
      const tried = allowed ? await tryOnOverride(here, act, role) : refused;
      const view = named((await readOverride(await world.as(role), tried.subject!)).acts, act);
      expect([role, view.allowed]).toEqual([role, allowed !== null]);
      const text = await expectTried(here, action, role, tried, allowed);
      if (allowed)
        expect(overrideEnds[act]).toContain((await readOverride(await world.as(role), tried.subject!)).status);
      else if (!view.allowed) expect(text).toContain(JSON.stringify(view.because).slice(1, -1));
    }
    await expectStrangersRefused(here, action, refused);
  });
}

test("override.withdraw is done by who asked", async ({ cockpit, world }) => {
  const here = { cockpit, world };
  const tried = await tryOnOverride(here, "withdraw", "operator", "operator");
  await expectTried(here, "override.withdraw", "operator", tried, { letter: "R" });
  expect((await readOverride(await world.as("operator"), tried.subject!)).status).toBe("withdrawn");
});

for (const act of overrideActNames)
  test(`${act} of somebody who may refuses what is not there, what is another by now, and what its form does not take`, async ({
    cockpit,
    world,
  }) => {
    const here = { cockpit, world };
    const action = doors[`actOnOverride ${act}`]!.is;
    const to = roles.find((role) => may(action, rowOf(action, null)[role])) ?? "operator";
    const { asks, stand } = await tryOnOverride(here, act, to, act === "withdraw" ? "operator" : "a colleague");
    await expectRefusals(here, to, "actOnOverride", { ...asks!, stand: stand! });
  });

/** What is done to nothing that stands as one of these: how one would try it. The rest is generated. */
type Trial = {
  action: PersonActionId;
  name: string;
  path?: EscalationPath;
  make: (here: Here, role: Role | null) => Promise<Try>;
};

const call =
  (cockpit: Staffed, name: string, input: object | ((context: APIRequestContext) => Promise<object>)): Try["send"] =>
  async (context) =>
    callAction(context, cockpit, name, typeof input === "function" ? await input(context) : input);
const plain = (action: PersonActionId, name: string, input: (who: Role | null) => object): Trial => ({
  action,
  name,
  make: async ({ cockpit }, role) => ({ subject: null, send: call(cockpit, name, input(role)) }),
});
const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const days = 24 * 60;

const trials: Trial[] = [
  ...escalationPaths.map((path): Trial => ({
    action: "escalation.open",
    name: `openEscalation of ${path}`,
    path,
    make: async ({ cockpit }) => {
      const given = {
        path,
        subject: `rights_${randomUUID()}`,
        reason: "Tried without the page.",
        owner: null,
        lane: "standard",
      };
      const clocked = path === "policy_denial" ? { slaMinutes: 30 } : { severity: "P4" };
      return { subject: null, send: call(cockpit, "openEscalation", { ...given, ...clocked }) };
    },
  })),
  plain("override.request", "requestOverride", () => ({
    ...{ escalationId: null, owner: `rights:${randomUUID()}`, previousId: null, ticket: null, seconds: 3600 },
    justification,
  })),
  {
    action: "override.export",
    name: "the export of overrides",
    make: async () => ({
      subject: null,
      send: (context) => context.get("/api/overrides/export?format=json&tab=history"),
    }),
  },
  {
    action: "override.delegate",
    name: "delegateDecisions",
    make: async ({ cockpit, world }) => ({
      subject: null,
      send: call(cockpit, "delegateDecisions", {
        toId: await personOf(await world.as("security")),
        ...{ from: at(30 * days), until: at(30 * days + 60) },
      }),
    }),
  },
  {
    action: "override.delegate",
    name: "withdrawDelegation",
    make: async ({ cockpit, world }) => {
      const owner = await world.as("product_owner");
      const toId = await personOf(await world.as("security"));
      await callAction(owner, cockpit, "delegateDecisions", { toId, from: at(40 * days), until: at(40 * days + 60) });
      const { delegations } = (await (await owner.get("/api/overrides/delegations")).json()) as DelegationsView;
      const { id } = delegations.find(({ mine }) => mine)!;
      return { subject: id, send: call(cockpit, "withdrawDelegation", { id }) };
    },
  },
  {
    action: "finding.settle",
    name: "settleFinding",
    make: async ({ cockpit, world }) => {
      const owner = `rights:${randomUUID()}`;
      overrideInThegent(cockpit.sessionDir, { owner, reason: "By hand", minutes: 60 });
      const found = async () =>
        (
          (await (await (await world.as("stakeholder")).get("/api/overrides/findings")).json()) as FindingPage
        ).rows.find((row) => row.owner === owner);
      await expect.poll(found, { intervals: [50] }).toBeTruthy();
      const { id } = (await found())!;
      return { subject: id, send: call(cockpit, "settleFinding", { id, note: "Tried without the page." }) };
    },
  },
  plain("view.keep", "keepView", () => ({ name: `Mine ${randomUUID().slice(0, 8)}`, query: "", shared: false })),
  {
    action: "view.keep",
    name: "dropView",
    make: async ({ cockpit, world }, role) => {
      const owner = await world.as(role ?? "operator");
      const name = `Mine ${randomUUID().slice(0, 8)}`;
      await callAction(owner, cockpit, "keepView", { name, query: "", shared: false });
      const views = (await (await owner.get("/api/views")).json()) as { id: string; name: string }[];
      const { id } = views.find((view) => view.name === name)!;
      return { subject: id, send: call(cockpit, "dropView", { id }) };
    },
  },
  plain("inbox.read", "markRead", () => ({ id: null })),
  plain("inbox.set-email", "setEmailKinds", () => ({ kinds: ["action", "consult", "informed"] })),
  {
    action: "duty.take",
    name: "takeDuty",
    make: async ({ cockpit, world }, role) => {
      const duty = (await (await (await world.as("stakeholder")).get("/api/duty")).json()) as {
        role: Role;
        person: { id: string } | null;
      }[];
      const asked = role ?? "operator";
      const from = duty.find((one) => one.role === asked)?.person?.id ?? null;
      return { subject: null, send: call(cockpit, "takeDuty", { role: asked, from }) };
    },
  },
  {
    action: "duty.leave",
    name: "leaveDuty",
    make: async ({ cockpit, world }, role) => {
      const asked = role ?? "operator";
      await callAction(await world.as(asked), cockpit, "takeDuty", { role: asked, from: null });
      return { subject: null, send: call(cockpit, "leaveDuty", { role: asked }) };
    },
  },
];

for (const { action, name, path = null, make: prepare } of trials)
  test(`${action}, by ${name}, is done by whom the document names, and refused to the others`, async ({
    cockpit,
    world,
  }) => {
    const here = { cockpit, world };
    const letters = rowOf(action, path);
    for (const role of roles) {
      const allowed = granted(action, letters[role]);
      await expectTried(here, action, role, await prepare(here, role), allowed);
    }
    await expectStrangersRefused(here, action, await prepare(here, null));
  });

test("duty is taken as a role that one holds, and as no other", async ({ cockpit, world }) => {
  for (const role of roles)
    for (const other of roles.filter((one) => one !== role)) {
      const answer = await callAction(await world.as(role), cockpit, "takeDuty", { role: other, from: null });
      expect([role, other, answer.status()]).toEqual([role, other, 403]);
    }
});

/** Where each is read; null: in no page nor route. */
const reads: Record<ViewAction, readonly string[] | null> = {
  "escalation.view": ["/api/escalations", "/api/escalations/next", "/api/views", "/api/together?list="],
  "override.view": [
    "/api/overrides",
    "/api/overrides/figures",
    "/api/overrides/findings",
    "/api/overrides/delegations",
  ],
  "inbox.read": ["/api/inbox", "/api/together?of=inbox"],
  "duty.view": ["/api/duty"],
  "operating-model.view": ["/operating-model"],
  "source.view": ["/api/sources"],
  // One episode: drift-rights.spec.ts.
  "drift.view": [
    "/api/drift",
    "/api/drift/events?from=2026-01-01T00:00:00Z&until=2026-03-01T00:00:00Z",
    "/api/drift/example?recent=1",
    "/api/drift/runs",
    "/api/drift/sweep",
  ],
  // By the command, on the server.
  "audit.verify": null,
};

for (const [action, addresses] of Object.entries(reads) as [ViewAction, readonly string[] | null][])
  for (const address of addresses ?? [])
    test(`${action} at ${address} is answered to whom the document names, and to nobody else`, ({ world }) =>
      expectAnswered(world, action, address));

test("every action that a person can have is tried here, in item-rights.spec.ts or in drift-rights.spec.ts", () => {
  const tried: string[] = [
    ...itemActNames.map((act) => `escalation.${act}`),
    ...overrideActNames.map((act) => doors[`actOnOverride ${act}`]!.is),
    ...episodeActNames.map((act) => doors[`actOnEpisode ${act}`]!.is),
    doors.sweepNow!.is,
    ...trials.map(({ action }) => action),
    ...Object.keys(reads),
  ];
  const ofPeople = (Object.keys(actions) as ActionId[]).filter((action) => actions[action].activity !== null);
  expect([...new Set(tried)].sort()).toEqual(ofPeople.sort());
});
