import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { listQuerySchema, type EscalationRow, type ListQuery } from "@/lib/contracts/escalations";
import { decide, type Grant, type PersonActor } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { claimEscalation } from "@/lib/usecases/claim-escalation";
import { resolveEscalation } from "@/lib/usecases/resolve-escalation";
import { db, pool, useDatabase } from "./client";
import { listEscalations, pageSize } from "./escalation-list";
import { findEscalationDetail } from "./escalation-detail";

let olga: PersonActor;
let grant: Grant<"escalation.view">;

const query = (change: Record<string, string> = {}): ListQuery => listQuerySchema.parse(change);
const list = (change: Record<string, string> = {}) => listEscalations(grant, query(change), t0);
/** Every page, one after the other. */
async function all(change: Record<string, string> = {}): Promise<EscalationRow[]> {
  const rows: EscalationRow[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const page = await list({ ...change, ...(after && { after }) });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}
const viewGrant = (actor: PersonActor): Grant<"escalation.view"> => {
  const decision = decide(operatingModel, "escalation.view", actor);
  if (!decision.allowed) throw new Error(decision.because);
  return decision.grant;
};

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  olga = await makePerson("operator");
  grant = viewGrant(olga);
  const elsewhere = await makeSource();
  await makeEscalation({ sourceId: elsewhere, runId: "run_elsewhere" });
  const sourceId = await makeSource();
  // 120 items: many share a due time, a priority and a blocked time, so that the order rests on the last key.
  const ids = [];
  for (let n = 0; n < 120; n++) {
    ids.push(await makeEscalation({ sourceId, dueAt: minutes((n % 7) * 10 - 20), priority: n % 3, blockedAt: minutes(-(n % 11)), lane: n % 4 ? "standard" : "critical", owner: n % 5 ? "ana:shop" : "李雷:数据" }));
  }
  await claimEscalation(as(olga), { id: ids[3]!, version: 1 });
  await claimEscalation(as(await makePerson("operator")), { id: ids[4]!, version: 1 });
  for (const id of ids.slice(100)) {
    await resolveEscalation(as(olga, minutes(60)), { id, version: 1, outcome: "unblocked", note: "Done with it.", lateCause: "test" });
  }
});

const sorted = (rows: EscalationRow[], compare: (a: EscalationRow, b: EscalationRow) => number) => [...rows].sort(compare).map(({ id }) => id);
const by = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

describe("paging through the queue", () => {
  it.each<[string, (a: EscalationRow, b: EscalationRow) => number]>([
    ["due", (a, b) => by(a.dueAt, b.dueAt) || by(a.id, b.id)],
    ["priority", (a, b) => by(b.priority, a.priority) || by(b.blockedAt, a.blockedAt) || by(b.id, a.id)],
    ["newest", (a, b) => by(b.blockedAt, a.blockedAt) || by(b.id, a.id)],
  ])("sorted by %s shows every open item once, in order", async (sort, compare) => {
    const rows = await all({ sort });
    expect(rows).toHaveLength(100);
    expect(rows.map(({ id }) => id)).toEqual(sorted(rows, compare));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
    expect((await list({ sort })).rows).toHaveLength(pageSize);
  });
  it("shows closed items newest first, with who closed them and whether thegent took it up", async () => {
    const rows = await all({ state: "closed" });
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({ status: "resolved", closedBy: { id: olga.id, name: "operator" }, outcome: "unblocked", effect: "pending" });
  });
  it("starts from the top when the position is not one", async () => {
    const top = (await list()).rows[0]!.id;
    for (const after of ["nonsense", "e30", Buffer.from(JSON.stringify(["priority", 1, "x"])).toString("base64url"), "A".repeat(700)]) {
      expect((await list({ after })).rows[0]!.id).toBe(top);
    }
  });
});

