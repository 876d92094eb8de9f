/**
 * Every act on an item, tried by every role on an item of every path, without the page: the cases are generated from the table of actions and what
 * each act says of itself; who may is the document's (lib/testing/raci.ts).
 */
import type { ActView } from "@/lib/kernel/act/view";
import { actions, itemActNames, type ItemActName } from "@/lib/model/actions";
import { escalationPaths, paths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Letter, type Role } from "@/lib/model/roles";
import { documentLetters } from "@/lib/testing/raci";
import { callAction } from "./actions";
import type { Staffed } from "./cockpit";
import { query } from "./database";
import { fieldsOf, filledIn, makeItem, named, readItem, standings, type Standing } from "./standings";
import { expect } from "./test";
import {
  expectRefusals,
  expectStrangersRefused,
  expectTried,
  granted,
  may,
  rowOf,
  test,
  type Here,
  type Try,
} from "./tried";

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

/** Acts that change nothing of the item itself, whatever version it is by now: a retry is of its effect, reopening makes another. By hand. */
const unguarded: readonly ItemActName[] = ["retry", "reopen"];

const actionOf = (act: ItemActName) => `escalation.${act}` as const;
const letterOn = (path: EscalationPath, role: Role): Letter => documentLetters[paths[path].activity][role];
const worksOn = (path: EscalationPath): Role[] => roles.filter((role) => "RA".includes(letterOn(path, role)));
const isOffered = (act: ItemActName, path: EscalationPath, view: ActView): boolean =>
  view.allowed && (view.offered || (unasked[act]?.includes(path) ?? false)) && view.blocked === null;

/** Makes an item of the path, and makes it stand so by the hand of somebody who may. */
async function make({ cockpit, world }: Here, standing: Standing, path: EscalationPath, able: Role) {
  return makeItem(cockpit, standing, path, await world.as(able));
}

type Shown = { standing: Standing; views: Record<Role, ActView[]> };
const shown = new WeakMap<Staffed, Map<EscalationPath, Promise<Shown[]>>>();

/** What each role is shown of an item of the path, however it stands: looked at once for all acts. */
function shownOn(here: Here, path: EscalationPath): Promise<Shown[]> {
  const all = shown.get(here.cockpit) ?? new Map<EscalationPath, Promise<Shown[]>>();
  shown.set(here.cockpit, all);
  if (!all.has(path)) all.set(path, lookAt(here, path));
  return all.get(path)!;
}

async function lookAt(here: Here, path: EscalationPath): Promise<Shown[]> {
  const all: Shown[] = [];
  for (const standing of standings) {
    const id = await make(
      here,
      standing,
      path,
      worksOn(path).find((role) => letterOn(path, role) === "R")!,
    );
    if (!id) continue;
    const views = {} as Shown["views"];
    for (const role of roles) views[role] = (await readItem(await here.world.as(role), id)).acts;
    all.push({ standing, views });
  }
  return all;
}

/** How an item must stand for the act to be offered to one of them; advice is asked of the consulted first. */
async function standingFor(
  here: Here,
  act: ItemActName,
  path: EscalationPath,
): Promise<{ standing: Standing; to: Role } | null> {
  const able = roles.filter(
    (role) => may(actionOf(act), letterOn(path, role)) || actions[actionOf(act)].duty === "decide",
  );
  const to = able.sort((a, b) => letterOn(path, b).localeCompare(letterOn(path, a)));
  for (const { standing, views } of await shownOn(here, path)) {
    const role = to.find((one) => isOffered(act, path, named(views[one], act)));
    if (role) return { standing, to: role };
  }
  return null;
}

/** The act on an item that stands so, with its form filled in as it is shown to somebody who may. */
async function tryOn(
  here: Here,
  act: ItemActName,
  path: EscalationPath,
  standing: Standing,
  able: Role,
  to: Role,
): Promise<Try> {
  const id = (await make(here, standing, path, able))!;
  const reader = await here.world.as(to);
  const { version, acts } = await readItem(reader, id);
  const input = { act, id, version, ...filledIn(named(acts, act)) };
  return {
    subject: id,
    asks: { input, fields: fieldsOf(named(acts, act)) },
    send: (context) => callAction(context, here.cockpit, "actOnEscalation", input),
    stand: () => query(here.cockpit.dataDir, `SELECT * FROM "Escalation" WHERE "id" = $1`, [id]),
  };
}
const signsOff = (act: ItemActName): boolean => actions[actionOf(act)].activity !== "path";

