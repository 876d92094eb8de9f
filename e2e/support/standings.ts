/** Items and overrides as they can stand, made as people and thegent make them; and what an act on them asks for. */
import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { expect, type APIRequestContext, type APIResponse } from "@playwright/test";
import { isHungIn, type ActView, type FieldSpec } from "@/lib/kernel/act/view";
import type { ItemActName } from "@/lib/model/actions";
import type { EscalationPath } from "@/lib/model/paths";
import { inputFor } from "@/lib/testing/item-acts";
import { actOnItem } from "./actions";
import type { Staffed } from "./cockpit";
import { query } from "./database";
import { openItem } from "./open-item";
import { denyMany } from "./queue-file";

const intervals = [20];

/** How an item may stand, the simplest first. */
export const standings = ["open", "late", "lost", "claimed", "closed", "not taken up"] as const;
export type Standing = (typeof standings)[number];

type Target = { id: string; version: number };
type Shown = Target & { status: string; acts: ActView[] };

export async function readItem(reader: APIRequestContext, id: string): Promise<Shown> {
  return (await (await reader.get(`/api/escalations/${id}`)).json()) as Shown;
}

export const named = (acts: readonly ActView[], name: string): ActView => acts.find((act) => act.name === name)!;

/** What a person is asked for by an act's form, filled in. */
export const filledIn = (act: ActView): Record<string, string | boolean> => inputFor(act);

/** Which fields the form that the server draws asks for. */
export const fieldsOf = (act: ActView): readonly FieldSpec[] =>
  act.allowed && act.form && !isHungIn(act.form) ? act.form.fields : [];

async function done(answer: Promise<APIResponse>): Promise<void> {
  const { status, text } = await answer.then(async (one) => ({ status: one.status(), text: await one.text() }));
  if (status !== 200) throw new Error(`${status}: ${text}`);
}

/** Policy denials that thegent wrote and nobody has touched, made by the dozen: each wait for the worker is for all of them. */
const stocks = new WeakMap<Staffed, { inTime: Denied[]; late: Denied[] }>();
type Denied = { id: string; runId: string };

async function takeDenial(cockpit: Staffed, isLate: boolean): Promise<Denied> {
  const stock = stocks.get(cockpit) ?? { inTime: [], late: [] };
  stocks.set(cockpit, stock);
  const kept = isLate ? stock.late : stock.inTime;
  if (!kept.length) kept.push(...(await denyDozen(cockpit, isLate)));
  return kept.shift()!;
}

async function denyDozen(cockpit: Staffed, isLate: boolean): Promise<Denied[]> {
  const owner = `rights:${randomUUID().slice(0, 8)}`;
  const given = { owner, minutesLeft: isLate ? -5 : 25 };
  denyMany(
    cockpit.sessionDir,
    Array.from({ length: isLate ? 3 : 12 }, () => given),
  );
  const read = () =>
    query<Denied>(
      cockpit.dataDir,
      `SELECT "id", "runId" FROM "Escalation" WHERE "owner" = $1 AND ($2 = false OR "breachedAt" IS NOT NULL)`,
      [owner, isLate],
    );
  await expect.poll(async () => (await read()).length, { intervals }).toBe(isLate ? 3 : 12);
  return read();
}

/** Somebody's editor saves the queue file without the run's line. */
function takeAway(sessionDir: string, runId: string): void {
  const file = path.join(sessionDir, "escalation_queue.jsonl");
  const lines = fs.readFileSync(file, "utf8").split("\n");
  fs.writeFileSync(`${file}.edited`, lines.filter((line) => !line.includes(runId)).join("\n"));
  fs.renameSync(`${file}.edited`, file);
}

const resolution = { outcome: "unblocked", note: "Confidence was raised.", lateCause: null };

/** Makes an item that stands so, by the hand of somebody who may; null where no item of the path can. */
export async function makeItem(
  cockpit: Staffed,
  standing: Standing,
  of: EscalationPath,
  able: APIRequestContext,
): Promise<string | null> {
  const isDenial = of === "policy_denial";
  // Only a policy denial has a record that can vanish.
  if (!isDenial && standing === "lost") return null;
  const { id, runId } = isDenial
    ? await takeDenial(cockpit, standing === "late")
    : {
        ...(await openItem(able, cockpit, { path: of, subject: `rights ${randomUUID()}`, severity: "P3" })),
        runId: "",
      };
  const act = async (name: ItemActName, input: object = {}) => {
    const { version } = await readItem(able, id);
    await done(actOnItem(able, cockpit, name, { id, version, ...input }));
  };
  if (standing === "lost") {
    takeAway(cockpit.sessionDir, runId);
    await expect
      .poll(async () => named((await readItem(able, id)).acts, "add-again"), { intervals })
      .toMatchObject({ offered: true });
  }
  if (standing === "late" && !isDenial)
    await query(cockpit.dataDir, `UPDATE "Escalation" SET "breachedAt" = now() WHERE "id" = $1`, [id]);
  if (standing === "claimed") await act("claim");
  if (standing === "closed" || standing === "not taken up") await act("resolve", resolution);
  if (standing === "not taken up" && isDenial) await giveUp(cockpit, id);
  return id;
}

/** As after the last try to write a decision, which the worker makes hours later. */
async function giveUp(cockpit: Staffed, id: string): Promise<void> {
  const written = () =>
    query(cockpit.dataDir, `SELECT 1 FROM "Effect" WHERE "subjectId" = $1 AND "status" = 'applied'`, [id]);
  await expect.poll(async () => (await written()).length, { intervals }).toBe(1);
  await query(cockpit.dataDir, `UPDATE "Effect" SET "status" = 'failed' WHERE "subjectId" = $1`, [id]);
}
