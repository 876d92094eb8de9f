import "server-only";
import type { DelegationsView } from "@/lib/areas/override/contract";
import { toMayDo } from "@/lib/kernel/act/may-do";
import type { Tx } from "@/lib/kernel/db/client";
import { personNames, personRef } from "@/lib/kernel/db/people-named";
import { listRoster } from "@/lib/kernel/notice/notices";
import { decide, type Grant, type PersonActor } from "@/lib/model/decide";
import { backupRole, delegationOf, type Delegation } from "@/lib/model/delegation";
import { operatingModel } from "@/lib/model/model";
import { holdDelegationsTo, listDelegations } from "./delegation-rows";

/** Who may decide in whose place, now or soon: what is over is left out. And to whom the reader may delegate. */
export async function listDelegationsView(grant: Grant<"override.view">, now: Date): Promise<DelegationsView> {
  const [delegations, roster] = await Promise.all([listDelegations(null, now), listRoster()]);
  const names = await personNames(delegations.flatMap(({ fromId, toId }) => [fromId, toId]));
  const { actor } = grant;
  return {
    delegations: delegations.map(({ id, fromId, toId, from, until }) => ({
      id,
      from: personRef(fromId, names[fromId] ?? null)!,
      to: personRef(toId, names[toId] ?? null)!,
      since: from.toISOString(),
      until: until.toISOString(),
      mine: fromId === actor.id,
    })),
    candidates: roster
      .filter(({ id, roles }) => roles.includes(backupRole) && id !== actor.id)
      .map(({ id, name }) => ({ id, name })),
    may: toMayDo(decide(operatingModel, "override.delegate", actor.kind === "person" ? actor : null)),
  };
}

/** By which this person may decide now on what `requestedById` asked for; null: by none. */
export async function delegationFor(
  person: PersonActor | null,
  requestedById: string | null,
  now: Date,
  tx: Tx | null = null,
): Promise<Delegation | null> {
  if (!person?.roles.includes(backupRole)) return null;
  const [delegations, roster] = [await listDelegations(tx, now), await listRoster(tx)];
  return delegationOf(person, delegations, new Map(roster.map((one) => [one.id, one])), now, requestedById);
}

/** The same within a transaction, where it holds until that ends. */
export async function heldDelegationFor(
  tx: Tx,
  person: PersonActor,
  requestedById: string | null,
  now: Date,
): Promise<Delegation | null> {
  await holdDelegationsTo(tx, person.id);
  return delegationFor(person, requestedById, now, tx);
}
