import { respondJson } from "@/lib/kernel/act/respond";
import type { Whose } from "@/lib/kernel/act/whose";
import { CockpitError } from "@/lib/kernel/errors";

/** Who is signed in. */
export function GET(): Promise<Response> {
  return respondJson(async ({ actor }): Promise<Whose> => {
    if (!actor) throw new CockpitError("UNAUTHENTICATED", "You are not signed in.");
    return { id: actor.id, name: actor.name };
  });
}
