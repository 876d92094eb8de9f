import { beforeAll, describe, expect, it } from "vitest";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import type { ActView } from "@/lib/kernel/act/view";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { actions, itemActNames, type ItemActName } from "@/lib/model/actions";
import type { PersonActor } from "@/lib/model/decide";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Letter, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { inputFor } from "@/lib/testing/item-acts";
import { as, makeEscalation, makePeople, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { claimEscalation } from "./claim";
import { escalationActs } from "./escalation-acts";
import { openEscalation } from "./open";
import { findEscalationDetail } from "./read-escalation";
import { resolveEscalation } from "./resolve";
import { retryEscalation } from "./retry";

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

const close = (ctx: Context) =>
  resolveEscalation(ctx, { id, version: 1, outcome: "unblocked", note: "Confidence raised.", lateCause: null });
const set = (data: Parameters<ReturnType<typeof db>["escalation"]["update"]>[0]["data"]) =>
  db().escalation.update({ where: { id }, data });

/** How an item may stand, the simplest first; done by somebody who may. */
const standings: Record<string, (able: Context, path: EscalationPath) => Promise<unknown>> = {
  open: () => Promise.resolve(),
  late: () => set({ breachedAt: t0 }),
  // Only a policy denial has a record that can vanish.
  lost: async (_, path) => path === "policy_denial" && set({ lostAt: t0 }),
  claimed: (able) => claimEscalation(able, { id, version: 1 }),
  closed: close,
  "not taken up": async (able) => {
    await close(able);
    await db().effect.updateMany({ where: { subjectId: id }, data: { status: "failed" } });
  },
};

/** Acts that have no meaning on some paths: on no item of them, however it stands, are they offered. By hand. */
const never: Partial<Record<ItemActName, readonly EscalationPath[]>> = {
  report: ["policy_denial", "incident"],
  "add-again": ["contract_drift", "integrity", "incident"],
  retry: ["contract_drift", "integrity", "incident"],
};

/** Where nobody is consulted advice is asked of nobody; whoever works there may give it all the same. By hand. */
const unasked: Partial<Record<ItemActName, readonly EscalationPath[]>> = { advise: ["contract_drift", "incident"] };

/** What an item is afterwards, where the act makes it something else. By hand. */
const ends: Partial<Record<ItemActName, string>> = {
  claim: "claimed",
  assign: "claimed",
  release: "open",
  resolve: "resolved",
  cancel: "cancelled",
};

const mayBy = { decide: "the Product Owner", perform: "RA", advise: "CRA", view: "" } as const;
const may = (act: ItemActName, role: Role, letter: Letter): boolean => {
  const by = mayBy[actions[escalationActs[act].action].duty];
  return by === "the Product Owner" ? role === "product_owner" : by.includes(letter);
};
const ableOn = (path: EscalationPath): Role => roles.find((role) => letters[path][role] === "R")!;
/** Somebody who may, to see which form they are shown: advice is offered to the consulted. */
const offeredTo = (act: ItemActName, path: EscalationPath): Role[] =>
  roles
    .filter((role) => may(act, role, letters[path][role]))
    .sort((a, b) => letters[path][b].localeCompare(letters[path][a]));

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 20);
  people = await makePeople();
  sourceId = await makeSource();
});

