/** One try of something by somebody: done by whom the document names, refused and recorded of everybody else. */
import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { FieldSpec } from "@/lib/kernel/act/view";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { actions, type PersonActionId, type ViewAction } from "@/lib/model/actions";
import { paths, type EscalationPath } from "@/lib/model/paths";
import { roles, type Letter, type Role } from "@/lib/model/roles";
import { documentLetters, lettersOfDuty } from "@/lib/testing/raci";
import { callAction, personOf } from "./actions";
import type { Staffed } from "./cockpit";
import { query } from "./database";
import { expect, test as base } from "./test";
import { worldOf, type Who, type World } from "./world";

export const test = base.extend<{ world: World }>({
  world: async ({ cockpit }, use) => {
    const world = worldOf(cockpit);
    await use(world);
    await world.leave();
  },
});

export type Here = { cockpit: Staffed; world: World };

/** What the letters of a duty alone do not say. By hand. */
const otherwise: Partial<Record<PersonActionId, (letter: Letter) => boolean>> = {
  // Whoever decides or asks writes their reason there.
  "override.advise": (letter) => letter === "C",
  // Only who asked takes a request back, which is tried below.
  "override.withdraw": () => false,
  // Nobody is accountable for drift: who is responsible decides.
  "drift.decide": (letter) => letter === "R",
};

export const rowOf = (action: PersonActionId, path: EscalationPath | null): Record<Role, Letter> => {
  const { activity } = actions[action];
  return documentLetters[activity === "path" ? paths[path!].activity : activity];
};
export function may(action: PersonActionId, letter: Letter): boolean {
  return otherwise[action]?.(letter) ?? (lettersOfDuty[actions[action].duty] as string).includes(letter);
}

/** A field of a form, as far as trying it needs; `asked`: of a text that is not always asked for, when. */
type Asked = Pick<FieldSpec, "name" | "kind"> & { asked?: unknown };

/** One try: to what, how it is sent, and how that stands; `subject`: the id, where there is one. */
export type Try = {
  /** What is sent, and of which fields its form is, where it is an act on one thing. */
  asks?: { input: Record<string, unknown>; fields: readonly Asked[] };
  subject: string | null;
  send: (context: APIRequestContext) => Promise<APIResponse>;
  stand?: () => Promise<unknown>;
};

const nothing = async (): Promise<unknown> => null;
const headOf = async (cockpit: Staffed): Promise<string> =>
  (await query<{ seq: string }>(cockpit.dataDir, `SELECT "seq"::text AS "seq" FROM "AuditHead"`))[0]!.seq;
const eventsOf = async (cockpit: Staffed, seq: string, action: string, actorId: string | null): Promise<AuditEvent[]> =>
  (
    await query<{ body: string }>(
      cockpit.dataDir,
      `SELECT "body" FROM "AuditEvent" WHERE "seq" > $1 AND "action" = $2 AND "actorId" IS NOT DISTINCT FROM $3 ORDER BY "seq"`,
      [seq, action, actorId],
    )
  ).map(({ body }) => JSON.parse(body) as AuditEvent);

/** Who may has it done, and the event names the letter; who may not is answered by code, changes nothing, and is in the chain. */
export async function expectTried(
  { cockpit, world }: Here,
  action: PersonActionId,
  who: Role | "nobody" | "no role",
  { subject, send, stand = nothing }: Try,
  allowed: { letter: Letter } | null,
): Promise<string> {
  const context = await world.as(who);
  const [me, before, start] = [await personOf(context), await stand(), await headOf(cockpit)];
  const answer = await send(context);
  const text = await answer.text();
  const called = `${action} by ${who}: ${text.slice(0, 400)}`;
  expect(answer.status(), called).toBe(allowed ? 200 : who === "nobody" ? 401 : 403);
  const events = await eventsOf(cockpit, start, action, me);
  if (!allowed) {
    expect(await stand(), called).toEqual(before);
    expect(events, called).toMatchObject([{ outcome: "refused", role: null, letter: null, subject: { id: subject } }]);
  } else if ("reads" in actions[action]) expect(events, called).toEqual([]);
  else
    // What is made by it has an event of its own.
    expect(
      events.filter((event) => subject === null || event.subject.id === subject),
      called,
    ).toMatchObject([
      {
        outcome: "done",
        role: who,
        letter: allowed.letter,
        because: null,
        ...(subject && { subject: { id: subject } }),
      },
    ]);
  return text;
}

export const granted = (action: PersonActionId, letter: Letter): { letter: Letter } | null =>
  may(action, letter) ? { letter } : null;

export async function expectStrangersRefused(here: Here, action: PersonActionId, refused: Try): Promise<void> {
  await expectTried(here, action, "nobody", refused, null);
  await expectTried(here, action, "no role", refused, null);
}

/** What is read at an address, a page's or not, is answered to whom the document names, and to nobody else. */
export async function expectAnswered(world: World, action: ViewAction, address: string): Promise<void> {
  const statusOf = async (who: Who) => {
    const answer = await (await world.as(who)).get(address, { maxRedirects: 0 });
    const text = await answer.text();
    return { status: answer.status(), isRefused: /You have no role yet|This page is not yours/.test(text) };
  };
  for (const role of roles) {
    const { status, isRefused } = await statusOf(role);
    expect([role, status === 200 && !isRefused]).toEqual([role, may(action, rowOf(action, null)[role])]);
  }
  const isPage = !address.startsWith("/api/");
  expect((await statusOf("nobody")).status).toBe(isPage ? 307 : 401);
  expect(await statusOf("no role")).toMatchObject(isPage ? { isRefused: true } : { status: 403 });
}

/** What a field takes of nobody, by its kind. */
const unusable: Record<FieldSpec["kind"], readonly unknown[]> = {
  text: ["", "\u200b\u200b\u200b\u200b", "x".repeat(100_000), 7],
  choice: ["gone", null],
  select: ["gone", null],
  check: ["perhaps"],
};

/**
 * What an act refuses of somebody who may do it, whatever the act: a thing that is not there, one that is another version by now, and what its form
 * does not take, field by field; each by its code, and nothing changes.
 */
export async function expectRefusals(
  { cockpit, world }: Here,
  who: Role,
  name: string,
  { input, fields, stand }: { input: Record<string, unknown>; fields: readonly Asked[]; stand: () => Promise<unknown> },
  { isGuarded = true, absent = 404 }: { isGuarded?: boolean; absent?: 403 | 404 } = {},
): Promise<void> {
  const context = await world.as(who);
  const before = await stand();
  const statusOf = async (change: object) =>
    (await callAction(context, cockpit, name, { ...input, ...change })).status();
  expect(await statusOf({ id: "01890000-0000-7000-8000-000000000000" }), "one that is not there").toBe(absent);
  expect(await statusOf({ id: "1; DROP TABLE" }), "what is no id").toBe(400);
  expect(await statusOf({ version: -1 }), "what is no version").toBe(400);
  if (isGuarded) expect(await statusOf({ version: (input.version as number) + 5 }), "another version").toBe(409);
  for (const field of fields.filter((one) => !one.asked))
    for (const wrong of unusable[field.kind])
      expect([field.name, wrong, await statusOf({ [field.name]: wrong })]).toEqual([field.name, wrong, 400]);
  expect(await stand()).toEqual(before);
}
