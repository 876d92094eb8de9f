import "server-only";
import type { SavedView } from "@/lib/areas/escalation/contract-views";
import { db } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

/** The reader's own views by name, then those that colleagues share. */
export async function listViews({ actor }: Grant<"escalation.view">): Promise<SavedView[]> {
  const views = await db().savedView.findMany({
    where: { OR: [{ shared: true }, ...(actor.kind === "person" ? [{ personId: actor.id }] : [])] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, query: true, shared: true, personId: true, person: { select: { name: true } } },
  });
  return views
    .map(({ personId, person, ...view }) => ({ ...view, mine: personId === actor.id, by: person.name }))
    .sort((a, b) => Number(b.mine) - Number(a.mine));
}
