import "server-only";
import type { z } from "zod";
import type { dropViewSchema, keepViewSchema, SavedView } from "@/lib/contracts/views";
import { viewOf } from "@/lib/contracts/list-view";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { listViews } from "@/lib/data/list-views";
import { deleteView, findView, lockViews, writeView, type NewView } from "@/lib/data/saved-views";
import { refuse } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { CockpitError } from "@/lib/errors";
import { authorise, authoriseRead, doneEvent, turnAway } from "./authorise";
import type { Context } from "./context";

/** Views that one person may keep. */
export const mostViews = 50;

const says = ({ name, query, shared }: NewView) => ({ name, query, shared });

/** Keeps a view of the queue under a name; the person's view of that name is replaced. Answers all views they see. */
export async function keepView(ctx: Context, { name, query, shared }: z.output<typeof keepViewSchema>): Promise<SavedView[]> {
  const grant = await authorise(ctx, "view.keep", { kind: "view", id: null });
  const view: NewView = { name, query: viewOf(query), shared };
  await inTransaction(async (tx) => {
    const { count, same } = await lockViews(tx, grant, name);
    if (!same && count >= mostViews) throw new CockpitError("REJECTED", `You keep ${mostViews} views already; drop one first.`);
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
