/** The orders in which lists of items are read, and positions in them: one table of columns, one row comparison. */
import "server-only";
import { z } from "zod";
import type { ListQuery, SortColumn } from "@/lib/areas/escalation/contract";
import { Prisma } from "@/lib/kernel/db/generated/client";
import { escalationPaths } from "@/lib/model/paths";
import type { RawRow } from "./rows";

type Value = string | number | boolean;

/** What rows are ordered by: the expression, the SQL type of its values, what a position may hold of it, and its value of a row. Never null. */
type Key = { expression: Prisma.Sql; type: Prisma.Sql; accepts: z.ZodType<Value>; of: (row: RawRow) => Value };

type Order = { name: string; keys: readonly Key[]; descending: boolean };

/** A place between rows: the values of its row's keys. */
export type Position = readonly Value[];

/** Longer texts are ordered by their beginning, so that a position stays an address. */
const beginning = 100;
const begin = (text: string): string => Array.from(text).slice(0, beginning).join("");

const instant = { type: Prisma.sql`timestamptz`, accepts: z.iso.datetime() };
const integer = { type: Prisma.sql`int`, accepts: z.int32() };
// PostgreSQL keeps no NUL.
const text = {
  type: Prisma.sql`text`,
  accepts: z
    .string()
    .max(2 * beginning)
    .regex(/^[^\0]*$/),
};

const keys = {
  id: { expression: Prisma.sql`e."id"`, type: Prisma.sql`uuid`, accepts: z.uuid(), of: (row) => row.id },
  due: { expression: Prisma.sql`e."dueAt"`, ...instant, of: (row) => row.dueAt.toISOString() },
  blocked: { expression: Prisma.sql`e."blockedAt"`, ...instant, of: (row) => row.blockedAt.toISOString() },
  closed: { expression: Prisma.sql`e."closedAt"`, ...instant, of: (row) => row.closedAt!.toISOString() },
  priority: { expression: Prisma.sql`e."priority"`, ...integer, of: (row) => row.priority },
  level: { expression: Prisma.sql`e."level"`, ...integer, of: (row) => row.level },
  lane: { expression: Prisma.sql`left(e."lane", ${beginning}::int)`, ...text, of: (row) => begin(row.lane) },
  subject: { expression: Prisma.sql`left(e."subject", ${beginning}::int)`, ...text, of: (row) => begin(row.subject) },
  ownerless: {
    expression: Prisma.sql`(e."owner" IS NULL)`,
    type: Prisma.sql`boolean`,
    accepts: z.boolean(),
    of: (row) => row.owner === null,
  },
  owner: {
    expression: Prisma.sql`left(COALESCE(e."owner", ''), ${beginning}::int)`,
    ...text,
    of: (row) => begin(row.owner ?? ""),
  },
  path: {
    expression: Prisma.sql`e."path"`,
    type: Prisma.sql`"EscalationPath"`,
    accepts: z.enum(escalationPaths),
    of: (row) => row.path,
  },
} satisfies Record<string, Key>;

const { id, due, blocked, closed, priority, level, lane, subject, ownerless, owner, path } = keys;

/** Due, priority, newest, closed and breaches each have an index named for them; the others sort the open items of one source. */
const orders: Readonly<Record<SortColumn | "closed" | "breaches", Omit<Order, "name">>> = {
  due: { keys: [due, id], descending: false },
  breaches: { keys: [due, id], descending: false },
  priority: { keys: [priority, blocked, id], descending: true },
  newest: { keys: [blocked, id], descending: true },
  closed: { keys: [closed, id], descending: true },
  lane: { keys: [lane, due, id], descending: false },
  subject: { keys: [subject, due, id], descending: false },
  /** Items without an owner come last. */
  owner: { keys: [ownerless, owner, due, id], descending: false },
  level: { keys: [level, due, id], descending: false },
  path: { keys: [path, due, id], descending: false },
};

/** The order that a query asks for. Closed items and breaches have one of their own. */
export function orderOf({ state, sort }: Pick<ListQuery, "state" | "sort">): Order {
  const name = state === "active" ? sort : state;
  const turned = name.startsWith("-");
  const order = orders[name.replace(/^-/, "") as keyof typeof orders];
  return { name, keys: order.keys, descending: order.descending !== turned };
}

/** ORDER BY of an order, or of the same backwards. */
export const orderBy = (order: Order, backwards = false): Prisma.Sql =>
  Prisma.join(
    order.keys.map(({ expression }) => (order.descending === backwards ? expression : Prisma.sql`${expression} DESC`)),
  );

/** Rows beyond a position, in an order or backwards. */
export const beyond = (order: Order, position: Position, backwards = false): Prisma.Sql =>
  compare(
    order,
    order.keys.map(({ type }, index) => Prisma.sql`${position[index]}::${type}`),
    backwards,
  );

/** Rows beyond an item, wherever it stands by now; none when there is no such item. */
export const beyondItem = (order: Order, id: string): Prisma.Sql =>
  compare(
    order,
    order.keys.map(
      ({ expression }) => Prisma.sql`(SELECT ${expression} FROM "Escalation" e WHERE e."id" = ${id}::uuid)`,
    ),
    false,
  );

function compare(order: Order, values: Prisma.Sql[], backwards: boolean): Prisma.Sql {
  const columns = Prisma.join(order.keys.map(({ expression }) => expression));
  return order.descending === backwards
    ? Prisma.sql`(${columns}) > (${Prisma.join(values)})`
    : Prisma.sql`(${columns}) < (${Prisma.join(values)})`;
}

/** A position as text; it is good for its own order only. */
export const writePosition = (order: Order, row: RawRow): string =>
  Buffer.from(JSON.stringify([order.name, ...order.keys.map((key) => key.of(row))])).toString("base64url");

/** Null for what is no position in this order. */
export function readPosition(order: Order, text: string | undefined): Position | null {
  if (!text) return null;
  try {
    const [name, ...values] = z.array(z.unknown()).parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    const usable =
      name === order.name &&
      values.length === order.keys.length &&
      order.keys.every(({ accepts }, index) => accepts.safeParse(values[index]).success);
    return usable ? (values as Value[]) : null;
  } catch {
    return null;
  }
}
