import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { LiveMessage } from "@/lib/contracts/live";
import { db, pool, useDatabase } from "@/lib/data/client";
import { freshDatabase } from "@/lib/testing/database";
import { makeEscalation, makeSource } from "@/lib/testing/scenarios";
import { eventStream } from "./event-stream";
import { liveHub } from "./hub";

let sourceId: string;
let heard: LiveMessage[];
let leave: () => void;

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  sourceId = await makeSource();
});
beforeEach(async () => {
  heard = [];
  leave = liveHub().subscribe((message) => heard.push(message));
  await vi.waitFor(async () => expect(await listeners()).toHaveLength(1));
});
afterEach(() => leave());

const listeners = async () => (await pool().query(`SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`)).rows as { pid: number }[];

it("hears of a new item and of every change of it, by its id and never by its content", async () => {
  const id = await makeEscalation({ sourceId, owner: "secret owner" });
  await vi.waitFor(() => expect(heard).toContainEqual({ topic: "escalations", ids: [id] }));
  heard.length = 0;
  await db().escalation.update({ where: { id }, data: { priority: 3 } });
  await vi.waitFor(() => expect(heard).toEqual([{ topic: "escalations", ids: [id] }]));
  expect(JSON.stringify(heard)).not.toContain("secret");
});

it("hears nothing of what was rolled back", async () => {
  await db().$transaction(async (tx) => {
    await tx.escalation.updateMany({ data: { priority: 9 } });
    throw new Error("no");
  }).catch(() => {});
  const id = await makeEscalation({ sourceId });
  await vi.waitFor(() => expect(heard).toEqual([{ topic: "escalations", ids: [id] }]));
});

it("says that anything may have changed after its connection was cut", async () => {
  const [listener] = await listeners();
  await pool().query("SELECT pg_terminate_backend($1)", [listener!.pid]);
  await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining([{ topic: "escalations" }, { topic: "sources" }])), 5000);
  const id = await makeEscalation({ sourceId });
  await vi.waitFor(() => expect(heard).toContainEqual({ topic: "escalations", ids: [id] }));
});

it("streams to a page as server-sent events until the page goes", async () => {
  const gone = new AbortController();
  const reader = eventStream(gone.signal, async () => true).getReader();
  const decoder = new TextDecoder();
  expect(decoder.decode((await reader.read()).value)).toContain(": hello");
  const id = await makeEscalation({ sourceId });
  const [, json] = /^data: (.*)\n\n$/.exec(decoder.decode((await reader.read()).value)) ?? [];
  expect(JSON.parse(json!)).toEqual({ topic: "escalations", ids: [id] });
  gone.abort();
  await reader.cancel();
  expect(heard.length).toBeGreaterThan(0);
});
