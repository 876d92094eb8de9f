import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueueSummary } from "@/lib/areas/escalation/contract";
import { startIngest, type Ingest } from "@/lib/areas/source/ingest/ingest";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { forgetAnswers } from "@/lib/kernel/list/kept-answers";
import { systemClock } from "@/lib/kernel/time";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { freshDatabase } from "@/lib/testing/database";
import { makeEscalation, makePerson, makeSource } from "@/lib/testing/scenarios";
import { queueSummary } from "./queue-summary";

let directory: string;
let queue: string;
let ingest: Ingest;
let summary: () => Promise<QueueSummary>;

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-summary-")));
  queue = path.join(directory, "escalation_queue.jsonl");
  fs.cpSync(path.join(process.cwd(), "samples/session"), directory, { recursive: true });
  await makeSource(directory);
  const decision = decide(operatingModel, "escalation.view", await makePerson("stakeholder"));
  summary = () => {
    forgetAnswers();
    return queueSummary((decision as Extract<typeof decision, { allowed: true }>).grant, systemClock());
  };
  ingest = startIngest({ directory });
  await ingest.settled();
  await ingest.settled();
});
afterAll(async () => {
  await ingest.stop();
  fs.rmSync(directory, { recursive: true, force: true });
});

it("equals thegent's own waiting set of the sample, and says as of when and which line", async () => {
  const expected = JSON.parse(
    fs.readFileSync(path.join(process.cwd(), "samples/expected/sample-state.json"), "utf8"),
  ) as { escalations: { run_id: string }[] };
  const runs = new Set(expected.escalations.map(({ run_id }) => run_id));
  const open = await db().escalation.findMany({ where: { status: "open" }, select: { runId: true } });
  expect(new Set(open.map(({ runId }) => runId))).toEqual(runs);
  expect(await summary()).toMatchObject({
    active: runs.size,
    pastSla: runs.size,
    quarantined: 0,
    standing: { kind: "reconciled", line: 34, waiting: runs.size },
  });
});

it("says unknown, and why, while a line of the queue cannot be used", async () => {
  fs.appendFileSync(queue, "{torn\n");
  await ingest.settled();
  await ingest.settled();
  expect((await summary()).standing).toMatchObject({
    kind: "unknown",
    because: "One line of the queue file could not be used.",
  });
});

describe("an unusable line", () => {
  const unknown = (because: string) => ({ kind: "unknown", because });
  const long = JSON.stringify({
    run_id: "x".repeat(600),
    reason: "r",
    priority: 0,
    escalate_by_utc: "2026-03-01T09:30:00+00:00",
    status: "pending",
  });
  const read = async (change: (content: string) => string) => {
    fs.writeFileSync(queue, change(fs.readFileSync(queue, "utf8")));
    await ingest.settled();
    await ingest.settled();
    return (await summary()).standing;
  };

  it("that is gone keeps nothing unknown", async () => {
    expect(await read((content) => content.replace("{torn\n", ""))).toMatchObject({ kind: "reconciled" });
  });
  it("that waits keeps the queue unknown, and no more once thegent itself has resolved it", async () => {
    expect(await read((content) => `${content}${long}\n`)).toMatchObject(
      unknown("One line of the queue file could not be used."),
    );
    expect(await read((content) => content.replace(long, long.replace("pending", "resolved")))).toMatchObject({
      kind: "reconciled",
    });
  });
  it.each(["null", "[[]]", '"x"', "{}", '{"status": "resolved"}', '{"run_id": 7, "status": "approved"}'])(
    "that says itself that it does not wait hides none: %s",
    async (line) => {
      expect(await read((content) => `${content}${line}\n`)).toMatchObject({ kind: "reconciled" });
    },
  );
  it.each(["{torn", '{"run_id": 7, "status": "pending"}', "\u0000"])(
    "that may hide a record that waits is counted with its equals: %j",
    async (line) => {
      expect(await read((content) => `${content}${line}\n${line}\n`)).toMatchObject(
        unknown("2 lines of the queue file could not be used."),
      );
      expect(await read((content) => content.replaceAll(`${line}\n`, ""))).toMatchObject({ kind: "reconciled" });
    },
  );
  it("in plenty is one row with its count, and counted in full", async () => {
    expect(await read((content) => `${content}${"{torn\n".repeat(3000)}`)).toMatchObject(
      unknown("3000 lines of the queue file could not be used."),
    );
    expect(await read((content) => content.replaceAll("{torn\n", ""))).toMatchObject({ kind: "reconciled" });
  });
});

it("says all clear once thegent itself has closed everything, with the line it read", async () => {
  const closed = fs.readFileSync(queue, "utf8").replaceAll(`"status": "pending"`, `"status": "resolved"`);
  fs.writeFileSync(queue, closed);
  await ingest.settled();
  await ingest.settled();
  expect(await summary()).toMatchObject({ active: 0, pastSla: 0, standing: { kind: "reconciled", waiting: 0 } });
});

it("counts what is being written into thegent's file as accounted for, and only policy denials as its business", async () => {
  const sourceId = await currentSourceId();
  await makeEscalation({ sourceId, path: "incident", subject: "outage", severity: "P4" });
  expect((await summary()).standing.kind).toBe("reconciled");
  const id = await makeEscalation({ sourceId, subject: "run_by_hand" });
  expect((await summary()).standing).toMatchObject({
    kind: "unknown",
    because: "The open items do not equal thegent's waiting set yet.",
  });
  await db().effect.create({
    data: { id: uuidv7(), subjectId: id, kind: "thegent.add", payload: {}, createdAt: systemClock() },
  });
  expect(await summary()).toMatchObject({ active: 2, standing: { kind: "reconciled", waiting: 0 } });
  await db().escalation.deleteMany({ where: { subject: { in: ["outage", "run_by_hand"] } } });
});

it("says unknown when the directory is gone", async () => {
  fs.renameSync(directory, `${directory}.aside`);
  for (let look = 0; look < 50 && (await summary()).standing.kind !== "unknown"; look++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await summary()).standing.kind).toBe("unknown");
  fs.renameSync(`${directory}.aside`, directory);
});
