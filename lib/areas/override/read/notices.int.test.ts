import { beforeAll, beforeEach, expect, it } from "vitest";
import { deliverNotices } from "@/lib/areas/inbox/acts/deliver";
import { inboxQuerySchema } from "@/lib/areas/inbox/contract";
import { inboxCounts, readInbox } from "@/lib/areas/inbox/read/inbox";
import { sayNotice } from "@/lib/areas/inbox/words";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { Bundle } from "@/lib/kernel/notice/channel";
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { approve, ask, deny } from "@/lib/testing/override-acts";
import { justification } from "@/lib/testing/overrides";
import { as, makeEscalation, makePeople, makeSource, minutes, putOnDuty, t0 } from "@/lib/testing/scenarios";
import { tell } from "@/lib/testing/tell";

let people: Record<Role, PersonActor>;
let sourceId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 8);
});
beforeEach(async () => {
  await db().duty.deleteMany();
  sourceId = await makeSource();
  people = await makePeople();
  for (const role of ["product_owner", "operator", "security"] as const) await putOnDuty(people[role], role);
});

const grant = (person: PersonActor) => authoriseRead(as(person), "inbox.read");
const inbox = async (person: PersonActor, query = {}) =>
  (await readInbox(grant(person), inboxQuerySchema.parse(query), minutes(10))).rows;
const says = async (person: PersonActor) =>
  (await inbox(person)).map((entry) => sayNotice({ ...entry, path: entry.item.path }));

it("a request is in the inbox of who decides and of who advises, with its owner, its reason and its deadline", async () => {
  const id = await ask(as(people.operator));
  const [entry] = await inbox(people.product_owner);
  expect(entry).toMatchObject({
    kind: "action",
    step: "override-requested",
    items: 1,
    item: {
      kind: "override",
      id,
      path: null,
      subject: "ana:shop",
      owner: "ana:shop",
      reason: justification,
      status: "requested",
      dueAt: minutes(30).toISOString(),
      dueClock: "decision",
    },
  });
  expect(await says(people.product_owner)).toEqual([
    "An override was asked for: you are asked to decide it as Product Owner (A).",
  ]);
  expect(await says(people.security)).toEqual([
    "An override was asked for: your advice is asked as Security/Compliance (C).",
  ]);
  expect((await inboxCounts(grant(people.security), t0)).unread).toEqual({ action: 0, consult: 1, informed: 0 });
  expect(await inbox(people.operator)).toEqual([]);
});

it("an approval settles it, and tells who asked until when it holds", async () => {
  const id = await ask(as(people.operator));
  await approve(as(people.product_owner, minutes(1)), id);
  expect(await inbox(people.product_owner)).toEqual([]);
  expect((await inbox(people.product_owner, { show: "all" }))[0]).toMatchObject({
    standing: false,
    endedByAction: "override.decide",
    endedBy: "product_owner",
  });
  expect(await inbox(people.operator)).toMatchObject([
    {
      step: "override-approved",
      item: { kind: "override", id, status: "approved", dueAt: minutes(61).toISOString(), dueClock: "end" },
    },
  ]);
});

it("items and overrides stand side by side, each counted once, and of this source only", async () => {
  await tell(
    people.product_owner,
    sourceId,
    [await makeEscalation({ sourceId }), await makeEscalation({ sourceId })],
    t0,
  );
  await ask(as(people.operator, minutes(1)));
  await ask(as(people.operator, minutes(2)), { owner: "bo:api" });
  expect((await inbox(people.product_owner)).map(({ items, item }) => [item.kind, items])).toEqual([
    ["override", 1],
    ["override", 1],
    ["escalation", 2],
  ]);
  expect((await inboxCounts(grant(people.product_owner), t0)).unread.action).toBe(4);
  await makeSource();
  expect(await inbox(people.product_owner)).toEqual([]);
  expect((await inboxCounts(grant(people.product_owner), t0)).unread.action).toBe(0);
});

it("is sent outside, with its own address and what is due; what was denied is due for nothing", async () => {
  const waiting = await ask(as(people.operator));
  const denied = await ask(as(people.operator), { owner: "bo:api" });
  await deny(as(people.product_owner, minutes(1)), denied);
  const notices = await db().notice.findMany({ where: { subjectId: { in: [waiting, denied] }, endedAt: null } });
  await db().delivery.createMany({
    data: notices.map(({ id }) => ({ noticeId: id, channel: "webhook" as const, createdAt: t0, nextTryAt: t0 })),
  });
  const sent: Bundle[] = [];
  await deliverNotices({
    sourceId,
    channel: { name: "webhook", send: async (bundle) => void sent.push(bundle), close: async () => {} },
    now: () => minutes(2),
  });
  const items = (person: PersonActor) =>
    sent
      .filter((bundle) => bundle.person.id === person.id)
      .flatMap(({ told }) => told.map(({ item, says: sentence }) => ({ ...item, sentence })));
  expect(items(people.product_owner)).toEqual([
    {
      kind: "override",
      id: waiting,
      subject: "ana:shop",
      owner: "ana:shop",
      reason: justification,
      dueAt: minutes(30),
      due: "decision",
      sentence: "An override was asked for: you are asked to decide it as Product Owner (A).",
    },
  ]);
  expect(items(people.operator)).toMatchObject([
    {
      id: denied,
      dueAt: null,
      sentence: "An override was denied: you are told that your request does not pass as Operator (R).",
    },
  ]);
  expect(await db().delivery.count({ where: { status: "pending" } })).toBe(0);
});
