import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { exportOverrides } from "@/lib/areas/override/acts/export";
import { overrideQuerySchema, type OverrideRow } from "@/lib/areas/override/contract";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { countStatements } from "@/lib/testing/count-statements";
import { freshDatabase } from "@/lib/testing/database";
import { as, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { overrideFigures } from "./figures";
import { listOverrides, overrideCounts } from "./list";

let asker: PersonActor;
let decider: PersonActor;
let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 5);
});
beforeEach(async () => {
  sourceId = await makeSource();
  [asker, decider] = [await makePerson("operator"), await makePerson("product_owner")];
});

const grant = () => authoriseRead(as(decider), "override.view");
const list = (query: Record<string, unknown> = {}, now = minutes(60)) =>
  listOverrides(grant(), overrideQuerySchema.parse(query), now);

const take = (query: Record<string, unknown>, who: PersonActor | null = decider) =>
  exportOverrides(as(who), { format: "csv", tab: "history", query: overrideQuerySchema.parse(query) });

/** The list, page after page. */
async function walk(query: Record<string, unknown>): Promise<OverrideRow[]> {
  const rows: OverrideRow[] = [];
  for (let after: string | undefined; ;) {
    const page = await list({ ...query, after });
    rows.push(...page.rows);
    if (!page.next) return rows;
    after = page.next;
  }
}

type Status = OverrideRow["status"];
type Draft = {
  owner: string;
  status: Status;
  justification: string;
  ticket: string | null;
  askedMinute: number;
  decidedAfter: number;
  seconds: number;
  early: boolean;
};
const draft: Draft = {
  owner: "ana:shop",
  status: "requested",
  justification: "The release waits for this run.",
  ticket: null,
  askedMinute: 0,
  decidedAfter: 5,
  seconds: 3600,
  early: false,
};

/** A row as the acts would have left it. */
function rowOf(change: Partial<Draft>) {
  const { owner, status, justification, ticket, askedMinute, decidedAfter, seconds, early } = { ...draft, ...change };
  const [requestedAt, decidedAt] = [minutes(askedMinute), minutes(askedMinute + decidedAfter)];
  const approved = ["approved", "active", "expired", "revoked"].includes(status);
  const decided = approved || status === "denied";
  const expiresAt = new Date(decidedAt.getTime() + seconds * 1000);
  const ended =
    { withdrawn: decidedAt, expired: expiresAt, revoked: new Date(decidedAt.getTime() + 1000) }[status as string] ??
    null;
  return {
    id: uuidv7({ msecs: requestedAt.getTime() }),
    sourceId,
    owner,
    status,
    justification,
    ticket,
    requestedById: asker.id,
    requestedAt,
    requestedSeconds: seconds,
    decideBy: minutes(askedMinute + 30),
    consultUntil: minutes(askedMinute + 15),
    warnMinutes: 10,
    endedAt: ended,
    ...(decided && {
      decidedById: decider.id,
      decidedAt,
      decisionNote: "Looked at it.",
      withoutConsultation: early ? "It could not wait any more." : null,
    }),
    ...(approved && { approvedSeconds: seconds, expiresAt, contentHash: "0".repeat(64) }),
    ...(status === "revoked" && { endedById: decider.id, endReason: "The run was stopped." }),
    ...(status === "withdrawn" && { endedById: asker.id }),
  };
}

async function make(...changes: Partial<Draft>[]): Promise<ReturnType<typeof rowOf>[]> {
  const rows = changes.map(rowOf);
  await db().override.createMany({ data: rows });
  return rows;
}

