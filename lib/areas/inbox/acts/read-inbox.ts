import "server-only";
import type { z } from "zod";
import type { emailKindsSchema, InboxCounts, markReadSchema } from "@/lib/areas/inbox/contract";
import { inboxCounts } from "@/lib/areas/inbox/read/inbox";
import { markNotices, saveEmailKinds } from "@/lib/areas/inbox/store/marks";
import { authorise, authoriseRead, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";

/** Marks one's own notices as read or unread. Reading is no act, so it is no event of the chain. NOT_FOUND: the notice is not one's own. */
export async function markRead(ctx: Context, { id, read }: z.output<typeof markReadSchema>): Promise<InboxCounts> {
  const grant = authoriseRead(ctx, "inbox.read");
  if (!(await markNotices(grant, id, read, ctx.now)))
    throw new CockpitError("NOT_FOUND", "There is no such notice in your inbox.");
  return inboxCounts(grant, ctx.now);
}

/** Which kinds of one's own notices are also sent as e-mail, from the next one on. */
export async function setEmailKinds(ctx: Context, { kinds }: z.output<typeof emailKindsSchema>): Promise<InboxCounts> {
  const subject = { kind: "person", id: ctx.actor?.id ?? null };
  const grant = await authorise(ctx, "inbox.set-email", subject);
  await inTransaction(async (tx) => {
    const { before, after } = await saveEmailKinds(tx, grant, kinds);
    if (before.join() !== after.join())
      await appendAudit(tx, doneEvent(grant, ctx, subject, { emailKinds: before }, { emailKinds: after }));
  });
  return inboxCounts(authoriseRead(ctx, "inbox.read"), ctx.now);
}
