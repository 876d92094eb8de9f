/** Everything that can happen to overrides, at random: each command asks the model what must come of it, and does it through the use cases. */
import fc from "fast-check";
import { expect } from "vitest";
import { adviseOverride } from "@/lib/areas/override/acts/advise";
import { approveOverride } from "@/lib/areas/override/acts/approve";
import { delegateDecisions } from "@/lib/areas/override/acts/delegate";
import { denyOverride } from "@/lib/areas/override/acts/deny";
import { revokeOverride } from "@/lib/areas/override/acts/revoke";
import { withdrawOverride } from "@/lib/areas/override/acts/withdraw";
import { isCockpitError } from "@/lib/kernel/errors";
import { ask, look } from "./override-acts";
import type { OverrideModel, Person, Told } from "./override-model";
import { as, makeEscalation } from "./scenarios";

export type World = {
  sourceId: string;
  /** Carries decisions into thegent's files. */
  takeUp: (now: Date) => Promise<void>;
  clock: (now: Date) => Promise<void>;
  setRoles: (person: Person) => Promise<void>;
  /** What must hold after every step. */
  check: (model: OverrideModel) => Promise<void>;
  /** How often what came of what. */
  seen: Map<string, number>;
};

type Command = fc.AsyncCommand<OverrideModel, World>;

const owners = ["ana:shop", "李雷:数据管道 🔓", 'o"\u2028wner\\'];
const pick = <T>(list: readonly T[], nat: number): T => list[nat % list.length]!;
type Drawn = {
  /** Somebody who may, on what they may, if there is such a pair; else anybody on anything. */ apt: boolean;
  who: number;
  which: number;
};
type Expected = (model: OverrideModel, by: Person, one: Told) => boolean | "either";

function pickPair(model: OverrideModel, { apt, who, which }: Drawn, expected: Expected): { by: Person; one: Told } {
  const pairs = model.told.toReversed().flatMap((one) => model.people.map((by) => ({ by, one })));
  const able = apt ? pairs.filter(({ by, one }) => expected(model, by, one) === true) : [];
  return able.length ? pick(able, who) : { by: pick(model.people, who), one: pick(model.told.toReversed(), which) };
}
const sayPair = ({ apt, who, which }: Drawn): string =>
  apt ? `by who may (${who}, ${which})` : `#-${which} by ${who}`;
const unadvised = (isReasoned: boolean) => ({
  withoutConsultation: isReasoned ? "Production is down, there is no time." : null,
});

/** Does it, and holds what came of it against what the model says. Whether it was done. */
async function outcome(
  world: World,
  what: string,
  expected: boolean | "either",
  act: () => Promise<unknown>,
): Promise<boolean> {
  const refusal = await act().then(
    () => null,
    (error: unknown) => {
      if (isCockpitError(error)) return error;
      throw error;
    },
  );
  const isDone = refusal === null;
  world.seen.set(`${what} ${isDone}`, (world.seen.get(`${what} ${isDone}`) ?? 0) + 1);
  if (expected !== "either")
    expect(`${what}: ${isDone ? "done" : "refused"}`, refusal?.message).toBe(
      `${what}: ${expected ? "done" : "refused"}`,
    );
  return isDone;
}

/** `run` says what happens; a command without an override to act on is left out. */
const command = (
  says: string,
  needsOne: boolean,
  run: (model: OverrideModel, world: World) => Promise<unknown>,
): Command => ({
  check: ({ told }) => !needsOne || told.length > 0,
  run: async (model, world) => {
    await run(model, world);
    await world.check(model);
  },
  toString: () => says,
});

const who = fc.nat(5);
const rarely = fc.nat(9).map((n) => n === 9);
const often = fc.nat(9).map((n) => n < 7);
const acting = { apt: often, who, which: fc.nat(3) };
const validity = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(3600, 600, 60, 86_400) },
  { weight: 1, arbitrary: fc.constantFrom(59, 86_401, 90.5) },
);

