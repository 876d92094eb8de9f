import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import type { EpisodeActName, EpisodeDetail } from "@/lib/areas/drift/contract";
import type { EpisodeStatus } from "@/lib/areas/drift/domain/episodes";
import { cancelEscalation } from "@/lib/areas/escalation/acts/cancel";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { reportFinding } from "@/lib/areas/escalation/acts/report";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { db, pool } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import type { PersonActor } from "@/lib/model/decide";
import { roles, type Role } from "@/lib/model/roles";
import { as, makePeople, makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { episodeActs } from "./episode-acts";
import { lookAtDrift } from "./look-at-drift";
import { findEpisodeDetail } from "./read-episode";

const file = "contract_telemetry.jsonl";
const start = new Date("2026-03-01T09:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const day = 24 * 60;
const line = (event: string) =>
  `${JSON.stringify({ event_type: event, provider: "claude", contract: "csm-v1", confidence: 0.9, success: true })}\n`;
const good = line("normalization");
const bad = line("schema.drift.structural");

let session: Session;
let people: Record<Role, PersonActor>;
let id: string;
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
  people = await makePeople();
  await write(good.repeat(18) + bad.repeat(2));
  await look(0);
  id = (await db().driftEpisode.findFirstOrThrow()).id;
});
afterEach(() => session.close());

async function write(content: string): Promise<void> {
  session.write(file, content);
  await session.readOnce();
}
const look = (minutes: number) =>
  lookAtDrift({ sourceId: session.sourceId, now: () => at(minutes), requestId: "look" });
const read = async (of = id, minutes = 1): Promise<EpisodeDetail> =>
  (await findEpisodeDetail(authoriseRead({ actor: people.stakeholder }, "drift.view"), of, at(minutes)))!;

const cause = "The provider closes its tags no more.";
const decided = {
  cause,
  decision: "remediate",
  evidence: [19, 20],
  note: "Looked at both.",
  days: null,
  lateCause: null,
};
/** What a person would send of an act's form as things are. */
const inputs: Record<EpisodeActName, object> = {
  investigate: {},
  decide: decided,
  finish: { note: "The parser takes both forms.", lateCause: null },
  "approve-change": { note: "Go on." },
  "decline-change": { note: "Not now." },
  "approve-waiver": { note: "For now." },
  "decline-waiver": { note: "Mend it." },
};
async function does(name: EpisodeActName, by: PersonActor | null, change: object = {}, minutes = 5): Promise<void> {
  const { version, shownHash: seenHash } = await read();
  await episodeActs[name](as(by, at(minutes)), { id, version, seenHash, ...inputs[name], ...change } as never);
}
const asks = async (decision: "accept" | "adapter_change", by = people.tech_lead) => {
  await does("investigate", by);
  await does("decide", by, { decision, days: decision === "accept" ? 7 : null });
};
const state = async () => {
  const { status, escalation } = await db().driftEpisode.findUniqueOrThrow({
    where: { id },
    include: { escalation: true },
  });
  return [status, escalation.status];
};
const told = async (personId: string) =>
  (await db().notice.findMany({ where: { personId, subjectId: id, endedAt: null }, orderBy: { step: "asc" } })).map(
    ({ step, kind }) => [step, kind],
  );

