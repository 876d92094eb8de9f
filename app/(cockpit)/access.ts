import "server-only";
import { redirect } from "next/navigation";
import type { PageOf } from "@/lib/kernel/act/action-result";
import { currentPerson } from "@/lib/kernel/session/current-person";
import type { ItemActionId, PersonActionId } from "@/lib/model/actions";
import { decide, type Decision, type OfPath, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";

/** Who asks for a page and whether they may see it. Whoever is not signed in is sent to do so, and comes back to `here`. */
export async function access<A extends Exclude<PersonActionId, ItemActionId>>(
  action: A,
  here: string,
  ...path: OfPath<A>
): Promise<{ person: PersonActor; decision: Decision<A> }> {
  const person = await currentPerson();
  if (!person) redirect(`/sign-in?next=${encodeURIComponent(here)}`);
  return { person, decision: decide(operatingModel, action, person, ...path) };
}

// `never`: whatever else an act takes.
type Acts = Record<string, (page: PageOf, input: never) => Promise<unknown>>;
type Drawn<A extends Acts> = {
  [Name in keyof A]: A[Name] extends (page: PageOf, ...rest: infer Rest) => infer Answer
    ? (...rest: Rest) => Answer
    : never;
};

/** The acts of a page as it hands them down: each says whose page it was pressed on, and is refused in the session of anybody else. */
export function drawnFor<A extends Acts>({ id }: Pick<PersonActor, "id">, acts: A): Drawn<A> {
  return Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, act.bind(null, id)])) as Drawn<A>;
}
