import "server-only";
import type { DutyView } from "@/lib/areas/duty/contract";
import { decideTakeDuty, isTheirDuty } from "@/lib/areas/duty/domain/duty";
import { dutyView } from "@/lib/areas/duty/read/view";
import { beginDuty, endDuty, findDuty, type StandingDuty } from "@/lib/areas/duty/store/duty";
import { authorise, doneEvent, turnAway } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import { refuse, type Grant, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { roleNames, type Role } from "@/lib/model/roles";

type Input = { role: Role; /** Who the page showed on duty; null: nobody. */ from: string | null };

/**
 * Goes on duty as a role, from whoever the page showed on duty. Items that were routed stay where they are; new ones follow the duty.
 * Nothing changes for who is on duty as it already. Refuses: FORBIDDEN, also when the role is not held; CONFLICT, naming who was faster.
 */
export async function takeDuty(ctx: Context, { role, from }: Input): Promise<DutyView> {
  const grant = await authorise(ctx, "duty.take", { kind: "duty", id: role });
  const person = await holderOf(ctx, grant, role);
  await inTransaction(async (tx) => {
    const current = await findDuty(tx, role);
    const decision = decideTakeDuty(person.id, current, from);
    if (decision.do === "nothing") return;
    if (decision.do === "refuse") throw isOnDuty(current, role);
    const overtaken = decision.endsOf !== null && !(await endDuty(tx, grant, role, decision.endsOf, ctx.now));
    if (overtaken || !(await beginDuty(tx, grant, role, ctx.now))) throw isOnDuty(await findDuty(tx, role), role);
    await record(tx, grant, ctx, role, current, { personId: person.id, name: person.name });
  });
  return dutyView();
}

/** Goes off duty as a role; nothing changes for who is not on duty as it. New items go to the backup then, or to all who hold the role. */
export async function leaveDuty(ctx: Context, { role }: Pick<Input, "role">): Promise<DutyView> {
  const grant = await authorise(ctx, "duty.leave", { kind: "duty", id: role });
  const { id: personId, name } = await holderOf(ctx, grant, role);
  await inTransaction(async (tx) => {
    if (await endDuty(tx, grant, role, personId, ctx.now)) await record(tx, grant, ctx, role, { personId, name }, null);
  });
  return dutyView();
}

type Named = { personId: string; name: string } | null;

/** The event names both: who was on duty before, and who is now. */
function record(
  tx: Tx,
  grant: Grant<"duty.take" | "duty.leave">,
  ctx: Context,
  role: Role,
  before: Named,
  after: Named,
): Promise<void> {
  const plain = (who: Named) => ({ onDuty: who && { id: who.personId, name: who.name } });
  return appendAudit(tx, doneEvent(grant, ctx, { kind: "duty", id: role }, plain(before), plain(after)));
}

/** A duty as a role that is not held is refused like any other right that is not theirs: the attempt is an event of the chain. */
async function holderOf(ctx: Context, { action }: Grant<"duty.take" | "duty.leave">, role: Role): Promise<PersonActor> {
  const person = ctx.actor!;
  if (isTheirDuty(role, person)) return person;
  const because = `Only who holds the role goes on or off duty as ${roleNames[role]}; you are ${person.roles.map((held) => roleNames[held]).join(", ")}.`;
  return turnAway(ctx, refuse(operatingModel, action, person, because), { kind: "duty", id: role });
}

function isOnDuty(current: StandingDuty | null, role: Role): CockpitError {
  const says = current
    ? `${current.name} is on duty as ${roleNames[role]} by now. Take over from them, if that is right.`
    : `The duty as ${roleNames[role]} has just changed. Look again.`;
  return new CockpitError("CONFLICT", says);
}
