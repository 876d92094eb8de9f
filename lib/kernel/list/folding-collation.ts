import "server-only";
import { db, databaseUrl } from "@/lib/kernel/db/client";
import { Prisma } from "@/lib/kernel/db/generated/client";

/** Collations whose lower() knows every letter, the best first; the cockpit's own database has the plain "C" as its default, which knows only A–Z. */
const able = ["pg_unicode_fast", "und-x-icu", "pg_c_utf8"] as const;

let known: { url: string; name: Promise<string> } | undefined;

/** The collation by which this database folds upper and lower case. Looked up once a process. */
export async function foldingCollation(): Promise<Prisma.Sql> {
  const url = databaseUrl();
  if (known?.url !== url) known = { url, name: lookUp() };
  const { name } = known;
  name.catch(() => (known = undefined));
  return Prisma.raw(`"${await name}"`);
}

async function lookUp(): Promise<string> {
  const rows = await db().$queryRaw<
    { name: string }[]
  >`SELECT "collname" AS "name" FROM "pg_collation" WHERE "collname" = ANY (${[...able]}::text[]) AND "collencoding" IN (-1, 6)`;
  return able.find((wanted) => rows.some(({ name }) => name === wanted)) ?? "default";
}
