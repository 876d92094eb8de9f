/**
 * Every act on an episode of drift, and the sweep by hand, tried by every role without the page, as rights.spec.ts tries the others; in a cockpit
 * of its own, whose telemetry is written for it. That nobody approves what they asked for: drift-review.spec.ts.
 */
import { episodeActNames, type EpisodeActName, type EpisodeDetail, type SweepView } from "@/lib/areas/drift/contract";
import { roles, type Role } from "@/lib/model/roles";
import { callAction } from "./support/actions";
import type { Staffed } from "./support/cockpit";
import { query } from "./support/database";
import { doors } from "./support/doors";
import { readEpisode, takeEpisode } from "./support/episodes";
import { fieldsOf, filledIn, named } from "./support/standings";
import { expect, ownCockpit } from "./support/test";
import {
  expectAnswered,
  expectRefusals,
  expectStrangersRefused,
  expectTried,
  granted,
  may,
  rowOf,
  test as base,
  type Here,
  type Try,
} from "./support/tried";

const test = base.extend<object, { cockpit: Staffed }>({ cockpit: ownCockpit() });

const note = "Tried without the page.";
const decided = { cause: note, decision: "remediate", evidence: [1, 2], note, days: null, lateCause: null };

/** What is sent of the forms that the page draws itself, and its fields. By hand. */
const drawn: Partial<Record<EpisodeActName, object>> = {
  decide: decided,
  "approve-change": { note },
  "approve-waiver": { note },
};
const drawnFields: Partial<Record<EpisodeActName, NonNullable<Try["asks"]>["fields"]>> = {
  decide: [
    { name: "cause", kind: "text" },
    { name: "decision", kind: "choice" },
    { name: "evidence", kind: "choice" },
    { name: "note", kind: "text" },
    { name: "seenHash", kind: "text" },
  ],
  "approve-change": [
    { name: "note", kind: "text" },
    { name: "seenHash", kind: "text" },
  ],
  "approve-waiver": [
    { name: "note", kind: "text" },
    { name: "seenHash", kind: "text" },
  ],
};

/** What was done to an episode before the act can be: taken up, and decided so. By hand. */
const before: Record<EpisodeActName, readonly [EpisodeActName, object?][]> = {
  investigate: [],
  decide: [["investigate"]],
  finish: [["investigate"], ["decide", decided]],
  "approve-change": [["investigate"], ["decide", { ...decided, decision: "adapter_change" }]],
  "decline-change": [["investigate"], ["decide", { ...decided, decision: "adapter_change" }]],
  "approve-waiver": [["investigate"], ["decide", { ...decided, decision: "accept", days: 3 }]],
  "decline-waiver": [["investigate"], ["decide", { ...decided, decision: "accept", days: 3 }]],
};

/** What an episode is afterwards. By hand. */
const ends: Record<EpisodeActName, Partial<EpisodeDetail>> = {
  investigate: { status: "investigating", decision: null },
  decide: { status: "remediating", decision: "remediate" },
  finish: { status: "remediated" },
  "approve-change": { status: "remediating", answer: "approved" },
  "decline-change": { status: "remediating", answer: "declined" },
  "approve-waiver": { status: "accepted", answer: "approved" },
  "decline-waiver": { status: "investigating", answer: "declined" },
};

const actionOf = (act: EpisodeActName) => doors[`actOnEpisode ${act}`]!.is;
const whoMay = (act: EpisodeActName): Role =>
  roles.find((role) => may(actionOf(act), rowOf(actionOf(act), null)[role]))!;