const final = ["denied", "withdrawn", "expired", "revoked"] as const;
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe("the lists of overrides", () => {
  it("are empty where nobody asked for anything", async () => {
    for (const tab of ["awaiting", "active", "history", "findings"])
      expect(await list({ tab })).toEqual({ rows: [], next: null, now: minutes(60).toISOString() });
    expect(await overrideCounts(grant(), t0)).toEqual({
      awaiting: 0,
      overdue: 0,
      active: 0,
      nextEnd: null,
      findings: 0,
    });
  });

  it("hold what waits by its deadline, what is in force by its end, and what is over, newest first", async () => {
    const [late, soon, long, short, denied, gone] = await make(
      { askedMinute: 9 },
      { askedMinute: 3, owner: "bo:api" },
      { status: "active", seconds: 7200 },
      { status: "approved", seconds: 60 },
      { status: "denied", askedMinute: 1 },
      { status: "withdrawn", askedMinute: 2 },
    );
    expect(ids((await list()).rows)).toEqual([soon!.id, late!.id]);
    expect(ids((await list({ tab: "active" })).rows)).toEqual([short!.id, long!.id]);
    expect(ids((await list({ tab: "history" })).rows)).toEqual([gone!.id, denied!.id]);
    expect((await list({ tab: "active", owner: "bo:api" })).rows).toEqual([]);
  });

  it("say of each who asked, who decided, and until when", async () => {
    const [row] = await make({ status: "active", ticket: "CHG-7" });
    const { id, name } = decider;
    expect((await list({ tab: "active" })).rows).toEqual([
      {
        id: row!.id,
        version: 1,
        owner: "ana:shop",
        status: "active",
        justification: draft.justification,
        ticket: "CHG-7",
        escalation: null,
        requestedBy: { id: asker.id, name: asker.name },
        requestedAt: t0.toISOString(),
        requestedSeconds: 3600,
        decideBy: minutes(30).toISOString(),
        consultUntil: minutes(15).toISOString(),
        advice: null,
        decidedBy: { id, name },
        decidedFor: null,
        decidedAt: minutes(5).toISOString(),
        approvedSeconds: 3600,
        expiresAt: minutes(65).toISOString(),
        endedAt: null,
      },
    ]);
  });

  it("are counted: what waits, what waits too long, what is in force and when the next of it ends", async () => {
    await make(
      { askedMinute: 0 },
      { askedMinute: 40, owner: "bo:api" },
      { status: "active", seconds: 7200 },
      { status: "approved", seconds: 300 },
      { status: "denied" },
    );
    await db().finding.create({
      data: {
        id: uuidv7(),
        sourceId,
        kind: "unbacked_run",
        subject: "run_1",
        owner: "x",
        reason: "y",
        at: t0,
        foundAt: t0,
      },
    });
    expect(await overrideCounts(grant(), minutes(60))).toEqual({
      awaiting: 2,
      overdue: 1,
      active: 2,
      nextEnd: minutes(125).toISOString(),
      findings: 1,
    });
  });

  it("show nothing of another source", async () => {
    await make({}, { status: "denied" });
    await makeSource();
    expect([...(await list()).rows, ...(await list({ tab: "history" })).rows]).toEqual([]);
  });

  it("start from the top at a position that is none", async () => {
    const [row] = await make({ status: "denied" });
    for (const after of [
      "x",
      `0000-01-01T00:00:00.000Z_${row!.id}`,
      `2026-02-31T00:00:00.000Z_x`,
      `9999-99-99T00:00:00.000Z_${row!.id}`,
    ])
      expect(ids((await list({ tab: "history", after })).rows)).toEqual([row!.id]);
  });

  it("take any day of the calendar as the beginning and the end of a span", async () => {
    const [row] = await make({ status: "denied" });
    expect(ids((await list({ tab: "history", from: "0000-01-01", to: "9999-12-31" })).rows)).toEqual([row!.id]);
    expect((await list({ tab: "history", to: "2026-03-01" })).rows).toEqual([]);
    expect(ids((await list({ tab: "history", from: "2026-03-01", to: "2026-03-02" })).rows)).toEqual([row!.id]);
  });

  it("cost one statement a page, however it is filtered", async () => {
    await make({ status: "denied" });
    await list({ tab: "history", q: "warm up" });
    expect(
      await countStatements(() =>
        list({
          tab: "history",
          q: "release ana",
          status: "denied",
          owner: "ana:shop",
          from: "2026-01-01",
          to: "2027-01-01",
        }),
      ),
    ).toBe(1);
    expect(await countStatements(() => overrideFigures(grant(), {}))).toBe(1);
  });
});