/** The first path on which the act has a meaning. */
const firstOf = (act: ItemActName): EscalationPath => escalationPaths.find((one) => !never[act]?.includes(one))!;

/** The tests of these paths; a file for each few, as long as a file may take. */
export function tryItemActs(on: readonly EscalationPath[]): void {
  for (const act of itemActNames) {
    const action = actionOf(act);
    for (const path of on) {
      const isNever = never[act]?.includes(path) ?? false;
      if (isNever || unasked[act]?.includes(path))
        test(`${action} on an item of ${path} is offered to nobody, however it stands`, async ({ cockpit, world }) => {
          const all = await shownOn({ cockpit, world }, path);
          expect(all.length).toBeGreaterThan(3);
          for (const { standing, views } of all)
            for (const role of roles) {
              const view = named(views[role], act);
              expect([standing, role, view.allowed && view.offered]).toEqual([standing, role, false]);
            }
        });
      if (isNever) continue;

      test(`${action} on an item of ${path} is done by whom the document names, as the page says, and refused to the others`, async ({
        cockpit,
        world,
      }) => {
        const here = { cockpit, world };
        const found = await standingFor(here, act, path);
        expect(found, "a standing on which it is offered").not.toBeNull();
        const { standing, to } = found!;
        const [able] = worksOn(path).filter((role) => letterOn(path, role) === "R");
        const refused = await tryOn(here, act, path, standing, able!, to);
        const letters = signsOff(act) ? rowOf(action, null) : rowOf(action, path);
        for (const role of roles) {
          const allowed = granted(action, letters[role]);
          // What only its holder does is done to an item that they hold.
          const own = worksOn(path).includes(role) ? role : able!;
          const tried = allowed ? await tryOn(here, act, path, standing, own, role) : refused;
          const before = await readItem(await world.as(role), tried.subject!);
          const view = named(before.acts, act);
          expect([role, view.allowed]).toEqual([role, allowed !== null]);
          const text = await expectTried(here, action, role, tried, allowed);
          if (view.allowed)
            expect((await readItem(await world.as(role), tried.subject!)).status).toBe(ends[act] ?? before.status);
          else {
            expect(view.because).toContain(" can do this");
            // Whoever may do such a thing on no path is turned away at the door, before the item is looked at.
            const isElsewhere = !signsOff(act) && escalationPaths.some((one) => may(action, letterOn(one, role)));
            expect(text).toContain(isElsewhere ? JSON.stringify(view.because).slice(1, -1) : " can do this");
          }
        }
        await expectStrangersRefused(here, action, refused);
      });
    }
  }

  for (const path of never.retry!.filter((one) => on.includes(one)))
    test(`to write a decision on an item of ${path} again is judged by that path, though nothing of it is written`, async ({
      cockpit,
      world,
    }) => {
      const id = (await make({ cockpit, world }, "open", path, worksOn(path)[0]!))!;
      for (const role of roles) {
        const answer = await callAction(await world.as(role), cockpit, "actOnEscalation", {
          act: "retry",
          id,
          version: 1,
        });
        expect([role, answer.status()]).toEqual([role, worksOn(path).includes(role) ? 409 : 403]);
      }
    });

  for (const act of itemActNames.filter((one) => on.includes(firstOf(one))))
    test(`${actionOf(act)} of somebody who may refuses what is not there, what is another by now, and what its form does not take`, async ({
      cockpit,
      world,
    }) => {
      const here = { cockpit, world };
      const path = firstOf(act);
      const { standing, to } = (await standingFor(here, act, path))!;
      const { asks, stand } = await tryOn(
        here,
        act,
        path,
        standing,
        worksOn(path).includes(to) ? to : worksOn(path)[0]!,
        to,
      );
      await expectRefusals(
        here,
        to,
        "actOnEscalation",
        { ...asks!, stand: stand! },
        {
          isGuarded: !unguarded.includes(act),
          // What is not there is judged like a policy denial, so that nobody is told what is.
          absent: may(actionOf(act), letterOn("policy_denial", to)) ? 404 : 403,
        },
      );
    });
}