/** On one override, shown as it is now or, `stale`, as it was a version ago. */
const act =
  (
    name: string,
    expected: Expected,
    run: (at: ReturnType<typeof as>, shown: Awaited<ReturnType<typeof look>>) => Promise<unknown>,
    done: (one: Told, model: OverrideModel) => void,
  ) =>
  ({ stale, ...drawn }: Drawn & { stale: boolean }, says: string): Command =>
    command(`${name} ${sayPair(drawn)}${stale ? ", as it was" : ""}${says}`, true, async (model, world) => {
      const { by, one } = pickPair(model, drawn, expected);
      const now = new Date(model.now);
      const shown = await look(one.id, now);
      const allowed = !stale && expected(model, by, one);
      if (
        await outcome(world, name, allowed, () =>
          run(as(by, now), { ...shown, version: shown.version - Number(stale) }),
        )
      )
        done(one, model);
    });

const request = fc
  .record({ apt: often, who, owner: fc.nat(2), item: fc.boolean(), seconds: validity })
  .map(({ apt, who, owner, item, seconds }) =>
    command(
      `request by ${apt ? "who may, " : ""}${who} for owner ${owner}${item ? " from an item" : ""}, ${seconds} s`,
      false,
      async (model, world) => {
        const [name, now] = [pick(owners, owner), new Date(model.now)];
        const able = apt ? model.people.filter((person) => model.asks(person, name, item, seconds)) : [];
        const by = pick(able.length ? able : model.people, who);
        const escalationId = item
          ? await makeEscalation({
              sourceId: world.sourceId,
              owner: name,
              blockedAt: now,
              dueAt: new Date(model.now + 1_800_000),
            })
          : null;
        await begin(model, world, "request", model.asks(by, name, item, seconds), {
          owner: name,
          item,
          by,
          seconds,
          ask: { owner: item ? null : name, escalationId },
        });
      },
    ),
  );

const renew = fc.record(acting).map((drawn) =>
  command(`renew ${sayPair(drawn)}`, true, async (model, world) => {
    const { by, one: old } = pickPair(model, drawn, (_, person, one) => model.renews(person, one));
    await begin(model, world, "renew", model.renews(by, old), {
      owner: old.owner,
      item: false,
      by,
      seconds: 600,
      ask: { owner: null, previousId: old.id },
    });
  }),
);

async function begin(
  model: OverrideModel,
  world: World,
  what: string,
  allowed: boolean,
  { ask: asked, ...told }: Pick<Told, "owner" | "item" | "by" | "seconds"> & { ask: Parameters<typeof ask>[1] },
): Promise<void> {
  await outcome(world, what, allowed, async () => {
    // Of its own for each, because thegent knows a record by owner, reason and instant.
    const id = await ask(as(told.by, new Date(model.now)), {
      ...asked,
      seconds: told.seconds,
      justification: `"Quoted",\nthe gate is wrong \u2028 here: CHG-${model.told.length}`,
    });
    model.told.push({ ...told, id, consultUntil: model.now + 15 * 60_000, state: "requested", end: 0 });
  });
}

const advise = fc.record({ ...acting, stale: rarely }).map((drawn) =>
  act(
    "advise",
    (model, by, one) => model.advises(by, one),
    (at, { seenHash: _, ...target }) => adviseOverride(at, { ...target, inFavour: "for", text: "Fine by us." }),
    (one) => {
      one.consultUntil = 0;
    },
  )(drawn, ""),
);

const approve = fc
  .record({ ...acting, stale: rarely, seconds: validity, otherHash: rarely, isReasoned: often })
  .map(({ seconds, otherHash, isReasoned, ...drawn }) =>
    act(
      "approve",
      (model, by, one) => !otherHash && model.approves(by, one, isReasoned, seconds),
      (at, shown) =>
        approveOverride(at, {
          ...shown,
          seconds,
          note: "Checked.",
          ...unadvised(isReasoned),
          ...(otherHash && { seenHash: "0".repeat(64) }),
        }),
      (one, model) => {
        one.state = "in force";
        one.end = model.now + seconds * 1000;
      },
    )(
      drawn,
      `, ${seconds} s${otherHash ? ", of other content" : ""}${isReasoned ? ", with a reason not to wait" : ""}`,
    ),
  );

