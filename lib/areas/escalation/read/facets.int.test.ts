import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import {
  listQuerySchema,
  sorts,
  type EscalationPage,
  type Facets,
  type FacetValue,
  type ListQuery,
} from "@/lib/areas/escalation/contract";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { forgetAnswers } from "@/lib/kernel/list/kept-answers";
import type { Grant, PersonActor } from "@/lib/model/decide";
import { escalationPaths, type EscalationPath } from "@/lib/model/paths";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { listEscalations } from "./list";

let olga: PersonActor;
let omar: PersonActor;
let grant: Grant<"escalation.view">;

const list = (change: Partial<Record<keyof ListQuery, string>> = {}, now = t0): Promise<EscalationPage> =>
  listEscalations(grant, listQuerySchema.parse(change), now);
const counts = <T extends string | number>(values: FacetValue<T>[]) => values.map(({ value, count }) => [value, count]);

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  [olga, omar] = [await makePerson("operator"), await makePerson("operator")];
  grant = authoriseRead({ actor: olga }, "escalation.view");
});
beforeEach(forgetAnswers);

describe("facets of seven items, counted by hand", () => {
  let sourceId: string;
  beforeAll(async () => {
    sourceId = await makeSource();
    const made = [
      await makeEscalation({ sourceId, dueAt: minutes(-5), priority: 2, lane: "critical", owner: "ana:shop" }),
      await makeEscalation({ sourceId, dueAt: minutes(-1), priority: 1, lane: "critical", owner: "bo:mail" }),
      await makeEscalation({ sourceId, dueAt: minutes(10), priority: 1, lane: "standard", owner: "ana:shop" }),
      await makeEscalation({ sourceId, dueAt: minutes(20), priority: 0, lane: "standard", owner: "ana:shop" }),
      await makeEscalation({
        sourceId,
        path: "integrity",
        subject: "chain",
        severity: "P2",
        lane: "standard",
        owner: "bo:mail",
      }),
      await makeEscalation({
        sourceId,
        path: "incident",
        subject: "outage",
        severity: "P4",
        lane: "standard",
        owner: "ana:shop",
      }),
      await makeEscalation({ sourceId, path: "contract_drift", subject: "drift", lane: "critical", owner: "ana:shop" }),
    ];
    await claimEscalation(as(olga), { id: made[2]!, version: 1 });
    await claimEscalation(as(omar), { id: made[3]!, version: 1 });
  });

  it("without a filter they are the queue", async () => {
    const { facets, total } = await list();
    expect(total).toBe(7);
    expect(counts(facets!.path)).toEqual(
      expect.arrayContaining([
        ["policy_denial", 4],
        ["contract_drift", 1],
        ["integrity", 1],
        ["incident", 1],
      ]),
    );
    expect(Object.fromEntries(counts(facets!.sla))).toEqual({ past: 2, within: 5 });
    expect(counts(facets!.priority)).toEqual([
      [2, 1],
      [1, 2],
      [0, 4],
    ]);
    expect(counts(facets!.lane)).toEqual([
      ["standard", 4],
      ["critical", 3],
    ]);
    expect(counts(facets!.owner)).toEqual([
      ["ana:shop", 5],
      ["bo:mail", 2],
    ]);
    expect(counts(facets!.level)).toEqual([
      [0, 6],
      [1, 1],
      [2, 0],
    ]);
    expect(Object.fromEntries(counts(facets!.claim))).toEqual({ none: 5, mine: 1, others: 1 });
  });

  it("with filters each facet counts what the others leave, and its own values stay to be chosen", async () => {
    const { facets, total, rows } = await list({ lane: "critical", owner: "ana:shop" });
    expect(total).toBe(2);
    expect(rows).toHaveLength(2);
    expect(counts(facets!.lane)).toEqual([
      ["standard", 3],
      ["critical", 2],
    ]);
    expect(counts(facets!.owner)).toEqual([
      ["ana:shop", 2],
      ["bo:mail", 1],
    ]);
    expect(Object.fromEntries(counts(facets!.sla))).toEqual({ past: 1, within: 1 });
    expect(Object.fromEntries(counts(facets!.claim))).toEqual({ none: 2, mine: 0, others: 0 });
    expect(Object.fromEntries(counts(facets!.path))).toEqual({
      policy_denial: 1,
      contract_drift: 1,
      integrity: 0,
      incident: 0,
    });
  });

  it("names what was chosen even if nothing is left of it", async () => {
    const { facets, total, rows } = await list({ lane: "nowhere", priority: "9", level: "7" });
    expect({ total, rows }).toEqual({ total: 0, rows: [] });
    expect(facets!.lane).toContainEqual({ value: "nowhere", count: 0 });
    expect(facets!.priority).toContainEqual({ value: 9, count: 0 });
    expect(counts(facets!.level)).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [7, 0],
    ]);
  });

  it("counts a storm of readers once, but reads their rows anew; a change that was heard ends that", async () => {
    await list({ lane: "standard" });
    const id = await makeEscalation({ sourceId, lane: "standard" });
    const soon = await list({ lane: "standard" }, minutes(0.01));
    expect(soon.rows.map((row) => row.id)).toContain(id);
    expect(soon.total).toBe(4);
    forgetAnswers();
    expect((await list({ lane: "standard" }, minutes(0.01))).total).toBe(5);
    await db().escalation.delete({ where: { id } });
    expect((await list({ lane: "standard" }, minutes(0.02))).total).toBe(5);
    expect((await list({ lane: "standard" }, minutes(1))).total).toBe(4);
  });
});

