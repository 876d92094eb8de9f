import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db, inTransaction, useDatabase } from "@/lib/kernel/db/client";
import { addNotices } from "@/lib/kernel/notice/notices";
import type { PersonActor } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { as, makePeople, makePerson, makeSource, minutes, putOnDuty, t0 } from "@/lib/testing/scenarios";
import { adviseEscalation } from "./advise";
import { claimEscalation } from "./claim";
import { commentEscalation } from "./comment";
import { openEscalation } from "./open";
import { passTime } from "./pass-time";
import { resolveEscalation } from "./resolve";
import { signOffBreach } from "./sign-off";

let people: Record<Role, PersonActor>;
let olga: PersonActor;
let sourceId: string;
let id: string;
let count = 0;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 10);
  people = await makePeople();
  olga = await makePerson("operator");
});
beforeEach(async () => {
  sourceId = await makeSource();
  ({ id } = await openEscalation(as(olga), {
    path: "policy_denial",
    subject: `run_${(count += 1)}`,
    reason: "Seen by hand",
    owner: "ana:shop",
    lane: "standard",
    slaMinutes: 30,
  }));
});

const notices = async (standing = true) =>
  (
    await db().notice.findMany({
      where: { subjectId: id, ...(standing && { endedAt: null }) },
      include: { person: { select: { name: true } } },
      orderBy: [{ step: "asc" }, { person: { name: "asc" } }],
    })
  ).map(({ person, step, kind, letter }) => `${step}: ${person.name} ${kind} (${letter})`);
const version = async () => (await db().escalation.findUniqueOrThrow({ where: { id } })).version;
const target = async () => ({ id, version: await version() });
const pass = (at: Date) => passTime({ sourceId, now: () => at, requestId: "r1" });

describe("who hears of a policy denial", () => {
  it("is said by the matrix; who opened it knows it", async () => {
    expect(await notices()).toEqual([
      "opened: operator action (R)",
      "opened: product_owner action (A)",
      "opened: security consult (C)",
      "opened: stakeholder informed (I)",
      "opened: tech_lead informed (I)",
    ]);
  });

  it("claiming it ends what every other was asked to do, not what they were told or asked to advise", async () => {
    await claimEscalation(as(olga), await target());
    expect(await notices()).toEqual([
      "opened: security consult (C)",
      "opened: stakeholder informed (I)",
      "opened: tech_lead informed (I)",
    ]);
    expect(
      (await db().notice.findMany({ where: { subjectId: id, endedAt: { not: null } } })).map(
        ({ endedByAction, endedById, endedAt }) => [endedByAction, endedById, endedAt],
      ),
    ).toEqual([
      ["escalation.claim", olga.id, t0],
      ["escalation.claim", olga.id, t0],
    ]);
  });

  it("a claim that fails ends nothing", async () => {
    await expect(claimEscalation(as(people.stakeholder), await target())).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(claimEscalation(as(olga), { id, version: 9 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await notices()).toHaveLength(5);
  });

  it("advice answers the consultation of its role; a comment does not", async () => {
    await commentEscalation(as(people.security), { ...(await target()), text: "Looking." });
    expect(await notices()).toHaveLength(5);
    await adviseEscalation(as(people.security), { ...(await target()), text: "Not this one." });
    expect(await notices()).toHaveLength(4);
  });

  it("past its SLA the Product Owner is told once, that the breach waits for them, which outlives the item", async () => {
    await pass(minutes(31));
    expect((await notices()).filter((text) => !text.startsWith("opened"))).toEqual([
      "breach: product_owner action (A)",
    ]);
    await resolveEscalation(as(olga, minutes(32)), {
      ...(await target()),
      outcome: "unblocked",
      note: "Done.",
      lateCause: "Night.",
    });
    expect(await notices()).toEqual(["breach: product_owner action (A)"]);
    await signOffBreach(as(people.product_owner, minutes(33)), { ...(await target()), note: "Seen." });
    expect(await notices()).toEqual([]);
  });

  it("what is told again while it stands is counted, and unread again", async () => {
    const notice = {
      subjectId: id,
      personId: people.operator.id,
      step: "opened" as const,
      kind: "action" as const,
      role: "operator" as const,
      letter: "R" as const,
      activity: "escalation" as const,
      standsInFor: null,
      urgent: false,
      foldKey: "x",
    };
    const where = { subjectId: id, personId: people.operator.id };
    await db().notice.updateMany({ where, data: { readAt: t0 } });
    await inTransaction((tx) => addNotices(tx, cockpitMay("escalation.escalate"), sourceId, [notice], minutes(5)));
    expect(await db().notice.findMany({ where })).toMatchObject([
      { count: 2, readAt: null, firstAt: t0, lastAt: minutes(5) },
    ]);
  });

  it("a claim that went quiet is told to those who may work, and claiming it again ends that", async () => {
    await claimEscalation(as(olga), await target());
    await pass(minutes(15));
    expect((await notices()).filter((text) => text.startsWith("returned"))).toEqual([
      "returned: operator action (R)",
      "returned: operator action (R)",
    ]);
    await claimEscalation(as(olga, minutes(20)), await target());
    expect((await notices()).filter((text) => text.startsWith("returned"))).toEqual([]);
  });

  it("closed late before any clock was heard, only the sign-off is asked for", async () => {
    await resolveEscalation(as(olga, minutes(31)), {
      ...(await target()),
      outcome: "unblocked",
      note: "Done.",
      lateCause: "Night.",
    });
    expect(await notices()).toEqual(["breach: product_owner action (A)"]);
  });
});

it("who is on duty hears, and not everybody who holds the role; the item says where it went", async () => {
  await putOnDuty(people.operator, "operator");
  await putOnDuty(people.security, "security");
  const other = await openEscalation(as(people.product_owner), {
    path: "policy_denial",
    subject: `run_${(count += 1)}`,
    reason: "By hand",
    owner: null,
    lane: "standard",
    slaMinutes: 30,
  });
  id = other.id;
  expect(await notices()).toEqual([
    "opened: operator action (R)",
    "opened: security consult (C)",
    "opened: stakeholder informed (I)",
    "opened: tech_lead informed (I)",
  ]);
  expect(await db().escalation.findUniqueOrThrow({ where: { id } })).toMatchObject({
    routedRole: "security",
    routedToId: people.security.id,
    routedBackup: true,
  });
  expect(await db().notice.findFirstOrThrow({ where: { subjectId: id, personId: people.security.id } })).toMatchObject({
    standsInFor: "product_owner",
  });
  expect(await db().notice.count({ where: { subjectId: id, personId: olga.id } })).toBe(0);
});
