import { v7 as uuidv7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import { leaveDuty, takeDuty } from "@/lib/areas/duty/acts/duty";
import { setEmailKinds } from "@/lib/areas/inbox/acts/read-inbox";
import { episodeActs } from "@/lib/areas/drift/acts/episode-acts";
import { delegateDecisions, withdrawDelegation } from "@/lib/areas/override/acts/delegate";
import { exportOverrides } from "@/lib/areas/override/acts/export";
import { settleFinding } from "@/lib/areas/override/acts/settle-finding";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import type { ActView } from "@/lib/kernel/act/view";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { actions, type ActionId, type ActOnItem, type ItemActName, type PersonActionId } from "@/lib/model/actions";
import { decide, decideAnywhere, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { roles, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { inputFor } from "@/lib/testing/item-acts";
import { advise, approve, ask, deny, revoke, withdraw } from "@/lib/testing/override-acts";
import { as, makeEscalation, makePeople, makePerson, makeSource, minutes } from "@/lib/testing/scenarios";
import { actOnMany } from "./act-on-many";
import { escalationActs } from "./escalation-acts";
import { dropView, keepView } from "./keep-view";
import { openEscalation } from "./open";
import { findEscalationDetail } from "./read-escalation";

const poolSize = 4;
const atOnce = 2 * poolSize;

let people: Record<Role, PersonActor>;
let id: string;
let view: string;
let offered: readonly ActView[];
let overrideId: string;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), poolSize);
  people = await makePeople();
  const sourceId = await makeSource();
  id = await makeEscalation({ sourceId });
  offered = (await findEscalationDetail(
    authoriseRead({ actor: people.product_owner }, "escalation.view"),
    id,
    minutes(1),
  ))!.acts;
  overrideId = await ask(as(people.operator));
  const mine = { name: "Mine", query: "", shared: true };
  view = (await keepView(as(people.operator), mine))[0]!.id;
});

/** Who passes the door of these acts, and is refused by the item, by what was asked or by whose it is; where there is somebody. */
type Refused = { act: (ctx: Context) => Promise<unknown>; by?: () => PersonActor };
const target = () => ({ id, version: 1 });
const elsewhere = () => people.security; // works on integrity failures, but on no policy denial
/** Who does such a thing to items of some path, but to no policy denial; of nobody, nothing. */
function whoever(action: ActOnItem): (() => PersonActor) | undefined {
  const role = roles.find((one) => {
    const actor: PersonActor = { kind: "person", id: "", name: "", roles: [one] };
    const onDenials =
      action === "escalation.sign-off"
        ? decide(operatingModel, action, actor)
        : decide(operatingModel, action, actor, "policy_denial");
    return decideAnywhere(operatingModel, action, actor).allowed && !onDenials.allowed;
  });
  return role && (() => people[role]);
}
const onItem = (act: (typeof escalationActs)[ItemActName]): Refused => ({
  act: (ctx) => act(ctx, { ...target(), ...inputFor(offered.find(({ name }) => name === act.act)) } as never),
  by: whoever(act.action),
});
const note = "Tried to see it refused.";
const span = { from: minutes(0).toISOString(), until: minutes(60).toISOString() };