type Item = {
  id: string;
  path: EscalationPath;
  subject: string;
  priority: number;
  lane: string;
  owner: string | null;
  level: number;
  due: number;
  blocked: number;
  claim: "mine" | "none" | "others";
  open: boolean;
};

const lanes = ["critical", "standard", "", "線"];
const owners = ["ana:shop", "Bo:mail", null];
const items = fc.array(
  fc.record({
    id: fc.nat().map(() => uuidv7()),
    path: fc.constantFrom(...escalationPaths),
    priority: fc.integer({ min: -1, max: 2 }),
    lane: fc.constantFrom(...lanes),
    owner: fc.constantFrom(...owners),
    level: fc.integer({ min: 0, max: 2 }),
    due: fc.integer({ min: -2, max: 2 }),
    blocked: fc.integer({ min: -2, max: 0 }),
    claim: fc.constantFrom("mine" as const, "none" as const, "others" as const),
    open: fc.boolean(),
  }),
  { minLength: 0, maxLength: 260, size: "max" },
);
const one = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
const queries = fc.record({
  sort: fc.constantFrom(...sorts, ...sorts.map((name) => `-${name}` as const)),
  path: one(...escalationPaths),
  sla: one("past" as const, "within" as const),
  priority: one(-1, 0, 2),
  lane: one("critical", "線"),
  owner: one("ana:shop", "Bo:mail"),
  level: one(0, 1),
  claim: one("mine" as const, "none" as const, "others" as const),
});

async function insert(sourceId: string, made: readonly Item[]): Promise<void> {
  const whose = { mine: olga.id, none: null, others: omar.id };
  await db().escalation.createMany({
    data: made.map(({ id, path, subject, priority, lane, owner, level, due, blocked, claim, open }) => ({
      id,
      sourceId,
      path,
      subject,
      runId: path === "policy_denial" ? subject : null,
      priority,
      lane,
      owner,
      level,
      reason: "x",
      recordCount: 1,
      clocks: [],
      dueClock: "resolve",
      routedRole: "operator" as const,
      slaMinutes: 30,
      modelVersion: "om",
      openedAt: t0,
      dueAt: minutes(due),
      blockedAt: minutes(blocked),
      escalatedAt: level ? t0 : null,
      status: !open ? ("resolved" as const) : claim === "none" ? ("open" as const) : ("claimed" as const),
      closedAt: open ? null : t0,
      closedIn: open ? null : ("thegent" as const),
      claimedById: whose[claim],
      claimedAt: claim === "none" ? null : t0,
      claimQuietAt: claim === "none" ? null : minutes(15),
    })),
  });
}

