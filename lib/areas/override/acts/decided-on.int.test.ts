import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { setRoles } from "@/lib/areas/person/acts/access";
import { db, useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { approve, ask } from "@/lib/testing/override-acts";
import { as, makeEscalation, makePeople, makeSource, minutes } from "@/lib/testing/scenarios";
import { delegateDecisions, withdrawDelegation } from "./delegate";
import { revokeOverride } from "./revoke";

let sourceId: string;
let url: string;
let people: Awaited<ReturnType<typeof makePeople>>;
let other: pg.Client;
/** The place in the chain of when an act was last done. */
const placeOf = async (action: string, subjectId: string): Promise<number | null> =>
  Number(
    (await db().auditEvent.findFirst({ where: { action, subjectId, outcome: "done" }, orderBy: { seq: "desc" } }))
      ?.seq ?? 0,
  ) || null;

beforeAll(async () => {
  url = await freshDatabase();
  await useDatabase(url, 6);
  other = new pg.Client({ connectionString: url });
  await other.connect();
});
afterAll(() => other.end());
beforeEach(async () => {
  sourceId = await makeSource();
  people = await makePeople();
});

/** Until so many other connections wait for a lock, or `over` is settled. */
async function waiting(count: number, over: Promise<unknown>): Promise<void> {
  let isOver = false;
  over.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  while (!isOver) {
    const { rows } = await other.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows[0]!.n >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * `deciding` is held at its write, by what `hold` locks for another connection; meanwhile `changing` takes away what it is decided by, as far
 * as it comes. Answers whether each was done in the end.
 */
async function race(
  hold: () => Promise<unknown>,
  deciding: () => Promise<unknown>,
  changing: () => Promise<unknown>,
): Promise<{ decided: boolean; changed: boolean }> {
  await other.query("BEGIN");
  await hold();
  const decision = deciding();
  await waiting(1, decision);
  const change = changing();
  await waiting(2, change);
  await other.query("ROLLBACK");
  const [decided, changed] = await Promise.allSettled([decision, change]);
  return { decided: decided.status === "fulfilled", changed: changed.status === "fulfilled" };
}

const lockOverride = (id: string) => () => other.query(`SELECT 1 FROM "Override" WHERE "id" = $1 FOR UPDATE`, [id]);
/** The same request, not committed: whoever asks waits to see whether it will be. */
const askBeside = (owner: string, escalationId: string | null) => async () => {
  const { rows } = await other.query<{ id: string }>(`SELECT "id" FROM "Person" LIMIT 1`);
  await other.query(
    `INSERT INTO "Override" ("id", "sourceId", "owner", "escalationId", "justification", "requestedById", "requestedAt", "requestedSeconds", "decideBy", "consultUntil", "warnMinutes")
     VALUES (gen_random_uuid(), $1, $2, $3, 'Beside the other one, at once.', $4, now(), 600, now(), now(), 10)`,
    [sourceId, owner, escalationId, rows[0]!.id],
  );
};
const at = (n: number, who: PersonActor) => as(who, minutes(n));

describe("what an override is decided by holds until the decision is written", () => {
  const delegated = async (): Promise<{ delegationId: string; id: string }> => {
    await delegateDecisions(at(0, people.product_owner), {
      toId: people.security.id,
      from: minutes(-5).toISOString(),
      until: minutes(600).toISOString(),
    });
    const { id: delegationId } = await db().delegation.findFirstOrThrow({ where: { toId: people.security.id } });
    return { delegationId, id: await ask(at(0, people.operator)) };
  };

  it("a delegate's approval comes before the delegation is taken back, or not at all", async () => {
    const { delegationId, id } = await delegated();
    const ended = await race(
      lockOverride(id),
      () => approve(at(1, people.security), id),
      () => withdrawDelegation(at(1, people.product_owner), { id: delegationId }),
    );
    expect(ended).toEqual({ decided: true, changed: true });
    expect(await placeOf("override.decide", id)).toBeLessThan((await placeOf("override.delegate", delegationId)) ?? 0);
  });

  it("a delegate's approval comes before the role of whom they stand in for is taken, or not at all", async () => {
    const { id } = await delegated();
    const { email } = await db().person.findUniqueOrThrow({ where: { id: people.product_owner.id } });
    const ended = await race(
      lockOverride(id),
      () => approve(at(1, people.security), id),
      () => setRoles({ now: minutes(1), requestId: "r" }, email, ["stakeholder"]),
    );
    expect(ended).toEqual({ decided: true, changed: true });
    expect(await placeOf("override.decide", id)).toBeLessThan(
      (await placeOf("person.set-roles", people.product_owner.id)) ?? 0,
    );
  });

  it("an override is asked for from an item before somebody else closes it, or not at all", async () => {
    const escalationId = await makeEscalation({ sourceId });
    let id = "";
    const ended = await race(
      askBeside("ana:shop", escalationId),
      async () => (id = await ask(at(1, people.operator), { owner: null, escalationId })),
      () =>
        resolveEscalation(at(1, people.operator), {
          id: escalationId,
          version: 1,
          outcome: "unblocked",
          note: "Seen.",
          lateCause: null,
        }),
    );
    expect(ended).toEqual({ decided: true, changed: true });
    expect(await placeOf("override.request", id)).toBeLessThan(
      (await placeOf("escalation.resolve", escalationId)) ?? 0,
    );
  });

  it("an override is renewed before somebody else ends it early, or not at all", async () => {
    const first = await ask(at(0, people.operator));
    await approve(at(1, people.product_owner), first);
    const { version } = await db().override.findUniqueOrThrow({ where: { id: first } });
    let id = "";
    const ended = await race(
      askBeside("ana:shop", null),
      async () => (id = await ask(at(2, people.operator), { owner: null, previousId: first })),
      () => revokeOverride(at(2, people.operator), { id: first, version, reason: "The cause is gone." }),
    );
    expect(ended).toEqual({ decided: true, changed: true });
    expect(await placeOf("override.request", id)).toBeLessThan((await placeOf("override.revoke", first)) ?? 0);
  });
});
