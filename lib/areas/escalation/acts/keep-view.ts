import "server-only";
import type { z } from "zod";
import type { dropViewSchema, keepViewSchema, SavedView } from "@/lib/areas/escalation/contract-views";
import { viewOf } from "@/lib/areas/escalation/list-view";
import { listViews } from "@/lib/areas/escalation/read/views";
import { deleteView, findView, lockViews, writeView, type NewView } from "@/lib/areas/escalation/store/saved-views";
import { authorise, authoriseRead, doneEvent, turnAway } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import { refuse } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";

/** Views that one person may keep. */
export const mostViews = 50;

const says = ({ name, query, shared }: NewView) => ({ name, query, shared });

/** Keeps a view of the queue under a name; the person's view of that name is replaced. Answers all views they see. */
export async function keepView(
  ctx: Context,
  { name, query, shared }: z.output<typeof keepViewSchema>,
): Promise<SavedView[]> {
  const grant = await authorise(ctx, "view.keep", { kind: "view", id: null });
  const view: NewView = { name, query: viewOf(query), shared };
  await inTransaction(async (tx) => {
    const { count, same } = await lockViews(tx, grant, name);
    if (!same && count >= mostViews)
      throw new CockpitError("REJECTED", `You keep ${mostViews} views already; drop one first.`);
    const id = await writeView(tx, grant, same?.id ?? null, view, ctx.now);
    await appendAudit(tx, doneEvent(grant, ctx, { kind: "view", id }, same && says(same), says(view)));
  });
  return listViews(authoriseRead(ctx, "escalation.view"));
}

/** Drops a view of one's own. What colleagues share is theirs to drop. */
export async function dropView(ctx: Context, { id }: z.output<typeof dropViewSchema>): Promise<SavedView[]> {
  const grant = await authorise(ctx, "view.keep", { kind: "view", id });
  const others = await inTransaction(async (tx) => {
    const view = await findView(tx, grant, id);
    if (view && view.ownerId !== grant.actor.id) return view;
    if (!view || !(await deleteView(tx, grant, id))) throw new CockpitError("NOT_FOUND", "There is no such view.");
    await appendAudit(tx, doneEvent(grant, ctx, { kind: "view", id }, says(view), null));
    return null;
  });
  if (others) {
    const because = `“${others.name}” is a view of ${others.ownerName}, who alone can drop it.`;
    await turnAway(ctx, refuse(operatingModel, "view.keep", ctx.actor, because), { kind: "view", id });
  }
  return listViews(authoriseRead(ctx, "escalation.view"));
}
