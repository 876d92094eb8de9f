import "server-only";
import { redirect } from "next/navigation";
import { currentPerson } from "@/lib/auth/current-person";
import type { ItemActionId, PersonActionId } from "@/lib/domain/operating-model/actions";
import { decide, type Decision, type OfPath, type PersonActor } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";

/** Who asks for a page and whether they may see it. Whoever is not signed in is sent to do so, and comes back to `here`. */
export async function access<A extends Exclude<PersonActionId, ItemActionId>>(action: A, here: string, ...path: OfPath<A>): Promise<{ person: PersonActor; decision: Decision<A> }> {
  const person = await currentPerson();
  if (!person) redirect(`/sign-in?next=${encodeURIComponent(here)}`);
  return { person, decision: decide(operatingModel, action, person, ...path) };
}