const reads: PersonActionId[] = [
  "escalation.view",
  "override.view",
  "inbox.read",
  "duty.view",
  "operating-model.view",
  "source.view",
  "audit.verify",
  "drift.view",
];
const acts: Record<string, [Refused, ...Refused[]]> = {
  "escalation.open": [
    {
      act: (ctx) =>
        openEscalation(ctx, {
          path: "policy_denial",
          subject: "run_9",
          reason: note,
          owner: null,
          lane: "standard",
          slaMinutes: 30,
        }),
      by: elsewhere,
    },
  ],
  ...Object.fromEntries(Object.values(escalationActs).map((act) => [act.action, [onItem(act)]])),
  "escalation.claim": [
    onItem(escalationActs.claim),
    { act: (ctx) => actOnMany(ctx, { act: "claim", targets: [target()] }), by: elsewhere },
  ],
  "override.export": [
    { act: (ctx) => exportOverrides(ctx, { format: "csv", tab: "history", query: { tab: "history" } }) },
  ],
  "override.request": [{ act: (ctx) => ask(ctx) }],
  "override.advise": [{ act: (ctx) => advise(ctx, overrideId), by: () => people.product_owner }],
  "override.decide": [
    {
      act: (ctx) => approve(ctx, overrideId),
      by: () => ({ ...people.operator, roles: ["operator", "product_owner"] }),
    },
    { act: (ctx) => deny(ctx, overrideId), by: () => ({ ...people.operator, roles: ["operator", "product_owner"] }) },
  ],
  "override.withdraw": [{ act: (ctx) => withdraw(ctx, overrideId), by: () => people.product_owner }],
  "override.revoke": [{ act: (ctx) => revoke(ctx, overrideId) }],
  "override.delegate": [
    { act: (ctx) => delegateDecisions(ctx, { ...span, toId: people.security.id }) },
    { act: (ctx) => withdrawDelegation(ctx, { id: uuidv7() }) },
  ],
  ...Object.fromEntries(
    Object.values(episodeActs).map((one): [string, [Refused]] => [
      one.action,
      [{ act: (ctx) => one(ctx, { id: uuidv7(), version: 1 } as never) }],
    ]),
  ),
  "finding.settle": [{ act: (ctx) => settleFinding(ctx, { id: uuidv7(), note }) }],
  "inbox.set-email": [{ act: (ctx) => setEmailKinds(ctx, { kinds: [] }) }],
  "view.keep": [
    { act: (ctx) => keepView(ctx, { name: "Mine", query: "", shared: false }) },
    { act: (ctx) => dropView(ctx, { id: view }), by: () => people.security },
  ],
  "duty.take": [{ act: (ctx) => takeDuty(ctx, { role: "security", from: null }), by: () => people.operator }],
  "duty.leave": [{ act: (ctx) => leaveDuty(ctx, { role: "security" }), by: () => people.operator }],
};

it("every act of a person is here", () => {
  const ofPeople = (Object.keys(actions) as ActionId[]).filter(
    (action) => actions[action].activity && !reads.includes(action as PersonActionId),
  );
  expect(Object.keys(acts).sort()).toEqual(ofPeople.sort());
});

const cases = Object.entries(acts).flatMap(([action, all]) => all.map((one, index) => ({ action, index, ...one })));

describe.each(cases)(
  `$action ($index), ${atOnce} times at once over ${poolSize} connections`,
  ({ action, act, by }) => {
    let start: bigint;
    beforeEach(async () => {
      start = (await db().auditHead.findUniqueOrThrow({ where: { id: 1 } })).seq;
    });
    const refusals = () => db().auditEvent.count({ where: { seq: { gt: start }, action, outcome: "refused" } });
    const codes = async (actor: PersonActor | null) => {
      const ended = await Promise.allSettled(Array.from({ length: atOnce }, () => act(as(actor, minutes(1)))));
      return ended.map((one) => (one.status === "rejected" ? (one.reason as { code?: string }).code : "done"));
    };

    it("of nobody and of somebody without a role: each is refused, each is in the chain", async () => {
      expect(await codes(null)).toEqual(Array(atOnce).fill("UNAUTHENTICATED"));
      expect(await codes(await makePerson())).toEqual(Array(atOnce).fill("FORBIDDEN"));
      expect(await refusals()).toBe(2 * atOnce);
    });
    it.runIf(by)("of who may do such a thing, but not this: each is refused, each is in the chain", async () => {
      expect(await codes(by!())).toEqual(Array(atOnce).fill("FORBIDDEN"));
      expect(await refusals()).toBe(atOnce);
    });
  },
);

it("after all of it the chain passes", async () => {
  expect((await verifyChain()).status).toBe("passed");
});