const compare = (a: string | number | boolean, b: string | number | boolean) => (a < b ? -1 : a > b ? 1 : 0);
/** In the byte order of UTF-8, which is that of the code points. */
const naiveKeys: Record<(typeof sorts)[number], (item: Item) => (string | number | boolean)[]> = {
  due: (i) => [i.due, i.id],
  priority: (i) => [i.priority, i.blocked, i.id],
  newest: (i) => [i.blocked, i.id],
  lane: (i) => [i.lane, i.due, i.id],
  subject: (i) => [i.subject, i.due, i.id],
  owner: (i) => [i.owner === null, i.owner ?? "", i.due, i.id],
  level: (i) => [i.level, i.due, i.id],
  path: (i) => [escalationPaths.indexOf(i.path), i.due, i.id],
};
const facetOf: { [F in keyof Facets]: (item: Item) => string | number | null } = {
  path: (i) => i.path,
  sla: (i) => (i.due < 0 ? "past" : "within"),
  priority: (i) => i.priority,
  lane: (i) => i.lane,
  owner: (i) => i.owner,
  level: (i) => i.level,
  claim: (i) => i.claim,
};
type Facet = keyof Facets;
const facetNames = Object.keys(facetOf) as Facet[];

/** What the list must say, worked out the slow way. */
function naive(made: readonly Item[], query: ListQuery) {
  const left = (except?: Facet) =>
    made.filter(
      (item) =>
        item.open &&
        facetNames.every(
          (facet) => facet === except || query[facet] === undefined || facetOf[facet](item) === query[facet],
        ),
    );
  const name = query.sort.replace("-", "") as (typeof sorts)[number];
  const down = (name === "priority" || name === "newest") !== query.sort.startsWith("-");
  const rows = left().sort((a, b) => {
    const [x, y] = [naiveKeys[name](a), naiveKeys[name](b)];
    const order = x.map((value, index) => compare(value, y[index]!)).find((sign) => sign !== 0) ?? 0;
    return down ? -order : order;
  });
  const facets = Object.fromEntries(facetNames.map((facet) => [facet, tally(left(facet).map(facetOf[facet]))]));
  return { rows: rows.map(({ id }) => id), facets };
}

function tally(values: (string | number | null)[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const value of values) if (value !== null) counted[value] = (counted[value] ?? 0) + 1;
  return counted;
}

it("says of any items under any filters what counting them one by one says, and pages through each once in both directions", async () => {
  await fc.assert(
    fc.asyncProperty(items, queries, async (drawn, chosen) => {
      const sourceId = await makeSource();
      const made = drawn.map((item, n) => ({ ...item, subject: `run_${String((n * 7919) % 1000).padStart(4, "0")}` }));
      await insert(sourceId, made);
      const query: ListQuery = { ...listQuerySchema.parse({}), ...chosen };
      const expected = naive(made, query);

      const pages = [await listEscalations(grant, query, t0)];
      while (pages.at(-1)!.next) pages.push(await listEscalations(grant, { ...query, after: pages.at(-1)!.next! }, t0));
      const there = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
      expect(there).toEqual(expected.rows);

      const back = [pages.at(-1)!];
      while (back[0]!.previous) back.unshift(await listEscalations(grant, { ...query, before: back[0]!.previous }, t0));
      expect(back.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expected.rows);

      const { facets, total } = pages[0]!;
      expect(total).toBe(expected.rows.length);
      for (const facet of facetNames) {
        const counted = Object.fromEntries(
          counts(facets![facet] as FacetValue<string | number>[]).filter(([, count]) => count !== 0),
        );
        expect(counted).toEqual(expected.facets[facet]);
      }
    }),
    { numRuns: 25 },
  );
});