describe("filters", () => {
  it.each<[Record<string, string>, (row: EscalationRow) => boolean, number]>([
    [{ sla: "past" }, (row) => row.dueAt < t0.toISOString(), 30],
    [{ sla: "within" }, (row) => row.dueAt >= t0.toISOString(), 70],
    [{ lane: "critical" }, (row) => row.lane === "critical", 25],
    [{ owner: "李雷:数据" }, (row) => row.owner === "李雷:数据", 20],
    [{ claim: "mine" }, (row) => row.claimedBy?.id === olga.id, 1],
    [{ claim: "others" }, (row) => row.claimedBy !== null && row.claimedBy.id !== olga.id, 1],
    [{ claim: "none" }, (row) => row.claimedBy === null, 98],
    [{ lane: "critical", sla: "past" }, (row) => row.lane === "critical" && row.dueAt < t0.toISOString(), 8],
    [{ lane: "'; DROP TABLE \"Escalation\"; --" }, () => true, 0],
  ])("%j", async (change, holds, count) => {
    const rows = await all(change);
    expect(rows.every(holds)).toBe(true);
    expect(rows).toHaveLength(count);
  });
  it("fall back when the address bar says nonsense", async () => {
    expect(query({ state: "x", sort: "y", sla: "z", claim: "", lane: "" })).toMatchObject({ state: "active", sort: "due" });
  });
});

describe("the open queue, among thousands of items", () => {
  it.each([
    ["due", `"dueAt", "id"`, "escalation_active_by_due"],
    ["priority", `"priority" DESC, "blockedAt" DESC, "id" DESC`, "escalation_active_by_priority"],
    ["newest", `"blockedAt" DESC, "id" DESC`, "escalation_active_by_blocked"],
  ])("by %s is read from the index made for it", async (_, order, index) => {
    const sourceId = await makeManyItems();
    const { rows } = await pool().query(`EXPLAIN SELECT * FROM "Escalation" WHERE "sourceId" = '${sourceId}' AND "status" IN ('open', 'claimed') ORDER BY ${order} LIMIT 51`);
    expect(JSON.stringify(rows)).toContain(`Index Scan using ${index}`);
  });
});

async function makeManyItems(): Promise<string> {
  const { id: sourceId } = await db().source.create({ data: { id: uuidv7(), directory: `/many/${uuidv7()}`, createdAt: t0 } });
  await pool().query(
    `INSERT INTO "Escalation" ("id", "sourceId", "path", "runId", "status", "priority", "lane", "reason", "recordCount", "blockedAt", "dueAt", "slaMinutes", "modelVersion", "openedAt", "closedAt", "closedIn")
     SELECT gen_random_uuid(), $1, 'policy_denial', 'run_' || n, CASE WHEN n % 4 = 0 THEN 'open' ELSE 'cancelled' END::"EscalationStatus", n % 5, 'standard', 'many', 1,
       now() + n * interval '1 second', now() + n * interval '2 second', 30, 'om', now(), CASE WHEN n % 4 <> 0 THEN now() END, CASE WHEN n % 4 <> 0 THEN 'thegent' END::"ClosedIn"
     FROM generate_series(1, 8000) n`,
    [sourceId],
  );
  await pool().query(`ANALYZE "Escalation"`);
  return sourceId;
}

it("tells the whole story of one item, and what this reader may do", async () => {
  const [closed] = (await list({ state: "closed" })).rows;
  const detail = await findEscalationDetail(grant, closed!.id, t0);
  expect(detail).toMatchObject({ note: "Done with it.", lateCause: "test", effectView: { status: "pending", attempts: 0 }, run: null, may: { resolve: { allowed: true, as: "operator", letter: "R" } } });
  expect(detail!.timeline.map(({ kind }) => kind)).toEqual(["blocked", "opened", "resolved"]);
  expect(detail!.timeline.at(-1)).toMatchObject({ says: "Resolved the item as “unblocked”", actor: "operator", role: "operator", letter: "R" });
  const reader = await makePerson("stakeholder");
  expect((await findEscalationDetail(viewGrant(reader), closed!.id, t0))!.may.resolve).toMatchObject({ allowed: false, whoCan: ["product_owner", "operator"] });
  expect(await findEscalationDetail(grant, "019a0000-0000-7000-8000-000000000000", t0)).toBeNull();
});

it("does not show another source's items", async () => {
  const other = await db().escalation.findFirstOrThrow({ where: { runId: "run_elsewhere" } });
  expect(await findEscalationDetail(grant, other.id, t0)).toBeNull();
  expect((await all()).some(({ runId }) => runId === "run_elsewhere")).toBe(false);
});
