import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type http from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { deliverNotices } from "@/lib/areas/inbox/acts/deliver";
import { webhookChannel } from "@/lib/channels/webhook";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { makeEscalation, makePerson, makeSource } from "@/lib/testing/scenarios";
import { tell } from "@/lib/testing/tell";
import { receiveWebhooks, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { startDelivery, type Delivery } from "./delivery";

const secret = "x".repeat(32);
const taken = (response: http.ServerResponse) => void response.writeHead(204).end();
let answer = taken;
let hooks: WebhookReceiver;
let mia: PersonActor;
let sourceId: string;
let directory: string;
const running: Delivery[] = [];

beforeAll(async () => {
  hooks = await receiveWebhooks((response) => answer(response));
  vi.stubEnv("COCKPIT_WEBHOOK_URL", hooks.origin);
  vi.stubEnv("COCKPIT_WEBHOOK_SECRET", secret);
  await useDatabase(await freshDatabase(), 15);
});
beforeEach(async () => {
  mia = await makePerson("operator");
  answer = taken;
  hooks.posted.length = 0;
  await db().delivery.deleteMany();
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-sender-")));
  sourceId = await makeSource(directory);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((delivery) => delivery.stop()));
  fs.rmSync(directory, { recursive: true, force: true });
});
afterAll(() => hooks.close());

const work = () => running.push(startDelivery({ sourceId, directory }));
const tellOne = async (at = systemClock()) =>
  tell(mia, sourceId, [await makeEscalation({ sourceId, dueAt: new Date(at.getTime() + 3_600_000) })], at);
const posted = (count: number) =>
  vi.waitFor(() => expect(hooks.posted).toHaveLength(count), { timeout: 20_000, interval: 50 });
const deliveries = () => db().delivery.findMany({ select: { status: true, attempts: true } });
const settled = (...all: { status: string; attempts: number }[]) =>
  vi.waitFor(async () => expect(await deliveries()).toEqual(all), { timeout: 20_000, interval: 50 });

it("what people are told leaves by itself, once, with two workers there", async () => {
  work();
  work();
  await tellOne();
  await posted(1);
  await settled({ status: "delivered", attempts: 1 });
  expect(hooks.posted).toHaveLength(1);
});

it("what was told while no worker was there leaves when one comes", async () => {
  await tellOne();
  work();
  await posted(1);
});

it("what a receiver did not take is tried again by itself, when it is time", async () => {
  const ago = () => new Date(systemClock().getTime() - 13_000);
  answer = (response) => void response.writeHead(503).end();
  const channel = webhookChannel({
    endpoint: hooks.origin,
    secret,
    url: "https://cockpit.example.org",
    clock: systemClock,
  });
  await tellOne(ago());
  const again = await deliverNotices({ sourceId, channel, now: ago });
  await channel.close();
  expect(again).toBeInstanceOf(Date);
  answer = taken;
  work();
  await posted(2);
  await settled({ status: "delivered", attempts: 2 });
  expect(new Set(hooks.posted.map(({ headers }) => headers["x-cockpit-delivery"])).size).toBe(1);
});

it("a worker that is to end does not wait for a receiver that never answers", async () => {
  answer = () => undefined;
  work();
  await tellOne();
  await posted(1);
  await running.pop()!.stop();
  expect(await deliveries()).toEqual([{ status: "pending", attempts: 1 }]);
});