describe("a review", () => {
  it("takes the episode and its item through investigation, decision and remediation, each clock with its act", async () => {
    await does("investigate", people.tech_lead);
    expect(await state()).toEqual(["investigating", "claimed"]);
    await does("decide", people.tech_lead);
    expect(await state()).toEqual(["remediating", "claimed"]);
    const { escalation } = await db().driftEpisode.findUniqueOrThrow({ where: { id }, include: { escalation: true } });
    const stopped = (escalation.clocks as { name: string; stoppedAt: string | null }[]).map(({ name, stoppedAt }) => [
      name,
      stoppedAt !== null,
    ]);
    expect([escalation.finding, stopped]).toEqual([
      cause,
      [
        ["investigate", true],
        ["remediate", false],
      ],
    ]);
    await does("finish", people.tech_lead);
    expect(await state()).toEqual(["remediated", "resolved"]);
    const shown = await read();
    expect(shown).toMatchObject({ decision: "remediate", cause, evidence: [{ line: 19 }, { line: 20 }] });
    expect(shown.decidedOn).toMatchObject({ found: ["structural"], structural: 10 });
    expect(shown.timeline.map(({ says }) => says)).toEqual([
      expect.stringContaining("no person declared"),
      "Took the episode up, to investigate it",
      "Decided: Remediate, on the evidence of 2 events",
      "Finished the remediation",
    ]);
    expect((await verifyChain()).status).toBe("passed");
  });

  it("that it is a false alarm ends both, and what is found ever since opens no other that day", async () => {
    await does("investigate", people.operator);
    await does("decide", people.operator, { decision: "false_alarm" });
    expect(await state()).toEqual(["dismissed", "cancelled"]);
    await look(60);
    expect(await db().driftEpisode.count()).toBe(1);
    await look(5 + day);
    expect(await db().driftEpisode.findMany({ orderBy: { openedAt: "asc" } })).toMatchObject([
      { id },
      { previousId: id },
    ]);
  });

  it("past its clock is ended only with what kept it waiting", async () => {
    await does("investigate", people.operator);
    const late = { decision: "false_alarm" };
    await expect(does("decide", people.operator, late, 90)).rejects.toMatchObject({
      code: "REJECTED",
      fields: { lateCause: expect.any(String) },
    });
    await does("decide", people.operator, { ...late, lateCause: "Nobody was on duty." }, 90);
    expect(await state()).toEqual(["dismissed", "cancelled"]);
  });

  it("is made on what is true now: more drift is shown and asked again, a further good line is not", async () => {
    await does("investigate", people.tech_lead);
    const seen = await read();
    session.append(file, good);
    await session.readOnce();
    expect((await read()).shownHash).toBe(seen.shownHash);
    session.append(file, bad.repeat(4));
    await session.readOnce();
    await expect(does("decide", people.tech_lead, { seenHash: seen.shownHash })).rejects.toMatchObject({
      code: "CONFLICT",
      fields: { seenHash: expect.any(String) },
    });
    expect(await state()).toEqual(["investigating", "claimed"]);
    await does("decide", people.tech_lead);
  });

  it.each([[[21]], [[1, 999_999]]])("takes no evidence from lines %j, on which no event stands", async (evidence) => {
    await does("investigate", people.tech_lead);
    await expect(does("decide", people.tech_lead, { evidence })).rejects.toMatchObject({
      code: "REJECTED",
      fields: { evidence: expect.any(String) },
    });
  });

  it("of two at once is one", async () => {
    await does("investigate", people.tech_lead);
    const made = await Promise.allSettled([does("decide", people.tech_lead), does("decide", people.operator)]);
    expect(made.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(made.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
  });
});

describe("a change of the adapter", () => {
  it("is the Product Owner's to decide at once, and goes on once they approved it", async () => {
    await asks("adapter_change");
    expect(await told(people.product_owner.id)).toContainEqual(["drift-change-asked", "action"]);
    expect(await read()).toMatchObject({ asks: "adapter_change", level: 2, status: "remediating" });
    await expect(does("finish", people.tech_lead)).rejects.toMatchObject({ code: "REJECTED" });
    await does("approve-change", people.product_owner);
    expect(await told(people.product_owner.id)).not.toContainEqual(["drift-change-asked", "action"]);
    expect(await told(people.tech_lead.id)).toContainEqual(["drift-change-approved", "action"]);
    await does("finish", people.tech_lead);
    expect(await state()).toEqual(["remediated", "resolved"]);
  });

  it("declined leaves the episode to who works on it, who may ask again", async () => {
    await asks("adapter_change");
    await does("decline-change", people.product_owner);
    expect(await read()).toMatchObject({ asks: null, answer: "declined", status: "remediating" });
    await does("decide", people.tech_lead, { decision: "adapter_change" });
    expect(await read()).toMatchObject({ asks: "adapter_change", answer: null });
  });

  it("required on the item's own page is the same, and not theirs to approve who required it", async () => {
    const both = await makePerson("tech_lead", "product_owner");
    const { version } = await read();
    await reportFinding(as(both, at(5)), { id, version, finding: cause, adapterChange: true });
    expect(await read()).toMatchObject({ asks: "adapter_change", reviewedBy: { id: both.id }, status: "remediating" });
    await expect(does("approve-change", both)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await does("approve-change", people.product_owner);
  });
});

describe("drift that is accepted", () => {
  it("is not before the Product Owner approved it, and then both end, until its end", async () => {
    await asks("accept");
    expect(await told(people.product_owner.id)).toContainEqual(["drift-waiver-asked", "action"]);
    expect(await read()).toMatchObject({ status: "investigating", asks: "accept", acceptedUntil: null });
    await does("approve-waiver", people.product_owner);
    expect(await state()).toEqual(["accepted", "resolved"]);
    expect((await read()).acceptedUntil).toBe(at(5 + 7 * day).toISOString());
    await look(5 + 7 * day - 1);
    expect(await db().driftEpisode.count()).toBe(1);
  });

  it("returns at its end where it is still found: another episode names it, with what was true then", async () => {
    await asks("accept");
    await does("approve-waiver", people.product_owner);
    await write(good.repeat(16) + bad.repeat(4));
    await Promise.all([look(5 + 7 * day), look(5 + 7 * day)]);
    const before = await read();
    expect(before.returnedAs).toMatchObject({ status: "detected" });
    expect(before.timeline.at(-1)!.says).toContain("still found");
    const returned = await read(before.returnedAs!.id);
    expect(returned.previous).toMatchObject({ id, status: "accepted", decidedOn: { structural: 10 } });
    expect(returned.shown.structural).toBe(20);
    expect((await verifyChain()).status).toBe("passed");
  });

  it("ends quietly where the drift had gone, and says so, once", async () => {
    await asks("accept");
    await does("approve-waiver", people.product_owner);
    await write(good.repeat(20));
    await look(60);
    await look(5 + 7 * day);
    await look(6 + 7 * day);
    expect(await db().driftEpisode.count()).toBe(1);
    const { timeline, waiverEndedAt } = await read();
    expect([waiverEndedAt, timeline.filter(({ kind }) => kind === "expired").map(({ says }) => says)]).toEqual([
      at(5 + 7 * day).toISOString(),
      [expect.stringContaining("had gone")],
    ]);
  });

  it("is accepted by nobody who asked for it, whatever their roles; the attempt is in the chain", async () => {
    const everything = await makePerson(...roles);
    await asks("accept", everything);
    for (const name of ["approve-waiver", "decline-waiver"] as const)
      await expect(does(name, everything)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(
      await db().auditEvent.count({
        where: { action: "drift.decide-waiver", outcome: "refused", actorId: everything.id },
      }),
    ).toBe(2);
    await expect(
      pool().query(
        `UPDATE "DriftEpisode" SET "answer" = 'approved', "answeredById" = "reviewedById", "answeredAt" = now(), "answerNote" = 'x' WHERE "id" = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ code: "23514", constraint: "drift_not_answered_by_who_asked" });
  });
});

/** By hand: Drift has no A, so its R decide; contracts and policy are the Product Owner's. */
const may: Record<EpisodeActName, readonly Role[]> = {
  investigate: ["tech_lead", "operator"],
  decide: ["tech_lead", "operator"],
  finish: ["tech_lead", "operator"],
  "approve-change": ["product_owner"],
  "decline-change": ["product_owner"],
  "approve-waiver": ["product_owner"],
  "decline-waiver": ["product_owner"],
};
const ready: Record<EpisodeActName, () => Promise<void>> = {
  investigate: async () => undefined,
  decide: async () => {
    await db().driftEpisode.update({ where: { id }, data: { status: "investigating" } });
  },
  finish: async () => {
    await db().driftEpisode.update({ where: { id }, data: { status: "remediating" } });
  },
  "approve-change": () => asks("adapter_change"),
  "decline-change": () => asks("adapter_change"),
  "approve-waiver": () => asks("accept"),
  "decline-waiver": () => asks("accept"),
};

describe.each(Object.keys(may) as EpisodeActName[])("%s", (name) => {
  it("is done by whose it is, and refused to everybody else and to nobody, which the chain has", async () => {
    await ready[name]();
    const before = await state();
    const others = [
      ...roles.filter((role) => !may[name].includes(role)).map((role) => people[role]),
      await makePerson(),
      null,
    ];
    for (const other of others)
      await expect(does(name, other)).rejects.toMatchObject({ code: other ? "FORBIDDEN" : "UNAUTHENTICATED" });
    expect(await state()).toEqual(before);
    const { action } = episodeActs[name];
    expect(await db().auditEvent.count({ where: { subjectId: id, action, outcome: "refused" } })).toBe(others.length);
    await does(name, people[may[name].at(-1)!]);
    expect(await db().auditEvent.count({ where: { subjectId: id, action, outcome: "done" } })).toBeGreaterThan(0);
  });
});

describe("what is done on the item's own page", () => {
  const items = {
    claim: (version: number) => claimEscalation(as(people.operator, at(9)), { id, version }),
    report: (version: number) =>
      reportFinding(as(people.operator, at(9)), { id, version, finding: cause, adapterChange: false }),
    cancel: (version: number) =>
      cancelEscalation(as(people.operator, at(9)), { id, version, note: "Not ours.", lateCause: null }),
    ...Object.fromEntries(
      (["unblocked", "rejected", "duplicate", "superseded"] as const).map((outcome) => [
        outcome,
        (version: number) =>
          resolveEscalation(as(people.operator, at(9)), { id, version, outcome, note: "Closed.", lateCause: null }),
      ]),
    ),
  };
  it.each<[string, Record<"detected" | "investigating" | "remediating", EpisodeStatus>]>([
    ["claim", { detected: "investigating", investigating: "investigating", remediating: "remediating" }],
    ["report", { detected: "remediating", investigating: "remediating", remediating: "remediating" }],
    ["cancel", { detected: "dismissed", investigating: "dismissed", remediating: "dismissed" }],
    ["unblocked", { detected: "remediated", investigating: "remediated", remediating: "remediated" }],
    ["rejected", { detected: "dismissed", investigating: "dismissed", remediating: "dismissed" }],
    ["duplicate", { detected: "dismissed", investigating: "dismissed", remediating: "dismissed" }],
    ["superseded", { detected: "dismissed", investigating: "dismissed", remediating: "dismissed" }],
  ])("%s moves the episode, forwards alone", async (act, leads) => {
    for (const [from, to] of Object.entries(leads)) {
      await db().escalation.update({
        where: { id },
        data: {
          status: "open",
          closedAt: null,
          closedIn: null,
          closedById: null,
          outcome: null,
          finding: null,
          claimedById: null,
          claimedAt: null,
        },
      });
      await db().driftEpisode.update({ where: { id }, data: { status: from as EpisodeStatus } });
      await items[act as keyof typeof items]((await read()).version);
      expect([from, (await state())[0]]).toEqual([from, to]);
    }
  });
});
