import "server-only";
import { Prisma } from "./generated/client";

/** Whether `column` holds exactly this owner. Found by its hash, because an owner may be longer than a page of an index takes. */
export function isOwner(column: Prisma.Sql, owner: string | Prisma.Sql): Prisma.Sql {
  const value = typeof owner === "string" ? Prisma.sql`${owner}::text` : owner;
  return Prisma.sql`(md5(${column}) = md5(${value}) AND ${column} = ${value})`;
}
