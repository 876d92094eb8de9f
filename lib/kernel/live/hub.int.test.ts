import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseUrl, db, pool, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import { freshDatabase } from "@/lib/testing/database";
import { makeEscalation, makeSource } from "@/lib/testing/scenarios";
import { silentProxy } from "@/lib/testing/silent-proxy";
import type { HubMessage } from "./contract";
import { eventStream } from "./event-stream";
import { Hub, liveHub } from "./hub";

let sourceId: string;
let heard: HubMessage[];
let lost: number;
let leave: () => void;

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  sourceId = await makeSource();
});
beforeEach(async () => {
  heard = [];
  lost = 0;
  leave = await liveHub().subscribe({ hear: (message) => heard.push(message), lost: () => lost++ });
});
afterEach(() => leave());

const listeners = async () =>
  (await pool().query(`SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`))
    .rows as { pid: number }[];

it("hears of a new item and of every change of it, by its id and never by its content", async () => {
  const id = await makeEscalation({ sourceId, owner: "secret owner" });
  await vi.waitFor(() => expect(heard).toContainEqual({ topic: "escalations", ids: [id] }));
  heard.length = 0;
  await db().escalation.update({ where: { id }, data: { priority: 3 } });
  await vi.waitFor(() => expect(heard).toEqual([{ topic: "escalations", ids: [id] }]));
  expect(JSON.stringify(heard)).not.toContain("secret");
});

it("hears nothing of what was rolled back", async () => {
  await db()
    .$transaction(async (tx) => {
      await tx.escalation.updateMany({ data: { priority: 9 } });
      throw new Error("no");
    })
    .catch(() => {});
  const id = await makeEscalation({ sourceId });
  await vi.waitFor(() => expect(heard).toEqual([{ topic: "escalations", ids: [id] }]));
});

it("hears everything from the moment it listens", async () => {
  leave();
  leave = await liveHub().subscribe({ hear: (message) => heard.push(message), lost: () => lost++ });
  const id = await makeEscalation({ sourceId });
  await vi.waitFor(() => expect(heard).toEqual([{ topic: "escalations", ids: [id] }]));
});

it("tells its listeners when its connection is cut, and listens anew for those that come back", async () => {
  const [listener] = await listeners();
  await pool().query("SELECT pg_terminate_backend($1)", [listener!.pid]);
  await vi.waitFor(() => expect(lost).toBe(1));
  leave = await liveHub().subscribe({ hear: (message) => heard.push(message), lost: () => lost++ });
  const id = await makeEscalation({ sourceId });
  await vi.waitFor(() => expect(heard).toContainEqual({ topic: "escalations", ids: [id] }));
});

it("tells its listeners when the database falls silent without closing the connection", async () => {
  const direct = databaseUrl();
  const proxy = await silentProxy(direct);
  try {
    await useDatabase(proxy.url);
    const hub = new Hub({ everyMs: 50, answerWithinMs: 1000 });
    let told = 0;
    const messages: HubMessage[] = [];
    await hub.subscribe({ hear: (message) => messages.push(message), lost: () => told++ });
    await makeEscalation({ sourceId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    expect(told).toBe(0);
    proxy.silence();
    await vi.waitFor(() => expect(told).toBe(1), 10_000);
  } finally {
    proxy.close();
    await useDatabase(direct);
  }
});

it("goes on hearing while the database answers, however often it is asked", async () => {
  const hub = new Hub({ everyMs: 10, answerWithinMs: 5000 });
  let told = 0;
  const messages: HubMessage[] = [];
  const leaveIt = await hub.subscribe({ hear: (message) => messages.push(message), lost: () => told++ });
  await pause(300);
  await makeEscalation({ sourceId });
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  expect(told).toBe(0);
  leaveIt();
});

describe("a page's stream", () => {
  const decoder = new TextDecoder();
  const open = async (signal = new AbortController().signal) =>
    (
      await eventStream(signal, {
        id: "somebody",
        until: new Date(systemClock().getTime() + 3_600_000),
        stillWelcome: async () => true,
      })
    ).getReader();
  const next = async (reader: ReadableStreamDefaultReader<Uint8Array>) => decoder.decode((await reader.read()).value);

  it("carries what changed until the page goes", async () => {
    const gone = new AbortController();
    const reader = await open(gone.signal);
    expect(await next(reader)).toBe("event: person\ndata: somebody\n\n");
    const id = await makeEscalation({ sourceId });
    const [, json] = /^data: (.*)\n\n$/.exec(await next(reader)) ?? [];
    expect(JSON.parse(json!)).toEqual({ topic: "escalations", ids: [id] });
    gone.abort();
    expect((await reader.read()).done).toBe(true);
  });
  it("ends when the database is lost, so that the page does not believe itself live", async () => {
    const reader = await open();
    await next(reader);
    const [listener] = await listeners();
    await pool().query("SELECT pg_terminate_backend($1)", [listener!.pid]);
    expect((await reader.read()).done).toBe(true);
  });
  it("is let go when its reader cancels", async () => {
    leave();
    const reader = await open();
    await reader.cancel();
    await makeEscalation({ sourceId });
    await vi.waitFor(async () => expect(await listeners()).toEqual([]));
  });
});
