import "server-only";
import { db, type Tx } from "@/lib/kernel/db/client";
import { noticeKinds, type NoticeKind } from "@/lib/kernel/notice/steps";
import type { Grant } from "@/lib/model/decide";

/** Marks the reader's own: the entry that this notice belongs to, or everything that stands (null). False: there is no such notice among theirs. */
export async function markNotices(
  grant: Grant<"inbox.read">,
  id: string | null,
  read: boolean,
  now: Date,
): Promise<boolean> {
  const personId = grant.actor.id;
  const like = id ? await db().notice.findFirst({ where: { id, personId }, select: { foldKey: true } }) : null;
  if (id && !like) return false;
  // Only what changes is written: whoever has the page open hears of it.
  await db().notice.updateMany({
    where: { personId, readAt: read ? null : { not: null }, ...(like ? { foldKey: like.foldKey } : { endedAt: null }) },
    data: { readAt: read ? now : null },
  });
  return true;
}

/** Answers which they were, and are now, in the order of the document. */
export async function saveEmailKinds(
  tx: Tx,
  grant: Grant<"inbox.set-email">,
  kinds: readonly NoticeKind[],
): Promise<{ before: NoticeKind[]; after: NoticeKind[] }> {
  const ordered = (some: readonly NoticeKind[]) => noticeKinds.filter((kind) => some.includes(kind));
  const [row] = await tx.$queryRaw<
    { kinds: NoticeKind[] }[]
  >`SELECT "emailKinds"::text[] AS "kinds" FROM "Person" WHERE "id" = ${grant.actor.id}::uuid FOR NO KEY UPDATE`;
  const after = ordered(kinds);
  await tx.person.update({ where: { id: grant.actor.id }, data: { emailKinds: after } });
  return { before: ordered(row!.kinds), after };
}