/** The act on an episode that it fits, by what it is shown to one who may; where that is somebody who works on drift, it is theirs. */
async function tryOn({ cockpit, world }: Here, act: EpisodeActName, to: Role): Promise<Try> {
  const id = await takeEpisode(cockpit);
  const able = await world.as(may("drift.investigate", rowOf("drift.investigate", null)[to]) ? to : "operator");
  for (const [step, input] of before[act]) {
    const { version, shownHash: seenHash } = await readEpisode(able, id);
    const answer = await callAction(able, cockpit, "actOnEpisode", { act: step, id, version, seenHash, ...input });
    expect(answer.status(), `${step}: ${await answer.text()}`).toBe(200);
  }
  const { version, shownHash: seenHash, acts } = await readEpisode(await world.as(to), id);
  const view = named(acts, act);
  expect(view).toMatchObject({ allowed: true, offered: true, blocked: null });
  const input = { act, id, version, seenHash, ...filledIn(view), ...drawn[act] };
  return {
    subject: id,
    asks: { input, fields: drawnFields[act] ?? fieldsOf(view) },
    send: (context) => callAction(context, cockpit, "actOnEpisode", input),
    // Whether the drift is found at the moment is not theirs.
    stand: () =>
      query(
        cockpit.dataDir,
        `SELECT to_jsonb(d) - 'fineSince' AS "episode", to_jsonb(e) AS "item" FROM "DriftEpisode" d JOIN "Escalation" e USING ("id") WHERE d."id" = $1`,
        [id],
      ),
  };
}

for (const act of episodeActNames) {
  const action = actionOf(act);
  test(`${act}, which is ${action}, is done to an episode by whom the document names, as the page says, and refused to the others and where it cannot be used`, async ({
    cockpit,
    world,
  }) => {
    const here = { cockpit, world };
    const letters = rowOf(action, null);
    const refused = await tryOn(here, act, whoMay(act));
    for (const role of roles) {
      const allowed = granted(action, letters[role]);
      const tried = allowed ? await tryOn(here, act, role) : refused;
      const view = named((await readEpisode(await world.as(role), tried.subject!)).acts, act);
      expect([role, view.allowed]).toEqual([role, allowed !== null]);
      const text = await expectTried(here, action, role, tried, allowed);
      if (allowed) expect(await readEpisode(await world.as(role), tried.subject!)).toMatchObject(ends[act]);
      else if (!view.allowed) expect(text).toContain(JSON.stringify(view.because).slice(1, -1));
    }
    await expectStrangersRefused(here, action, refused);
    await expectRefusals(here, whoMay(act), "actOnEpisode", { ...refused.asks!, stand: refused.stand! });
  });
}

test("drift.view of one episode is answered to whom the document names, and to nobody else", async ({
  cockpit,
  world,
}) => {
  const id = await takeEpisode(cockpit);
  for (const address of [`/api/drift/${id}`, `/api/drift/${id}/review`])
    await expectAnswered(world, "drift.view", address);
});

/** Whoever asks while one is open asks for that one, and right after one that was asked for nobody gets another: neither is so here. */
async function trySweep({ cockpit, world }: Here): Promise<Try> {
  const sweeps = async (): Promise<SweepView> =>
    (await (await (await world.as("stakeholder")).get("/api/drift/sweep")).json()) as SweepView;
  await expect.poll(async () => (await sweeps()).recent[0]?.endedAt, { intervals: [50] }).toBeTruthy();
  await query(cockpit.dataDir, `UPDATE "Sweep" SET "endedAt" = "endedAt" - interval '1 minute'`);
  const seen = (await sweeps()).recent[0]!.id;
  return {
    subject: null,
    send: (context) => callAction(context, cockpit, "sweepNow", { seen }),
    stand: () => query(cockpit.dataDir, `SELECT "id" FROM "Sweep" ORDER BY "id"`),
  };
}

test("drift.sweep, by sweepNow, is done by whom the document names, and refused to the others", async ({
  cockpit,
  world,
}) => {
  const here = { cockpit, world };
  // The first of all, where the schedule's has not come yet: after it none is due while this goes on.
  await callAction(await world.as("operator"), cockpit, "sweepNow", { seen: null });
  for (const role of roles) {
    const tried = await trySweep(here);
    const [allowed, stood] = [granted("drift.sweep", rowOf("drift.sweep", null)[role]), await tried.stand!()];
    await expectTried(here, "drift.sweep", role, tried, allowed);
    expect(await tried.stand!()).toHaveLength((stood as unknown[]).length + (allowed ? 1 : 0));
  }
  await expectStrangersRefused(here, "drift.sweep", await trySweep(here));
});
