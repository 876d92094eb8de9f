import "server-only";
import { Prisma } from "@/lib/kernel/db/generated/client";

/*
 * lib/areas/override/domain/owner.ts in SQL: whether it is the same owner, character by character. Both forms find by a hash, because an owner may
 * be longer than a page of an index takes.
 */

/** Whether `column` holds exactly this owner. */
export function isOwner(column: Prisma.Sql, owner: string | Prisma.Sql): Prisma.Sql {
  const value = typeof owner === "string" ? Prisma.sql`${owner}::text` : owner;
  return Prisma.sql`(md5(${column}) = md5(${value}) AND ${column} = ${value})`;
}

/** Whether a record of thegent's may be this owner's: all of theirs, and a few that cannot be told apart here. Its `parsed` says. */
export const mayBeOwners = (parsed: Prisma.Sql, owner: string): Prisma.Sql =>
  Prisma.sql`record_owner(${parsed}) IN (md5(${owner}::text), '?')`;
