import "server-only";
import { z } from "zod";
import type { EscalationPage, ListQuery } from "@/lib/contracts/escalations";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { db } from "./client";
import { rowColumns, rowJoins, toRow, type RawRow } from "./escalation-rows";
import { Prisma } from "./generated/client";
import { currentSourceId } from "./current-source";

export const pageSize = 50;

type Order = {
  /** The order, and the row comparison that continues it; each has an index named for it. */
  by: Prisma.Sql;
  after: (key: Key) => Prisma.Sql;
  key: (row: RawRow) => Key;
};
type Key = readonly [sort: string, ...position: (string | number)[]];

const states: Record<ListQuery["state"], Prisma.Sql> = {
  active: Prisma.sql`e."status" IN ('open', 'claimed')`,
  closed: Prisma.sql`e."status" NOT IN ('open', 'claimed')`,
  breaches: Prisma.sql`e."level" > 0 AND e."signedOffAt" IS NULL`,
};

const byDue: Omit<Order, "key"> = {
  by: Prisma.sql`e."dueAt", e."id"`,
  after: ([, due, id]) => Prisma.sql`(e."dueAt", e."id") > (${due}::timestamptz, ${id}::uuid)`,
};

const orders: Record<"due" | "priority" | "newest" | "closed" | "breaches", Order> = {
  due: { ...byDue, key: (row) => ["due", row.dueAt.toISOString(), row.id] },
  breaches: { ...byDue, key: (row) => ["breaches", row.dueAt.toISOString(), row.id] },
  priority: {
    by: Prisma.sql`e."priority" DESC, e."blockedAt" DESC, e."id" DESC`,
    after: ([, priority, blocked, id]) => Prisma.sql`(e."priority", e."blockedAt", e."id") < (${priority}::int, ${blocked}::timestamptz, ${id}::uuid)`,
    key: (row) => ["priority", row.priority, row.blockedAt.toISOString(), row.id],
  },
  newest: {
    by: Prisma.sql`e."blockedAt" DESC, e."id" DESC`,
    after: ([, blocked, id]) => Prisma.sql`(e."blockedAt", e."id") < (${blocked}::timestamptz, ${id}::uuid)`,
    key: (row) => ["newest", row.blockedAt.toISOString(), row.id],
  },
  closed: {
    by: Prisma.sql`e."closedAt" DESC, e."id" DESC`,
    after: ([, closed, id]) => Prisma.sql`(e."closedAt", e."id") < (${closed}::timestamptz, ${id}::uuid)`,
    key: (row) => ["closed", row.closedAt!.toISOString(), row.id],
  },
};

/** One page of the queue: at most `pageSize` rows, in one statement, by keyset. An unusable `after` starts from the top. */
export async function listEscalations(grant: Grant<"escalation.view">, query: ListQuery, now: Date): Promise<EscalationPage> {
  const sort = query.state === "active" ? query.sort : query.state;
  const order = orders[sort];
  const after = parsePosition(query.after, sort);
  const where = [
    Prisma.sql`e."sourceId" = ${await currentSourceId()}::uuid`,
    states[query.state],
    ...filters(grant, query, now),
    ...(after ? [order.after(after)] : []),
  ];
  const raw = await db().$queryRaw<RawRow[]>`
    SELECT ${rowColumns} FROM "Escalation" e ${rowJoins}
    WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order.by} LIMIT ${pageSize + 1}`;
  const page = raw.slice(0, pageSize);
  const last = page.at(-1);
  return {
    rows: page.map(toRow),
    next: raw.length > pageSize && last ? writePosition(order.key(last)) : null,
    now: now.toISOString(),
  };
}

function filters(grant: Grant<"escalation.view">, query: ListQuery, now: Date): Prisma.Sql[] {
  const some: Prisma.Sql[] = [];
  if (query.sla === "past") some.push(Prisma.sql`e."dueAt" < ${now}`);
  if (query.sla === "within") some.push(Prisma.sql`e."dueAt" >= ${now}`);
  if (query.lane) some.push(Prisma.sql`e."lane" = ${query.lane}`);
  if (query.owner) some.push(Prisma.sql`e."owner" = ${query.owner}`);
  if (query.claim === "none") some.push(Prisma.sql`e."claimedById" IS NULL`);
  if (query.claim === "mine") some.push(Prisma.sql`e."claimedById" = ${grant.actor.id}::uuid`);
  if (query.claim === "others") some.push(Prisma.sql`e."claimedById" <> ${grant.actor.id}::uuid`);
  return some;
}

const writePosition = (key: Key): string => Buffer.from(JSON.stringify(key)).toString("base64url");

const instant = z.iso.datetime();
const positions: Record<keyof typeof orders, z.ZodType<Key>> = {
  due: z.tuple([z.literal("due"), instant, z.uuid()]),
  breaches: z.tuple([z.literal("breaches"), instant, z.uuid()]),
  priority: z.tuple([z.literal("priority"), z.int().min(-2_147_483_648).max(2_147_483_647), instant, z.uuid()]),
  newest: z.tuple([z.literal("newest"), instant, z.uuid()]),
  closed: z.tuple([z.literal("closed"), instant, z.uuid()]),
};

function parsePosition(text: string | undefined, sort: keyof typeof orders): Key | null {
  if (!text) return null;
  try {
    return positions[sort].safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
