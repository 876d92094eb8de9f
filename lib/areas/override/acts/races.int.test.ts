import { v7 as uuidv7 } from "uuid";
import { beforeAll, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { ask, look } from "@/lib/testing/override-acts";
import { justification } from "@/lib/testing/overrides";
import { patience, rounds } from "@/lib/testing/rounds";
import { as, makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { approveOverride } from "./approve";
import { denyOverride } from "./deny";
import { passTimeOfOverrides } from "./pass-time";
import { revokeOverride } from "./revoke";
import { withdrawOverride } from "./withdraw";

const races = rounds(20, 200);
const timeout = patience(120_000, 20, 200);
let sourceId: string;
const people = {} as Record<"olga" | "pia" | "pete" | "sam" | "omar", PersonActor>;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 12);
  sourceId = await makeSource();
  const make = async (name: keyof typeof people, role: "operator" | "product_owner" | "security") => {
    const person = await makePerson(role);
    await db().person.update({ where: { id: person.id }, data: { name } });
    people[name] = { ...person, name };
  };
  await make("olga", "operator");
  await make("omar", "operator");
  await make("pia", "product_owner");
  await make("pete", "product_owner");
  await make("sam", "security");
});

const withoutConsultation = "Production is down, there is no time.";
const doneOf = async (id: string) =>
  (await db().auditEvent.findMany({ where: { subjectId: id, outcome: "done" }, orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
const stepsOf = async (id: string) => [
  ...new Set((await db().notice.findMany({ where: { subjectId: id } })).map(({ step }) => step)),
];
/** In an order of its own for each race, the same in every run. */
const shuffled = <T>(list: readonly T[], by: number): T[] =>
  list
    .map((one, index) => ({ one, key: (by * 31 + index * 17) % 7 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);

/** By the state it ends in: who did it, and what they are the only ones to leave behind. */
const winners = {
  approved: { by: "pia", action: "override.decide", effects: ["thegent.override"], told: "override-approved" },
  denied: { by: "pete", action: "override.decide", effects: [], told: "override-denied" },
  withdrawn: { by: "olga", action: "override.withdraw", effects: [], told: null },
} as const;

it(
  `${races} races of approve, deny and withdraw have one winner each; the others are told who and what, and leave nothing behind`,
  { timeout },
  async () => {
    const wins = { approved: 0, denied: 0, withdrawn: 0 };
    const race = async (n: number) => {
      const owner = `owner:${n}`;
      const escalationId = n % 2 ? await makeEscalation({ sourceId, owner }) : null;
      const id = await ask(as(people.olga), escalationId ? { escalationId } : { owner });
      const seen = await look(id, minutes(1));
      const at = minutes(1);
      const { seenHash: _, ...target } = seen;
      const acts = shuffled(
        [
          {
            as: "approved" as const,
            go: () =>
              approveOverride(as(people.pia, at), { ...seen, seconds: 600, note: "Checked.", withoutConsultation }),
          },
          {
            as: "denied" as const,
            go: () => denyOverride(as(people.pete, at), { ...target, note: "Not now.", withoutConsultation }),
          },
          { as: "withdrawn" as const, go: () => withdrawOverride(as(people.olga, at), target) },
        ],
        n,
      );
      const results = await Promise.allSettled(acts.map(({ go }) => go()));
      const won = acts.filter((_act, index) => results[index]!.status === "fulfilled");
      expect(won).toHaveLength(1);
      const status = won[0]!.as;
      wins[status] += 1;
      const { by, action, effects, told } = winners[status];
      for (const result of results) {
        if (result.status === "fulfilled") continue;
        expect(result.reason).toMatchObject({
          code: "CONFLICT",
          message: expect.stringMatching(new RegExp(`(?=.*\\b${status}\\b)(?=.*by ${by}\\b)`)),
        });
      }
      expect(await db().override.findUniqueOrThrow({ where: { id } })).toMatchObject({
        status,
        version: 2,
        [status === "withdrawn" ? "endedById" : "decidedById"]: people[by].id,
      });
      expect((await db().effect.findMany({ where: { subjectId: id } })).map(({ kind }) => kind)).toEqual(effects);
      expect((await doneOf(id)).map((event) => [event.action, event.actor.name])).toEqual([
        ["override.request", "olga"],
        [action, by],
      ]);
      expect((await stepsOf(id)).filter((step) => step !== "override-requested")).toEqual(told ? [told] : []);
      if (!escalationId) return;
      const item = await db().escalation.findUniqueOrThrow({
        where: { id: escalationId },
        include: { asSubject: { include: { effects: true } } },
      });
      expect([item.status, item.asSubject.effects.map(({ kind }) => kind)]).toEqual(
        status === "approved" ? ["overridden", ["thegent.resolve"]] : ["open", []],
      );
    };
    for (let n = 0; n < races; n += 4) await Promise.all([race(n), race(n + 1), race(n + 2), race(n + 3)]);
    expect(wins.approved + wins.denied + wins.withdrawn).toBe(races);
    expect((await verifyChain()).status).toBe("passed");
  },
);

it(`${races} races of two who revoke against the clock that ends it have one winner each`, { timeout }, async () => {
  const end = minutes(60);
  const make = async () => {
    const id = uuidv7();
    await db().override.create({
      data: {
        id,
        sourceId,
        owner: `owner:${id}`,
        justification,
        status: "active",
        requestedById: people.olga.id,
        requestedAt: t0,
        requestedSeconds: 3600,
        decideBy: minutes(30),
        consultUntil: minutes(15),
        warnMinutes: 10,
        warnedAt: minutes(50),
        decidedById: people.pia.id,
        decidedAt: t0,
        decisionNote: "Fine.",
        approvedSeconds: 3600,
        expiresAt: end,
        contentHash: "a".repeat(64),
        nextAt: end,
      },
    });
    return id;
  };
  for (let round = 0; round < races / 10; round++) {
    const ids = await Promise.all(Array.from({ length: 10 }, make));
    const target = (id: string) => ({ id, version: 1, reason: "The cause is gone." });
    const clock = () => passTimeOfOverrides({ sourceId, now: () => end, requestId: uuidv7() });
    const justBefore = new Date(end.getTime() - 1);
    const racing = ids.map((id) =>
      ["omar", "pete"].map((who) =>
        revokeOverride(as(people[who as "omar" | "pete"], justBefore), target(id)).then(() => who),
      ),
    );
    const [results] = await Promise.all([Promise.all(racing.map((two) => Promise.allSettled(two))), clock(), clock()]);
    for (const [index, id] of ids.entries()) {
      const stored = await db().override.findUniqueOrThrow({ where: { id } });
      const won = results[index]!.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      expect([stored.status, won.length]).toEqual(won.length ? ["revoked", 1] : ["expired", 0]);
      expect(stored).toMatchObject({
        version: 2,
        endedAt: won.length ? justBefore : end,
        endedById: won.length ? people[won[0] as "omar" | "pete"].id : null,
      });
      for (const result of results[index]!) {
        if (result.status === "rejected")
          expect(result.reason).toMatchObject({
            code: "CONFLICT",
            message: expect.stringMatching(
              won.length ? new RegExp(`(?=.*\\brevoked\\b)(?=.*by ${won[0]}\\b)`) : /expired/,
            ),
          });
      }
      expect((await db().effect.findMany({ where: { subjectId: id } })).map(({ kind }) => kind)).toEqual(
        won.length ? ["thegent.end-override"] : [],
      );
      expect(await stepsOf(id)).toEqual([won.length ? "override-revoked" : "override-expired"]);
      expect((await doneOf(id)).map(({ action }) => action)).toEqual([
        won.length ? "override.revoke" : "override.pass-time",
      ]);
    }
  }
  expect((await verifyChain()).status).toBe("passed");
});
