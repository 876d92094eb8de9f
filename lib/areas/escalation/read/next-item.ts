import "server-only";
import type { ListQuery } from "@/lib/areas/escalation/contract";
import { db } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { decide, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { escalationPaths } from "@/lib/model/paths";
import { asked, conditions, states } from "./filters";
import { beyondItem, orderBy, orderOf } from "./order";

/**
 * The item that the reader takes up next: the first one in the order and under the filters of the list, after `fromId` or from the top, then
 * round once, that is open, that no colleague has claimed, and that the reader may claim. Null: there is none but `fromId` itself.
 */
export async function nextItem(
  grant: Grant<"escalation.view">,
  query: ListQuery,
  fromId: string | null,
  now: Date,
): Promise<string | null> {
  const { actor } = grant;
  const mayClaim = escalationPaths.filter(
    (path) => decide(operatingModel, "escalation.claim", actor.kind === "person" ? actor : null, path).allowed,
  );
  if (!mayClaim.length) return null;
  const by = asked(actor, now);
  const order = orderOf({ state: "active", sort: query.sort });
  const where = Prisma.join(
    [
      Prisma.sql`e."sourceId" = ${await currentSourceId()}::uuid`,
      states.active,
      ...conditions(query, by).map(({ holds }) => holds),
      Prisma.sql`(e."claimedById" IS NULL OR e."claimedById" = ${by.me}::uuid)`,
      Prisma.sql`e."path"::text = ANY (${mayClaim}::text[])`,
      ...(fromId ? [Prisma.sql`e."id" <> ${fromId}::uuid`] : []),
    ],
    " AND ",
  );
  const first = (more: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`(SELECT e."id" FROM "Escalation" e WHERE ${where} ${more} ORDER BY ${orderBy(order)} LIMIT 1)`;
  const fromTop = first(Prisma.empty);
  const [row] = await db().$queryRaw<{ id: string | null }[]>`
    SELECT ${fromId ? Prisma.sql`COALESCE(${first(Prisma.sql`AND ${beyondItem(order, fromId)}`)}, ${fromTop})` : fromTop} AS "id"`;
  return row?.id ?? null;
}
