import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { listQuerySchema, type EscalationRow, type ListQuery } from "@/lib/areas/escalation/contract";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { db, pool, useDatabase } from "@/lib/kernel/db/client";
import type { Grant, PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { asked } from "./filters";
import { listEscalations, pageSize, selectBoth } from "./list";

let olga: PersonActor;
let grant: Grant<"escalation.view">;

const query = (change: Record<string, string> = {}): ListQuery => listQuerySchema.parse(change);
const list = (change: Record<string, string> = {}) => listEscalations(grant, query(change), t0);
/** Every page, one after the other. */
async function all(change: Record<string, string> = {}): Promise<EscalationRow[]> {
  const rows: EscalationRow[] = [];
  for (let after: string | null = ""; after !== null;) {
    const page = await list({ ...change, ...(after && { after }) });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  olga = await makePerson("operator");
  grant = authoriseRead({ actor: olga }, "escalation.view");
  const elsewhere = await makeSource();
  await makeEscalation({ sourceId: elsewhere, subject: "run_elsewhere" });
  const sourceId = await makeSource();
  // 120 items: many share a due time, a priority and a blocked time, so that the order rests on the last key.
  const ids = [];
  for (let n = 0; n < 120; n++) {
    ids.push(
      await makeEscalation({
        sourceId,
        dueAt: minutes((n % 7) * 10 - 20),
        priority: n % 3,
        blockedAt: minutes(-(n % 11)),
        lane: n % 4 ? "standard" : "critical",
        owner: n % 5 ? "ana:shop" : "李雷:数据",
      }),
    );
  }
  await claimEscalation(as(olga, minutes(-30)), { id: ids[3]!, version: 1 });
  await claimEscalation(as(await makePerson("operator"), minutes(-30)), { id: ids[4]!, version: 1 });
  for (const id of ids.slice(100)) {
    await resolveEscalation(as(olga, minutes(60)), {
      id,
      version: 1,
      outcome: "unblocked",
      note: "Done with it.",
      lateCause: "test",
    });
  }
});

const sorted = (rows: EscalationRow[], compare: (a: EscalationRow, b: EscalationRow) => number) =>
  [...rows].sort(compare).map(({ id }) => id);
const by = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

describe("paging through the queue", () => {
  it.each<[string, (a: EscalationRow, b: EscalationRow) => number]>([
    ["due", (a, b) => by(a.dueAt, b.dueAt) || by(a.id, b.id)],
    ["priority", (a, b) => by(b.priority, a.priority) || by(b.blockedAt, a.blockedAt) || by(b.id, a.id)],
    ["-priority", (a, b) => by(a.priority, b.priority) || by(a.blockedAt, b.blockedAt) || by(a.id, b.id)],
    ["newest", (a, b) => by(b.blockedAt, a.blockedAt) || by(b.id, a.id)],
  ])("sorted by %s shows every open item once, in order", async (sort, compare) => {
    const rows = await all({ sort });
    expect(rows).toHaveLength(100);
    expect(rows.map(({ id }) => id)).toEqual(sorted(rows, compare));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
    expect((await list({ sort })).rows).toHaveLength(pageSize);
  });
  it("goes back the way it came, and says where it begins and ends", async () => {
    const first = await list({ sort: "owner" });
    expect(first.previous).toBeNull();
    const second = await list({ sort: "owner", after: first.next! });
    expect(second.next).toBeNull();
    const back = await list({ sort: "owner", before: second.previous! });
    expect(back).toMatchObject({ rows: first.rows, previous: null, next: first.next });
  });
  it("shows closed items newest first, with who closed them and whether thegent took it up; they are not counted", async () => {
    const rows = await all({ state: "closed" });
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({
      status: "resolved",
      closedBy: { id: olga.id, name: "operator" },
      outcome: "unblocked",
      effect: "pending",
    });
    expect(await list({ state: "closed" })).toMatchObject({ facets: null, total: null });
  });
  it("lists the breaches that wait for a sign-off, open or closed, first due first", async () => {
    const rows = await all({ state: "breaches" });
    expect(rows).toHaveLength(20);
    expect(rows.every(({ breachedAt, signedOffBy }) => breachedAt !== null && signedOffBy === null)).toBe(true);
    expect(rows.map(({ id }) => id)).toEqual(sorted(rows, (a, b) => by(a.dueAt, b.dueAt) || by(a.id, b.id)));
  });
  it("starts from the top when the position is not one, or is one of another order", async () => {
    const top = (await list()).rows[0]!.id;
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const foreign = (await list({ sort: "lane" })).next!;
    for (const position of [
      "nonsense",
      "e30",
      text(["priority", 1, "x"]),
      text(["due", "2026-02-30T00:00:00.000Z", uuidv7()]),
      text({ due: 1 }),
      foreign,
      "A".repeat(2100),
    ]) {
      expect((await list({ after: position })).rows[0]!.id).toBe(top);
      expect((await list({ before: position })).rows[0]!.id).toBe(top);
    }
    const nothingBefore = text(["due", "2020-01-01T00:00:00.000Z", uuidv7()]);
    expect(await list({ before: nothingBefore })).toMatchObject({ previous: null, rows: { 0: { id: top } } });
    expect(await list({ sort: "lane", after: text(["lane", "\u0000", t0.toISOString(), uuidv7()]) })).toMatchObject({
      previous: null,
    });
  });
});

describe("filters", () => {
  it.each<[Record<string, string>, (row: EscalationRow) => boolean, number]>([
    [{ sla: "past" }, (row) => row.dueAt < t0.toISOString(), 30],
    [{ sla: "within" }, (row) => row.dueAt >= t0.toISOString(), 70],
    [{ lane: "critical" }, (row) => row.lane === "critical", 25],
    [{ owner: "李雷:数据" }, (row) => row.owner === "李雷:数据", 20],
    [{ priority: "2" }, (row) => row.priority === 2, 33],
    [{ path: "incident" }, () => true, 0],
    [{ claim: "mine" }, (row) => row.claimedBy?.id === olga.id, 1],
    [{ claim: "others" }, (row) => row.claimedBy !== null && row.claimedBy.id !== olga.id, 1],
    [{ claim: "none" }, (row) => row.claimedBy === null, 98],
    [{ lane: "critical", sla: "past" }, (row) => row.lane === "critical" && row.dueAt < t0.toISOString(), 8],
    [{ lane: '\'; DROP TABLE "Escalation"; --' }, () => true, 0],
  ])("%j", async (change, holds, count) => {
    const rows = await all(change);
    expect(rows.every(holds)).toBe(true);
    expect(rows).toHaveLength(count);
    expect((await list(change)).total).toBe(count);
  });
  it("fall back when the address bar says nonsense", async () => {
    expect(query({ state: "x", sort: "y", sla: "z", claim: "", lane: "" })).toMatchObject({
      state: "active",
      sort: "due",
    });
  });
});

describe("the open queue, among thousands of items", () => {
  it.each([
    ["due", "escalation_active_by_due"],
    ["-due", "escalation_active_by_due"],
    ["priority", "escalation_active_by_priority"],
    ["-priority", "escalation_active_by_priority"],
    ["newest", "escalation_active_by_blocked"],
    ["lane", null],
  ])(
    "by %s is read from the index made for it, its counts from the open items alone, and no closed item is touched",
    async (sort, index) => {
      const sourceId = await makeManyItems();
      const { text, values } = selectBoth(sourceId, query({ sort, claim: "none" }), asked(olga, t0));
      const { rows } = await pool().query<{ "QUERY PLAN": unknown }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
      const used = scans(rows[0]!["QUERY PLAN"]);
      expect(used.every(({ index }) => index?.startsWith("escalation_active_"))).toBe(true);
      expect(used.length).toBe(2);
      if (index) expect(used).toContainEqual({ node: "Index Scan", index });
    },
  );
});

/** Every node of a plan that reads items, with the index it reads. */
function scans(plan: unknown): { node: string; index: string | undefined }[] {
  if (Array.isArray(plan)) return plan.flatMap(scans);
  if (!plan || typeof plan !== "object") return [];
  const node = plan as Record<string, unknown>;
  const below = Object.values(node).flatMap(scans);
  const reads = node["Index Name"] !== undefined && (node["Index Name"] as string).startsWith("escalation_");
  const reading = node["Relation Name"] === "Escalation" && node["Node Type"] !== "Bitmap Heap Scan";
  return reads || reading
    ? [...below, { node: String(node["Node Type"]), index: node["Index Name"] as string | undefined }]
    : below;
}

let many: Promise<string> | undefined;

/** 8000 items of one source, a quarter of them open. */
const makeManyItems = (): Promise<string> => (many ??= insertManyItems());

async function insertManyItems(): Promise<string> {
  const { id: sourceId } = await db().source.create({
    data: { id: uuidv7(), directory: `/many/${uuidv7()}`, createdAt: t0 },
  });
  await pool().query(
    `INSERT INTO "Escalation" ("id", "sourceId", "path", "subject", "runId", "status", "priority", "lane", "reason", "recordCount", "blockedAt", "dueAt", "dueClock", "clocks", "routedRole",
       "slaMinutes", "modelVersion", "openedAt", "closedAt", "closedIn")
     SELECT gen_random_uuid(), $1, 'policy_denial', 'run_' || n, 'run_' || n, CASE WHEN n % 4 = 0 THEN 'open' ELSE 'resolved' END::"EscalationStatus", n % 5, 'standard', 'many', 1,
       now() + n * interval '1 second', now() + n * interval '2 second', 'resolve', '[]', 'product_owner', 30, 'om', now(),
       CASE WHEN n % 4 <> 0 THEN now() END, CASE WHEN n % 4 <> 0 THEN 'thegent' END::"ClosedIn"
     FROM generate_series(1, 8000) n`,
    [sourceId],
  );
  await pool().query(`ANALYZE "Escalation"`);
  return sourceId;
}

it("does not show another source's items", async () => {
  expect((await all()).some(({ runId }) => runId === "run_elsewhere")).toBe(false);
});

it("orders texts of any length by their beginning", async () => {
  const sourceId = await makeSource();
  const long = "長".repeat(5000);
  for (let n = 0; n < 60; n++) await makeEscalation({ sourceId, lane: long, owner: "𝒳".repeat(200) + n });
  for (const sort of ["lane", "owner"]) expect(new Set((await all({ sort })).map(({ id }) => id)).size).toBe(60);
});