const stored = () => db().escalation.findUniqueOrThrow({ where: { id } });
const since = async (seq: bigint): Promise<AuditEvent[]> =>
  (await db().auditEvent.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
const head = async () => (await db().auditHead.findUniqueOrThrow({ where: { id: 1 } })).seq;

const viewsOf = async (reader: PersonActor): Promise<ActView[]> =>
  (await findEscalationDetail(authoriseRead({ actor: reader }, "escalation.view"), id, minutes(1)))!.acts;
const named = (name: ItemActName, views: ActView[]): ActView => views.find((act) => act.name === name)!;
const viewOf = async (reader: PersonActor, name: ItemActName): Promise<ActView> => named(name, await viewsOf(reader));

/** Makes an item that stands so. `able`: whose hand made it stand so. */
async function make(standing: string, path: EscalationPath, able: Role): Promise<void> {
  id = await makeEscalation({ sourceId, path });
  await standings[standing]!(as(people[able]), path);
}

type Shown = { standing: string; views: Record<Role, ActView[]> };
const shown = new Map<string, Promise<Shown[]>>();

/** What each role is shown of an item of the path, however it stands: looked at once for all acts. */
function shownOn(path: EscalationPath, able: Role): Promise<Shown[]> {
  const key = `${path} ${able}`;
  if (!shown.has(key)) shown.set(key, lookAt(path, able));
  return shown.get(key)!;
}

async function lookAt(path: EscalationPath, able: Role): Promise<Shown[]> {
  const all: Shown[] = [];
  for (const standing of Object.keys(standings)) {
    await make(standing, path, able);
    const views = await Promise.all(roles.map(async (role) => [role, await viewsOf(people[role])] as const));
    all.push({ standing, views: Object.fromEntries(views) as Shown["views"] });
  }
  return all;
}

/** Makes an item on which the act is offered to one of them, and says what its form asks for; null where no standing does. */
async function prepare(
  act: ItemActName,
  path: EscalationPath,
  to = offeredTo(act, path),
  able = ableOn(path),
): Promise<Record<string, unknown> | null> {
  const isOffered = (view: ActView) =>
    view.allowed && (view.offered || unasked[act]?.includes(path)) && view.blocked === null;
  for (const { standing, views } of await shownOn(path, able)) {
    const role = to.find((one) => isOffered(named(act, views[one])));
    if (!role) continue;
    await make(standing, path, able);
    return { id, version: (await stored()).version, ...inputFor(await viewOf(people[role], act)) };
  }
  return null;
}

const perform = (name: ItemActName, ctx: Context, input: Record<string, unknown>) =>
  escalationActs[name](ctx, escalationActs[name].schema.parse(input) as never);
const cases = itemActNames.flatMap((act) => escalationPaths.map((path) => ({ act, path })));

describe.each(cases.filter(({ act, path }) => [never, unasked].some((some) => some[act]?.includes(path))))(
  "$act on $path",
  ({ act, path }) => {
    it("is offered to nobody, however the item stands", async () => {
      const all = await shownOn(path, ableOn(path));
      expect(all.map(({ standing }) => standing)).toEqual(Object.keys(standings));
      for (const { standing, views } of all)
        for (const role of roles)
          expect([standing, role, named(act, views[role])]).not.toMatchObject([
            standing,
            role,
            { allowed: true, offered: true },
          ]);
    });
  },
);

describe.each(cases.filter(({ act, path }) => !never[act]?.includes(path) && offeredTo(act, path).length))(
  "$act on $path",
  ({ act, path }) => {
    /** An item on which it is offered to somebody. */
    const offered = async (): Promise<Record<string, unknown>> => {
      const input = await prepare(act, path);
      expect(input, "a standing on which it is offered").not.toBeNull();
      return input!;
    };
    /** One for all who are refused: nothing becomes of it. */
    let untouched: Record<string, unknown> | undefined;
    const refused = async (): Promise<Record<string, unknown>> => {
      untouched ??= await offered();
      id = untouched.id as string;
      return untouched;
    };

    it.each(roles)(
      "by %s: allowed or refused exactly as the document says, as the page says, and recorded",
      async (role) => {
        const letter = letters[path][role];
        const isAllowed = may(act, role, letter);
        // What only its holder does is done to an item that they hold.
        const held = isAllowed && "RA".includes(letter) ? await prepare(act, path, [role], role) : null;
        const input = held ?? (await (isAllowed ? offered() : refused()));
        const before = await stored();
        const start = await head();
        const { action } = escalationActs[act];
        const view = await viewOf(people[role], act);
        const done = perform(act, as(people[role], minutes(1)), input).then(() => true);
        expect(view.allowed).toBe(isAllowed);
        if (view.allowed) {
          await expect(done).resolves.toBe(true);
          expect((await stored()).status).toBe(ends[act] ?? before.status);
          const recorded = (await since(start)).find((event) => event.action === action && event.subject.id === id);
          expect(recorded).toMatchObject({
            outcome: "done",
            role,
            letter: actions[action].duty === "decide" ? "A" : letter,
            actor: { id: people[role].id, name: role },
            because: null,
          });
        } else {
          await expect(done).rejects.toMatchObject({ code: "FORBIDDEN", message: view.because });
          expect(view.because).toContain(" can do this");
          expect(await stored()).toEqual(before);
          expect(await since(start)).toMatchObject([
            { action, outcome: "refused", role: null, letter: null, actor: { id: people[role].id }, subject: { id } },
          ]);
        }
      },
    );

    it("by nobody and by somebody without a role: refused and recorded", async () => {
      const input = await refused();
      const start = await head();
      await expect(perform(act, as(null), input)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
      await expect(perform(act, as(await makePerson()), input)).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect((await since(start)).map(({ outcome, actor }) => `${outcome} ${actor.kind}`)).toEqual([
        "refused nobody",
        "refused person",
      ]);
    });
  },
);

describe.each(escalationPaths)("to open an item of %s by hand", (path) => {
  const open = (ctx: Context) =>
    openEscalation(
      ctx,
      path === "policy_denial"
        ? {
            path,
            subject: `run_${ctx.requestId}`,
            reason: "Seen by hand",
            owner: null,
            lane: "standard",
            slaMinutes: 30,
          }
        : {
            path,
            subject: `by hand ${ctx.requestId}`,
            reason: "Seen by hand",
            owner: null,
            lane: "standard",
            severity: "P2",
          },
    );

  it.each(roles)("by %s: allowed or refused exactly as the document says, and recorded", async (role) => {
    const start = await head();
    const letter = letters[path][role];
    const done = open(as(people[role], minutes(1)));
    if ("RA".includes(letter)) {
      const opened = await done;
      expect(await db().escalation.findUniqueOrThrow({ where: { id: opened.id } })).toMatchObject({
        status: "open",
        path,
      });
      expect((await since(start)).find(({ action }) => action === "escalation.open")).toMatchObject({
        outcome: "done",
        role,
        letter,
        actor: { id: people[role].id, name: role },
        because: null,
      });
    } else {
      await expect(done).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining(" can do this") });
      expect(await since(start)).toMatchObject([
        {
          action: "escalation.open",
          outcome: "refused",
          role: null,
          letter: null,
          actor: { id: people[role].id },
          subject: { id: null },
        },
      ]);
    }
  });
  it("by nobody and by somebody without a role: refused and recorded", async () => {
    const start = await head();
    await expect(open(as(null))).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(open(as(await makePerson()))).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await since(start)).map(({ outcome, actor }) => `${outcome} ${actor.kind}`)).toEqual([
      "refused nobody",
      "refused person",
    ]);
  });
});

it.each(escalationPaths.filter((path) => path !== "policy_denial"))(
  "to write a decision on an item of %s again is judged by that path, though nothing of it is written",
  async (path) => {
    id = await makeEscalation({ sourceId, path });
    for (const role of roles)
      await expect(retryEscalation(as(people[role]), { id, version: 1 })).rejects.toMatchObject({
        code: "RA".includes(letters[path][role]) ? "CONFLICT" : "FORBIDDEN",
      });
  },
);

it.each(itemActNames)("%s on an item that is not there: NOT_FOUND, and nothing is recorded as done", async (act) => {
  const input = {
    ...(await prepare(act, act === "report" ? "contract_drift" : "policy_denial")),
    id: "019a0000-0000-7000-8000-000000000000",
    version: 1,
  };
  const start = await head();
  await expect(perform(act, as(people.product_owner), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await since(start)).toEqual([]);
});
