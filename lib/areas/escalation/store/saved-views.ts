import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/lib/kernel/db/client";
import type { Grant } from "@/lib/model/decide";

export type NewView = { name: string; query: string; shared: boolean };
export type StoredView = NewView & { id: string; ownerId: string; ownerName: string };

/** Holds off a person's other acts on their views until the transaction ends, so that they can be counted. Answers how many there are, and the one of that name. */
export async function lockViews(
  tx: Tx,
  { actor }: Grant<"view.keep">,
  name: string,
): Promise<{ count: number; same: StoredView | null }> {
  await tx.$queryRaw`SELECT "id" FROM "Person" WHERE "id" = ${actor.id}::uuid FOR NO KEY UPDATE`;
  const count = await tx.savedView.count({ where: { personId: actor.id } });
  const same = await tx.savedView.findUnique({ where: { personId_name: { personId: actor.id, name } } });
  return { count, same: same && { ...same, ownerId: actor.id, ownerName: actor.name } };
}

/** Makes the view, or changes the one with this id. Answers its id. */
export async function writeView(
  tx: Tx,
  { actor }: Grant<"view.keep">,
  id: string | null,
  view: NewView,
  now: Date,
): Promise<string> {
  const { id: written } = id
    ? await tx.savedView.update({ where: { id, personId: actor.id }, data: view, select: { id: true } })
    : await tx.savedView.create({
        data: { ...view, id: uuidv7({ msecs: now.getTime() }), personId: actor.id, createdAt: now },
        select: { id: true },
      });
  return written;
}

/** A view that this person can see; null when there is none. */
export async function findView(tx: Tx, { actor }: Grant<"view.keep">, id: string): Promise<StoredView | null> {
  const view = await tx.savedView.findFirst({
    where: { id, OR: [{ shared: true }, { personId: actor.id }] },
    include: { person: { select: { name: true } } },
  });
  return (
    view && {
      id: view.id,
      name: view.name,
      query: view.query,
      shared: view.shared,
      ownerId: view.personId,
      ownerName: view.person.name,
    }
  );
}

/** False: it was gone already. */
export async function deleteView(tx: Tx, { actor }: Grant<"view.keep">, id: string): Promise<boolean> {
  const { count } = await tx.savedView.deleteMany({ where: { id, personId: actor.id } });
  return count === 1;
}