describe("the history", () => {
  const words = ["release", "Release", "JOSÉ", "josé", "100%", "a_b", "ab", "日本", "CHG-1", "chg", "\\", "'"];
  const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => some.join(" "));
  const some = fc.record({
    owner: fc.constantFrom("ana:shop", "José:Catálogo", "bo:api"),
    status: fc.constantFrom(...final),
    justification: text,
    ticket: fc.option(fc.constantFrom("CHG-1", "chg-22", "a_b")),
    // Several asked in the same minute; over some days.
    askedMinute: fc.nat(400).map((n) => n * 17 - 1440),
    decidedAfter: fc.nat(100),
  });
  const query = fc.record({
    q: fc.option(text, { nil: undefined }),
    status: fc.option(fc.constantFrom(...final), { nil: undefined }),
    owner: fc.option(fc.constantFrom("ana:shop", "José:Catálogo"), { nil: undefined }),
    from: fc.option(fc.constantFrom("2026-02-28", "2026-03-01", "2026-03-02"), { nil: undefined }),
    to: fc.option(fc.constantFrom("2026-03-01", "2026-03-03", "2026-03-04"), { nil: undefined }),
  });

  it("shows exactly what a filter by hand leaves, page after page, and its export the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(some, { minLength: 0, maxLength: 130 }),
        fc.array(query, { minLength: 3, maxLength: 3 }),
        async (drafts, queries) => {
          sourceId = await makeSource();
          const rows = await make(...drafts);
          for (const asked of queries) {
            const expected = rows
              .filter(keeps(asked))
              .sort((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime() || (a.id < b.id ? 1 : -1));
            const listed = await walk({ tab: "history", ...asked });
            expect(ids(listed)).toEqual(ids(expected));
            const exported = [];
            for await (const page of await take(asked)) exported.push(...page);
            expect(
              exported.map(({ id, owner, status, requestedAt, decidedAt, endedAt }) => ({
                id,
                owner,
                status,
                requestedAt,
                decidedAt,
                endedAt,
              })),
            ).toEqual(
              listed.map(({ id, owner, status, requestedAt, decidedAt, endedAt }) => ({
                id,
                owner,
                status,
                requestedAt,
                decidedAt,
                endedAt,
              })),
            );
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it("is exported by somebody: who took how many by which filters is an event before the first is given out; an attempt of nobody, too", async () => {
    await make(...Array.from({ length: 3 }, () => ({ status: "denied" as const })), { status: "revoked" as const });
    await take({ status: "denied", q: "the" });
    await expect(take({}, null)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(take({}, await makePerson())).rejects.toMatchObject({ code: "FORBIDDEN" });
    const events = (await db().auditEvent.findMany({ orderBy: { seq: "desc" }, take: 3 }))
      .map(({ body }) => JSON.parse(body) as AuditEvent)
      .reverse();
    const expected = await list({ tab: "history", status: "denied", q: "the" });
    expect(events).toMatchObject([
      {
        action: "override.export",
        outcome: "done",
        actor: { id: decider.id },
        subject: { kind: "export", id: null },
        after: {
          of: "overrides",
          format: "csv",
          tab: "history",
          filters: { q: "the", status: "denied", owner: null, from: null, to: null },
          count: expected.rows.length,
        },
      },
      { action: "override.export", outcome: "refused", actor: { kind: "nobody" } },
      { action: "override.export", outcome: "refused", actor: { name: "nobody in particular" } },
    ]);
  });

  it("is exported whole past one page of the export, each override once", async () => {
    const rows = await make(
      ...Array.from({ length: 1100 }, (_, index) => ({ status: "denied" as const, askedMinute: index % 7 })),
    );
    const exported: string[] = [];
    for await (const page of await take({})) exported.push(...ids(page));
    expect(exported).toHaveLength(1100);
    expect(new Set(exported)).toEqual(new Set(ids(rows)));
  });
});

type Asked = {
  q?: string | undefined;
  status?: string | undefined;
  owner?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

const keeps =
  ({ q, status, owner, from, to }: Asked) =>
  (row: ReturnType<typeof rowOf>) => {
    const told = [row.owner, row.justification, row.ticket ?? ""].map((part) => part.toLowerCase());
    const day = row.requestedAt.toISOString();
    return (
      (q ?? "").split(" ").every((word) => told.some((part) => part.includes(word.toLowerCase()))) &&
      (status === undefined || row.status === status) &&
      (owner === undefined || row.owner === owner) &&
      (from === undefined || day >= from) &&
      (to === undefined || day < to)
    );
  };

describe("the figures", () => {
  it("of nothing are nothing, of none", async () => {
    const none = { value: null, of: 0 };
    expect(await overrideFigures(grant(), {})).toEqual({
      requests: 0,
      owners: 0,
      approved: none,
      secondsToDecide: none,
      withoutConsultation: none,
      byOwner: [],
      byApprover: [],
    });
  });

  it("say how many of how many were approved, how fast, and how often without advice; by owner and by who decided, by name", async () => {
    await make(
      { status: "active", owner: "zoe:x", decidedAfter: 2, early: true },
      { status: "expired", owner: "Ana:b", decidedAfter: 4 },
      { status: "denied", owner: "Ana:b", decidedAfter: 20 },
      { status: "denied", owner: "Ana:b", decidedAfter: 30, early: true },
      { status: "withdrawn", owner: "bo:c" },
      { status: "requested", owner: "bo:c" },
      { status: "denied", owner: "bo:c", askedMinute: 1440 },
    );
    const { id, name } = decider;
    expect(await overrideFigures(grant(), { from: "2026-03-01", to: "2026-03-02" })).toEqual({
      requests: 6,
      owners: 3,
      approved: { value: 0.5, of: 4 },
      secondsToDecide: { value: 720, of: 4 },
      withoutConsultation: { value: 0.5, of: 4 },
      byOwner: [
        { owner: "Ana:b", requests: 3, approved: 1 },
        { owner: "bo:c", requests: 2, approved: 0 },
        { owner: "zoe:x", requests: 1, approved: 1 },
      ],
      byApprover: [{ person: { id, name }, decided: 4, approved: 2, secondsToDecide: 720 }],
    });
  });

  it("list of many owners those with the most requests, and say of how many", async () => {
    await make(
      ...Array.from({ length: 205 }, (_, n) => ({
        status: "denied" as const,
        owner: `o${String(n).padStart(3, "0")}:x`,
      })),
      { status: "denied", owner: "o204:x" },
    );
    const { owners, byOwner } = await overrideFigures(grant(), {});
    expect(owners).toBe(205);
    expect(byOwner).toHaveLength(200);
    expect(byOwner.at(-1)).toEqual({ owner: "o204:x", requests: 2, approved: 0 });
    expect(byOwner.at(-2)?.owner).toBe("o198:x");
  });
});
