import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { db } from "@/lib/kernel/db/client";
import { makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import type { HubMessage } from "./contract";
import { liveHub } from "./hub";

let session: Session;
let leave: () => void;
let heard: HubMessage[];

const denied = (status: string, more = {}) =>
  `${JSON.stringify({ run_id: "run_1", reason: "Circuit open", priority: 0, blocked_at_utc: "2026-03-01T09:00:00+00:00", escalate_by_utc: "2026-03-01T09:30:00+00:00", sla_minutes: 30, status, ...more })}\n`;
const itemId = async () => (await db().escalation.findFirstOrThrow({ where: { runId: "run_1" } })).id;
const aboutItems = () => heard.filter(({ topic }) => topic === "escalations");

beforeEach(async () => {
  session = await openSession();
  session.write("escalation_queue.jsonl", denied("pending"));
  await session.readOnce();
  heard = [];
  leave = await liveHub().subscribe({ hear: (message) => heard.push(message), lost: () => {} });
});
afterEach(async () => {
  leave();
  await session.close();
});

it("a page that shows an item hears of a new line of its run in the registry, though the item is as it was", async () => {
  const { version } = await db().escalation.findFirstOrThrow();
  session.write(
    "run_registry.jsonl",
    `${JSON.stringify({ run_id: "run_1", event: "feedback", feedback_score: 1 })}\n${JSON.stringify({ run_id: "run_other", event: "feedback" })}\n`,
  );
  await session.readOnce();
  const id = await itemId();
  await vi.waitFor(() => expect(aboutItems()).toEqual([{ topic: "escalations", ids: [id] }]));
  expect((await db().escalation.findFirstOrThrow()).version).toBe(version);
});

it("a page that shows a decided item hears when thegent's own line says so", async () => {
  const id = await itemId();
  await db().escalation.update({
    where: { id },
    data: {
      status: "resolved",
      outcome: "unblocked",
      note: "Seen.",
      closedAt: new Date(0),
      closedIn: "cockpit",
      closedById: (await makePerson("operator")).id,
      nextAt: null,
    },
  });
  await vi.waitFor(() => expect(aboutItems()).toHaveLength(1));
  heard.length = 0;
  session.write("escalation_queue.jsonl", denied("resolved", { resolved_at_utc: "2026-03-01T09:10:00+00:00" }));
  await session.readOnce();
  await vi.waitFor(() => expect(aboutItems()).toContainEqual({ topic: "escalations", ids: [id] }));
});

it("a line of a run that has no item disturbs nobody", async () => {
  session.write("run_registry.jsonl", `${JSON.stringify({ run_id: "run_other", event: "feedback" })}\n`);
  await session.readOnce();
  await vi.waitFor(() => expect(heard.some(({ topic }) => topic === "sources")).toBe(true));
  expect(aboutItems()).toEqual([]);
});