const deny = fc.record({ ...acting, stale: rarely, isReasoned: often }).map(({ isReasoned, ...drawn }) =>
  act(
    "deny",
    (model, by, one) => model.decides(by, one, isReasoned),
    (at, { seenHash: _, ...target }) => denyOverride(at, { ...target, note: "No.", ...unadvised(isReasoned) }),
    (one) => {
      one.state = "over";
    },
  )(drawn, isReasoned ? ", with a reason not to wait" : ""),
);

const withdraw = fc.record({ ...acting, stale: rarely }).map((drawn) =>
  act(
    "withdraw",
    (model, by, one) => model.withdraws(by, one),
    (at, { seenHash: _, ...target }) => withdrawOverride(at, target),
    (one) => {
      one.state = "over";
    },
  )(drawn, ""),
);

const revoke = fc.record({ ...acting, stale: rarely }).map((drawn) =>
  act(
    "revoke",
    (model, by, one) => model.revokes(by, one),
    (at, { seenHash: _, ...target }) => revokeOverride(at, { ...target, reason: "Gone." }),
    (one) => {
      one.state = "over";
      one.end = 0;
    },
  )(drawn, ""),
);

const delegate = fc
  .record({
    apt: often,
    who,
    to: fc.nat(5),
    after: fc.constantFrom(0, 60_000, -60_000),
    forMs: fc.constantFrom(86_400_000, 86_400_000, 60_000, 1, 0),
  })
  .map(({ apt, who, to, after, forMs }) =>
    command(
      `delegate${apt ? ", by who may," : ""} from ${who} to ${to}, after ${after} ms for ${forMs} ms`,
      false,
      async (model, world) => {
        const [since, until] = [model.now + after, model.now + after + forMs];
        const pairs = model.people.flatMap((giver) => model.people.map((taker) => ({ giver, taker })));
        const able = apt ? pairs.filter(({ giver, taker }) => model.delegates(giver, taker, since, until)) : [];
        const { giver: from, taker } = able.length
          ? pick(able, who + to)
          : { giver: pick(model.people, who), taker: pick(model.people, to) };
        const span = { from: new Date(since).toISOString(), until: new Date(until).toISOString() };
        const isDone = await outcome(world, "delegate", model.delegates(from, taker, since, until), () =>
          delegateDecisions(as(from, new Date(model.now)), { ...span, toId: taker.id }),
        );
        if (isDone) model.delegated.push({ from, to: taker, since, until });
      },
    ),
  );

const roles = fc.uniqueArray(
  fc.constantFrom(
    "product_owner" as const,
    "security" as const,
    "operator" as const,
    "tech_lead" as const,
    "stakeholder" as const,
  ),
  { minLength: 1, maxLength: 3 },
);
const changeRoles = fc.record({ who, roles }).map((drawn) =>
  command(`${drawn.who} is ${drawn.roles.join(" and ")} now`, false, async (model, world) => {
    const person = pick(model.people, drawn.who);
    person.roles = drawn.roles;
    await world.setRoles(person);
  }),
);

const time = fc.constantFrom(1, 1000, 60_000, 599_999, 600_000, 900_000, 1_800_001, 3_600_000, 43_200_000).map((ms) =>
  command(`${ms} ms pass`, false, async (model) => {
    model.now += ms;
  }),
);
const clock = fc.constant(command("the clock is heard", false, (model, world) => world.clock(new Date(model.now))));
const takeUp = fc.constant(command("thegent takes it up", false, (model, world) => world.takeUp(new Date(model.now))));

export const people = fc.array(roles, { minLength: 5, maxLength: 6 });
/** What leads further is drawn more often. */
export const commands = fc.commands(
  [
    request,
    request,
    request,
    request,
    approve,
    approve,
    approve,
    advise,
    deny,
    deny,
    withdraw,
    revoke,
    renew,
    delegate,
    delegate,
    changeRoles,
    time,
    time,
    clock,
    takeUp,
  ],
  { maxCommands: 80, size: "max" },
);
