import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keepViewSchema, type KeepViewInput } from "@/lib/areas/escalation/contract-views";
import { listViews } from "@/lib/areas/escalation/read/views";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { as, makePerson, minutes } from "@/lib/testing/scenarios";
import { dropView, keepView, mostViews } from "./keep-view";

let olga: PersonActor;
let stan: PersonActor;

const keep = (actor: PersonActor | null, input: KeepViewInput, now?: Date) =>
  keepView(as(actor, now), keepViewSchema.parse(input));
const seenBy = (actor: PersonActor) => listViews(authoriseRead({ actor }, "escalation.view"));
const events = async () =>
  (await db().auditEvent.findMany({ where: { action: "view.keep" }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as { outcome: string; before: unknown; after: unknown },
  );

beforeAll(async () => {
  await useDatabase(await freshDatabase());
});
beforeEach(async () => {
  [olga, stan] = [await makePerson("operator"), await makePerson("stakeholder")];
  await db().savedView.deleteMany();
});

describe("keeping a view", () => {
  it("keeps what the address says in its one order, without its position, and records it", async () => {
    const views = await keep(olga, { name: "  My night ", query: "?claim=mine&after=abc&sort=-level&nonsense=1" });
    expect(views).toMatchObject([
      { name: "My night", query: "sort=-level&claim=mine", shared: false, mine: true, by: "operator" },
    ]);
    expect((await events()).at(-1)).toMatchObject({
      outcome: "done",
      before: null,
      after: { name: "My night", query: "sort=-level&claim=mine", shared: false },
    });
  });
  it("under a name of one's own replaces it; a colleague's of that name stays", async () => {
    await keep(stan, { name: "Night", query: "lane=a", shared: true });
    const [first] = await keep(olga, { name: "Night", query: "lane=b" });
    const views = await keep(olga, { name: "Night", query: "lane=c", shared: true }, minutes(1));
    expect(views.map(({ name, query, mine }) => [name, query, mine])).toEqual([
      ["Night", "lane=c", true],
      ["Night", "lane=a", false],
    ]);
    expect(views[0]!.id).toBe(first!.id);
    expect((await events()).at(-1)).toMatchObject({
      before: { query: "lane=b", shared: false },
      after: { query: "lane=c", shared: true },
    });
  });
  it("shows a person their own first, then what colleagues share, and nothing of what they do not", async () => {
    await keep(olga, { name: "A secret", query: "" });
    await keep(olga, { name: "B shared", query: "", shared: true });
    await keep(stan, { name: "Z own", query: "" });
    expect((await seenBy(stan)).map(({ name, mine }) => [name, mine])).toEqual([
      ["Z own", true],
      ["B shared", false],
    ]);
  });
  it("is for anybody who sees the queue, and for nobody else", async () => {
    await expect(keep(await makePerson(), { name: "x", query: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(keep(null, { name: "x", query: "" })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
  it("ends at fifty a person, also when two are kept at once; replacing one is still possible", async () => {
    for (let n = 1; n < mostViews; n++) await keep(olga, { name: `View ${n}`, query: "" });
    const both = await Promise.allSettled(["one", "two"].map((name) => keep(olga, { name, query: "" })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(keep(olga, { name: "one more", query: "" })).rejects.toMatchObject({
      code: "REJECTED",
      message: "You keep 50 views already; drop one first.",
    });
    expect((await keep(olga, { name: "View 7", query: "lane=x" })).find(({ name }) => name === "View 7")).toMatchObject(
      { query: "lane=x" },
    );
  });
});

describe("dropping a view", () => {
  it("is its owner's alone, and is recorded", async () => {
    const [view] = await keep(olga, { name: "Shared", query: "lane=a", shared: true });
    await expect(dropView(as(stan), { id: view!.id })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "“Shared” is a view of operator, who alone can drop it.",
    });
    expect((await events()).at(-1)).toMatchObject({ outcome: "refused" });
    expect(await dropView(as(olga), { id: view!.id })).toEqual([]);
    expect((await events()).at(-1)).toMatchObject({
      outcome: "done",
      before: { name: "Shared", query: "lane=a", shared: true },
      after: null,
    });
    await expect(dropView(as(olga), { id: view!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
  it("does not tell of a view that was never shared", async () => {
    const [view] = await keep(olga, { name: "Mine", query: "" });
    await expect(dropView(as(stan), { id: view!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
